"""Draws and posts nudges: each exactly as often as asked."""

from typing import cast

import orjson

from bot.cards.nudges.card import nudge_card
from bot.domain.nudges.message import NudgeMessage
from bot.domain.tenancy import Tenant
from bot.log import get_logger
from bot.services.nudges.ports import DrawnNudge, Posted, Refusal, Refused
from bot.slack.auth import Workspaces
from bot.slack.reply.answering import Message
from bot.slack.reply.posting import DirectMessages
from bot.text.translator import Translators

log = get_logger()


class SlackNudgePost:
    """Posts with the token of the member's workspace; see `NudgePost`."""

    def __init__(self, workspaces: Workspaces, translators: Translators) -> None:
        self._messages = DirectMessages(workspaces)
        self._translators = translators

    def draw(self, message: NudgeMessage, *, language: str) -> DrawnNudge:
        """Draw a message as a card."""
        try:
            card = nudge_card(message, self._translators.for_locale(language))
            # Written at once: many wait, and hundreds of values each would wait with them.
            blocks = orjson.Fragment(card.written_blocks)
            return DrawnNudge(message.id, {"text": card.text, "blocks": blocks})
        except Exception as error:
            # Whatever it is, this one nudge ends as failed, and the others go on.
            log.error("nudge_not_drawn", nudge=message.id, exc_info=error)  # noqa: TRY400 - its level
            return DrawnNudge(message.id, None)

    async def post_nudge(self, tenant: Tenant, slack_id: str, drawn: DrawnNudge) -> Posted:
        """Post a direct message once."""
        if drawn.content is None:
            raise Refused(Refusal.OURS, "not_drawn")
        message = cast("Message", drawn.content)
        return await self._messages.post(
            tenant, slack_id, message, event="nextrung_nudge", id_=drawn.id
        )

    async def reach(self, tenant: Tenant) -> None:
        """Ask Slack who we are, with the token that would post."""
        await self._messages.reach(tenant)
