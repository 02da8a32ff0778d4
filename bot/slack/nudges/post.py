"""Draws and posts nudges: each exactly as often as asked, and what Slack says sorted out."""

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.cards.nudges.card import nudge_card
from bot.domain.nudges.message import NudgeMessage
from bot.domain.tenancy import Tenant
from bot.log import get_logger
from bot.services.nudges.ports import OutcomeUnknown, Posted, Refusal, Refused
from bot.slack.auth import Connected, Workspaces
from bot.slack.refusals import (
    FOR_NUDGES,
    UNANSWERED,
    UNREADABLE,
    WhyRefused,
    refusal_code,
    why_refused,
)
from bot.slack.reply.answering import Message
from bot.slack.reply.answering import message as as_message
from bot.text.translator import Translators

log = get_logger()

_SECONDS = 10

_NOT_CONNECTED = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


class SlackNudgePost:
    """Posts with the token of the member's workspace; see `NudgePost`."""

    def __init__(self, workspaces: Workspaces, translators: Translators) -> None:
        self._workspaces = workspaces
        self._translators = translators

    async def post_nudge(
        self, tenant: Tenant, slack_id: str, message: NudgeMessage, *, language: str
    ) -> Posted:
        """Post a direct message once."""
        drawn = self._drawn(message, language)
        client = _once(await self._connected(tenant))
        try:
            answer = await client.chat_postMessage(
                channel=slack_id,
                **drawn,
                unfurl_links=False,
                unfurl_media=False,
                metadata={"event_type": "nextrung_nudge", "event_payload": {"id": message.id}},
            )
        except SlackApiError as error:
            raise _sorted(error) from error
        except _NOT_CONNECTED as error:
            # It never left this machine.
            raise Refused(Refusal.LATER, "not_reached") from error
        except UNANSWERED as error:
            raise OutcomeUnknown(_word(error)) from error
        return Posted(str(answer.get("channel")), str(answer.get("ts")))

    def _drawn(self, message: NudgeMessage, language: str) -> Message:
        try:
            return as_message(nudge_card(message, self._translators.for_locale(language)))
        except Exception as error:
            # Whatever it is, this one nudge ends as failed, and the others go on.
            log.error("nudge_not_drawn", nudge=message.id, exc_info=error)  # noqa: TRY400 - its level
            raise Refused(Refusal.OURS, "not_drawn") from error

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
            found = await self._workspaces.find(tenant.team_id)
        except SlackApiError as error:
            sorted_out = _sorted(error)
            kind = sorted_out.kind if isinstance(sorted_out, Refused) else Refusal.LATER
            raise Refused(kind, sorted_out.code) from error
        except UNANSWERED as error:
            raise Refused(Refusal.LATER, _word(error)) from error
        if found is None:
            raise Refused(Refusal.WORKSPACE, "not_connected")
        return found


def _once(connected: Connected) -> AsyncWebClient:
    """Return a client that never repeats a call: not after a lost connection, not after a 429."""
    client = connected.client
    return AsyncWebClient(
        token=client.token, base_url=client.base_url, timeout=_SECONDS, retry_handlers=[]
    )


def _sorted(error: SlackApiError) -> Refused | OutcomeUnknown:
    """Tell a refusal from an outcome that nobody knows."""
    status = getattr(error.response, "status_code", 200)
    code, why = refusal_code(error), why_refused(error)
    if status == 429 or why is WhyRefused.LIMITED:
        return Refused(Refusal.LATER, "ratelimited", retry_after=_retry_after(error))
    if why is WhyRefused.UNKNOWN:
        return OutcomeUnknown(code)
    if status == 503:
        return Refused(Refusal.LATER, "service_unavailable")
    if status >= 500 or code in {UNREADABLE, "unknown"}:
        return OutcomeUnknown(f"http_{status}")
    return Refused(FOR_NUDGES.get(why, Refusal.OURS) if why else Refusal.OURS, code)


def _retry_after(error: SlackApiError) -> float | None:
    headers = getattr(error.response, "headers", None) or {}
    given = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    try:
        return max(0.0, float(given))
    except (TypeError, ValueError):
        return None


def _word(error: Exception) -> str:
    return "timeout" if isinstance(error, TimeoutError) else type(error).__name__
