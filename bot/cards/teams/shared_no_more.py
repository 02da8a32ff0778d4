"""What takes the place of a goal that was shared, and is no more."""

from bot.cards.blocks import section
from bot.cards.card import Card
from bot.text.translator import Translator


def shared_no_more_card(tr: Translator) -> Card:
    """Say so; it does not tell whose goal it was, nor why it ended."""
    text = tr("This is no longer shared with you.")
    return Card(text, [section(text)])
