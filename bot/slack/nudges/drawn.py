"""Draws nudges as Slack takes them, in the member's language."""

from bot.cards.nudges.card import nudge_card
from bot.domain.nudges.message import NudgeMessage
from bot.services.nudges.ports import NudgeCard
from bot.slack.reply.answering import message as as_message
from bot.text.translator import Translators


class DrawnNudges:
    """The port `NudgeCards` over our own cards."""

    def __init__(self, translators: Translators) -> None:
        self._translators = translators

    def card(self, message: NudgeMessage, language: str) -> NudgeCard:
        """Return the card in a language, such as ``zh-CN``, or in English where we lack it."""
        drawn = as_message(nudge_card(message, self._translators.for_locale(language)))
        return NudgeCard(drawn["text"], drawn["blocks"])
