"""Direct messages that the bot sends by itself: once each, and what Slack says sorted out."""

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.domain.errors import NextrungError
from bot.domain.tenancy import Tenant
from bot.services.nudges.ports import OutcomeUnknown, Posted, Refusal, Refused
from bot.slack.auth import Connected, Workspaces
from bot.slack.client import NotSent, SlackClient, unrepeating_client
from bot.slack.refusals import (
    FOR_NUDGES,
    UNANSWERED,
    UNREADABLE,
    WhyRefused,
    refusal_code,
    retry_after,
    why_refused,
)
from bot.slack.reply.answering import Message

_SECONDS = 10
# An organisation has taken the app from the workspaces that somebody is in.
_NO_ACCESS = "team_access_not_granted"

_NOT_CONNECTED = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, NotSent)


class DirectMessages:
    """Posts with the token of the member's workspace."""

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces

    async def post(
        self, tenant: Tenant, slack_id: str, drawn: Message, *, event: str, id_: int
    ) -> Posted:
        """Post a direct message once; it is never repeated here. `event` and `id_` name it.

        Raises:
            Refused: it has not arrived.
            OutcomeUnknown: nobody knows whether it has.
        """
        client = _once(await self._connected(tenant))
        try:
            answer = await client.chat_postMessage(
                channel=slack_id,
                **drawn,
                unfurl_links=False,
                unfurl_media=False,
                metadata={"event_type": event, "event_payload": {"id": id_}},
            )
        except SlackApiError as error:
            raise _of_member(error, tenant) or _sorted(error) from error
        except _NOT_CONNECTED as error:
            # It never left this machine.
            raise Refused(Refusal.LATER, "not_reached") from error
        except UNANSWERED as error:
            raise OutcomeUnknown(_word(error)) from error
        return Posted(str(answer.get("channel")), str(answer.get("ts")))

    async def reach(self, tenant: Tenant) -> None:
        """Ask Slack who we are, with the token that would post."""
        client = _once(await self._connected(tenant))
        try:
            await client.auth_test()
        except SlackApiError as error:
            found = _sorted(error)
            if isinstance(found, Refused):
                raise found from error
            raise Refused(Refusal.LATER, found.code) from error
        except UNANSWERED as error:
            raise Refused(Refusal.LATER, _word(error)) from error

    async def _connected(self, tenant: Tenant) -> Connected:
        try:
            found = await self._workspaces.find(tenant)
        except SlackApiError as error:
            sorted_out = _sorted(error)
            kind = sorted_out.kind if isinstance(sorted_out, Refused) else Refusal.LATER
            raise Refused(kind, sorted_out.code) from error
        except UNANSWERED as error:
            raise Refused(Refusal.LATER, _word(error)) from error
        except NextrungError as error:
            # The token is not at hand, so nothing has been sent: that is no unknown outcome.
            raise Refused(Refusal.LATER, error.code) from error
        if found is None:
            raise Refused(Refusal.WORKSPACE, "not_connected")
        return found


def _once(connected: Connected) -> SlackClient:
    """Return a client that never repeats a call: not after a lost connection, not after a 429."""
    return unrepeating_client(connected.client, seconds=_SECONDS)


def _of_member(error: SlackApiError, tenant: Tenant) -> Refused | None:
    """Return a refusal that concerns one member of an organisation, and not all of them."""
    code = refusal_code(error)
    whole = tenant.team_id is None
    return Refused(Refusal.MEMBER, code) if whole and code == _NO_ACCESS else None


def _sorted(error: SlackApiError) -> Refused | OutcomeUnknown:
    """Tell a refusal from an outcome that nobody knows."""
    status = getattr(error.response, "status_code", 200)
    code, why = refusal_code(error), why_refused(error)
    if status == 429 or why is WhyRefused.LIMITED:
        return Refused(Refusal.LATER, "ratelimited", retry_after=retry_after(error))
    if why is WhyRefused.UNKNOWN:
        return OutcomeUnknown(code)
    if status == 503:
        return Refused(Refusal.LATER, "service_unavailable")
    if status >= 500 or code in {UNREADABLE, "unknown"}:
        return OutcomeUnknown(f"http_{status}")
    return Refused(FOR_NUDGES.get(why, Refusal.OURS) if why else Refusal.OURS, code)


def _word(error: Exception) -> str:
    return "timeout" if isinstance(error, TimeoutError) else type(error).__name__
