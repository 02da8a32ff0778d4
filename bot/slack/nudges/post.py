"""Draws and posts nudges: each exactly as often as asked."""

from bot.cards.nudges.card import nudge_card
from bot.domain.nudges.message import NudgeMessage
from bot.domain.tenancy import Tenant
from bot.log import get_logger
from bot.services.nudges.ports import Posted, Refusal, Refused
from bot.slack.auth import Workspaces
from bot.slack.reply.answering import Message
from bot.slack.reply.answering import message as as_message
from bot.slack.reply.posting import DirectMessages
from bot.text.translator import Translators

log = get_logger()


class SlackNudgePost:
    """Posts with the token of the member's workspace; see `NudgePost`."""

    def __init__(self, workspaces: Workspaces, translators: Translators) -> None:
        self._messages = DirectMessages(workspaces)
        self._translators = translators

    async def post_nudge(
        self, tenant: Tenant, slack_id: str, message: NudgeMessage, *, language: str
    ) -> Posted:
        """Post a direct message once."""
        drawn = self._drawn(message, language)
        return await self._messages.post(
            tenant, slack_id, drawn, event="nextrung_nudge", id_=message.id
        )

    async def reach(self, tenant: Tenant) -> None:
        """Ask Slack who we are, with the token that would post."""
        await self._messages.reach(tenant)

    def _drawn(self, message: NudgeMessage, language: str) -> Message:
        try:
            return as_message(nudge_card(message, self._translators.for_locale(language)))
        except Exception as error:
            # Whatever it is, this one nudge ends as failed, and the others go on.
            log.error("nudge_not_drawn", nudge=message.id, exc_info=error)  # noqa: TRY400 - its level
            raise Refused(Refusal.OURS, "not_drawn") from error
