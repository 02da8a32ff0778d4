"""Who a token is, as Slack says of it, and who a request claims to be."""

from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache

from bot.domain.tenancy import Tenant
from bot.slack.client import SlackClient
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot token is, as `auth.test` tells.

    `scopes`, and `told_at` by Slack's clock (whole seconds), are None where the answer has none.
    """

    enterprise_id: str | None
    team_id: str | None
    bot_id: str | None
    bot_user_id: str | None
    scopes: tuple[str, ...] | None
    org_wide: bool = False
    told_at: datetime | None = None

    @property
    def tenant(self) -> Tenant | None:
        """Whose installation it is; None where Slack does not say.

        Slack may name a workspace beside an organisation that has the app org-wide.
        """
        team_id = None if self.org_wide else self.team_id
        return _tenant(team_id, self.enterprise_id) if team_id or self.enterprise_id else None


@dataclass(frozen=True, slots=True)
class Claim:
    """What a request says of where it comes from. It selects among installations, no more."""

    team_id: str | None
    enterprise_id: str | None = None
    org_wide: bool = False

    @property
    def tenants(self) -> tuple[Tenant, ...]:
        """The installations that it may be meant for, the likeliest first."""
        workspace = [_tenant(self.team_id, None)] if self.team_id else []
        organisation = [_tenant(None, self.enterprise_id)] if self.enterprise_id else []
        likeliest = (organisation, workspace) if self.org_wide else (workspace, organisation)
        return tuple(likeliest[0] + likeliest[1])


# Each request asks several times, and what is kept by tenant is found faster by the same value.
_tenant = lru_cache(maxsize=4096)(Tenant)


async def identify(client: SlackClient) -> Identity:
    """Ask Slack who the client's token is.

    Raises:
        SlackApiError: Slack does not accept the token.
    """
    answer = await client.auth_test()
    # A header, which a gateway between may strip.
    scopes = answer.headers.get("x-oauth-scopes")
    return Identity(
        enterprise_id=answer.get("enterprise_id"),
        team_id=answer.get("team_id"),
        bot_id=answer.get("bot_id"),
        bot_user_id=answer.get("user_id"),
        scopes=None if scopes is None else tuple(scopes.replace(",", " ").split()),
        org_wide=answer.get("is_enterprise_install") is True,
        told_at=_moment(answer.headers.get("date")),
    )


def _moment(header: str | None) -> datetime | None:
    """Return when an answer was made, by the header that HTTP has for it."""
    try:
        moment = parsedate_to_datetime(header) if header else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo else None
