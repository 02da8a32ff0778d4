"""What is expected, in the catalogue's own words, or why there are none."""

from bot.cards.excerpt import excerpt
from bot.domain.framework import Expectation
from bot.text.translator import Translator

# The least room in which the whole sentence about a missing cell is worth having.
MISSING = 100


def behaviour(expectation: Expectation | None, room: int, tr: Translator) -> str:
    """Return about `room` characters of the behaviour as mrkdwn, or say that there is none."""
    if expectation is None:
        return missing(tr)
    if expectation.wording is None:
        return unwritten(tr)
    return excerpt(tr.of(expectation.wording), room, tr) or unwritten(tr)


def missing(tr: Translator) -> str:
    """Say that a cell is not defined, which is not the same as *not required*."""
    return tr("_The framework says nothing here; that is not the same as “not required”._")


def unwritten(tr: Translator) -> str:
    """Say that something is asked for, but nobody has described it."""
    return tr("_No description written yet._")
