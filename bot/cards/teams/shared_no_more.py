"""What takes the place of a goal that was shared, and is no more."""

from bot.cards.blocks import section
from bot.cards.card import Card
from bot.text.translator import Translator


def shared_no_more_card(tr: Translator) -> Card:
    """Say so; it does not tell whose goal it was, nor why it ended."""
    text = tr("This is no longer shared with you.")
    return Card(text, [section(text)])


def team_no_more_card(tr: Translator) -> Card:
    """Say it of a view of several people; it does not tell of whom it holds no more."""
    text = tr("Not all of this is shared with you any more. Open it anew to see what is.")
    return Card(text, [section(text)])
