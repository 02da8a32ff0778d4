"""The code that a browser brought back, exchanged for a token; and whose token that is."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any

from slack_sdk.errors import SlackApiError, SlackClientError

from bot.domain.installs.installation import Installation
from bot.domain.tenancy import Tenant
from bot.slack.client import SlackClient, exchange
from bot.slack.installs.oauth.app import OAuthApp
from bot.slack.network import Network
from bot.slack.refusals import CODES, UNANSWERED, WhyRefused, refusal_code
from bot.slack.tokens.identity import Identity, identify
from bot.values import dataclass

# A person waits before a page, not Slack for an answer.
_SECONDS = 8
_ID = re.compile(r"[A-Z0-9]{2,32}")
_LONGEST_NAME = 255
_LONGEST_SECONDS = 10**9
# Nothing that the person did: the operator has to look at the app's settings.
_SETUP = frozenset(
    {
        *("invalid_client_id", "bad_client_secret", "bad_redirect_uri", "invalid_scope"),
        *("oauth_authorization_url_mismatch", "invalid_grant_type", "not_allowed_token_type"),
        *("invalid_team_for_non_distributed_app", "no_scopes", "missing_scope"),
    }
)
_CODE = frozenset({"invalid_code", "code_already_used", "code_expired", "access_denied"})


class Why(Enum):
    """Why there is no token."""

    CODE = auto()  # used, too old, or another app's
    SETUP = auto()  # the operator's settings do not fit the app's
    SILENT = auto()  # Slack does not answer, or works later
    WITHDRAWN = auto()  # the token died before it was used
    ODD = auto()  # Slack's answer is not understood


class NotGranted(Exception):
    """There is no token, or none that works. `code` is Slack's own word, for the log."""

    def __init__(self, why: Why, code: str) -> None:
        super().__init__(code)
        self.why = why
        self.code = code


@dataclass(frozen=True, slots=True)
class Exchange:
    """Asks Slack. A code is never sent twice: Slack takes it once, whether we hear of it or not."""

    app: OAuthApp
    api_url: str
    network: Network
    now: Callable[[], datetime]

    async def installation(self, code: str) -> Installation:
        """Return what was installed, by what Slack says of the token and nothing else.

        Raises:
            NotGranted: there is no token that works.
        """
        asked = self.now()
        answer = await self._granted(code)
        identity = await self._identity(_word(answer, "access_token"))
        return _installation(answer, identity, asked)

    async def _granted(self, code: str) -> dict[str, Any]:
        try:
            answer = await exchange(
                self._client(None),
                client_id=self.app.client_id,
                client_secret=self.app.client_secret,
                code=code,
                redirect_uri=self.app.redirect_uri,
            )
        except SlackApiError as error:
            found = refusal_code(error)
            raise NotGranted(_why(found), found) from None
        except (SlackClientError, *UNANSWERED) as error:
            raise NotGranted(Why.SILENT, type(error).__name__) from None
        if not isinstance(answer.data, dict) or not _word(answer.data, "access_token"):
            raise NotGranted(Why.ODD, "no_access_token")
        return answer.data

    async def _identity(self, token: str) -> Identity:
        """Ask whose token it is; once more where Slack is silent, for its code is spent."""
        client = self._client(token)
        for last in (False, True):
            try:
                return await identify(client)
            except SlackApiError as error:
                found = refusal_code(error)
                dead = found in CODES[WhyRefused.TOKEN]
                raise NotGranted(Why.WITHDRAWN if dead else Why.SILENT, found) from None
            except (SlackClientError, *UNANSWERED) as error:
                if last:
                    raise NotGranted(Why.SILENT, type(error).__name__) from None
        raise AssertionError("unreachable")

    def _client(self, token: str | None) -> SlackClient:
        return SlackClient(
            token, api_url=self.api_url, network=self.network, seconds=_SECONDS, retry_handlers=[]
        )


def _why(code: str) -> Why:
    if code in _CODE:
        return Why.CODE
    return Why.SETUP if code in _SETUP else Why.SILENT


def _installation(answer: dict[str, Any], identity: Identity, at: datetime) -> Installation:
    """Put together what Slack said; where it says two things, nothing is believed."""
    team, enterprise = _part(answer, "team"), _part(answer, "enterprise")
    org_wide = answer.get("is_enterprise_install") is True
    team_id = None if org_wide else _id(team)
    enterprise_id = _id(enterprise)
    told = None if identity.org_wide else identity.team_id
    # An organisation's token may name a workspace beside it; a workspace's names just that.
    same = team_id == told if not org_wide else identity.enterprise_id in {None, enterprise_id}
    if not same or not (team_id or (org_wide and enterprise_id)):
        raise NotGranted(Why.ODD, "two_identities")
    if not identity.bot_id or not identity.bot_user_id:
        raise NotGranted(Why.ODD, "no_bot")
    refresh, seconds = _word(answer, "refresh_token"), answer.get("expires_in")
    rotates = refresh and isinstance(seconds, int) and 0 < seconds < _LONGEST_SECONDS
    return Installation(
        tenant=Tenant(team_id, enterprise_id),
        team_id=team_id,
        enterprise_id=enterprise_id,
        name=_name(enterprise if org_wide else team),
        org_wide=org_wide,
        app_id=_id(answer, "app_id"),
        bot_id=identity.bot_id,
        bot_user_id=identity.bot_user_id,
        scopes=tuple(_word(answer, "scope").replace(",", " ").split()) or identity.scopes or (),
        installer=_id(_part(answer, "authed_user")),
        token=_word(answer, "access_token"),
        refresh_token=refresh or None,
        expires_at=at + timedelta(seconds=float(seconds or 0)) if rotates else None,
        installed_at=at,
    )


def _part(answer: dict[str, Any], name: str) -> dict[str, Any]:
    found = answer.get(name)
    return found if isinstance(found, dict) else {}


def _word(answer: dict[str, Any], name: str) -> str:
    found = answer.get(name)
    return found if isinstance(found, str) else ""


def _id(answer: dict[str, Any], name: str = "id") -> str | None:
    found = _word(answer, name)
    return found if _ID.fullmatch(found) else None


def _name(answer: dict[str, Any]) -> str | None:
    """Return a name as it can be kept: without what no text holds."""
    plain = _word(answer, "name").encode("utf-8", "ignore").decode().replace("\0", "")
    return " ".join(plain.split())[:_LONGEST_NAME] or None
