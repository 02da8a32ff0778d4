"""Exchanges refresh tokens with Slack, for the `TokenExchange` port."""

from dataclasses import field

from slack_sdk.errors import SlackApiError

from bot.services.installs.rotation import Exchanged, ExchangeRefused, ExchangeUnanswered
from bot.slack.client import SlackClient, exchange
from bot.slack.network import Network
from bot.slack.refusals import UNANSWERED, UNREADABLE, WhyRefused, refusal_code, why_refused
from bot.values import dataclass

_SECONDS = 10
# What no further try changes: the token is used up, or the app is out.
_FINAL = frozenset({"invalid_refresh_token", "token_expired", "token_revoked", "account_inactive"})
_UNKNOWN = frozenset({WhyRefused.UNKNOWN})


@dataclass(frozen=True, slots=True)
class SlackExchange:
    """Never repeats a call: a refresh token is taken once."""

    client_id: str
    client_secret: str = field(repr=False)
    api_url: str
    network: Network

    async def exchange(self, refresh_token: str) -> Exchanged:
        """Return new tokens; see `TokenExchange`."""
        client = SlackClient(
            None, api_url=self.api_url, network=self.network, seconds=_SECONDS, retry_handlers=[]
        )
        try:
            answer = await exchange(
                client,
                client_id=self.client_id,
                client_secret=self.client_secret,
                grant_type="refresh_token",
                refresh_token=refresh_token,
            )
        except SlackApiError as error:
            code = refusal_code(error)
            status = getattr(error.response, "status_code", 200)
            if why_refused(error) in _UNKNOWN or code == UNREADABLE or status >= 500:
                raise ExchangeUnanswered(code) from error
            raise ExchangeRefused(code, final=code in _FINAL) from error
        except UNANSWERED as error:
            raise ExchangeUnanswered(type(error).__name__) from error
        token, seconds = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(token, str) or not token:
            raise ExchangeUnanswered("no_access_token")
        refresh = answer.get("refresh_token")
        return Exchanged(
            token,
            refresh if isinstance(refresh, str) and refresh else None,
            float(seconds) if isinstance(seconds, int | float) and seconds > 0 else None,
        )
