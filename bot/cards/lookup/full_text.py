"""A catalogue's text in full, its lines kept, for a modal."""

from bot.cards.excerpt import lines_of
from bot.cards.lookup.behaviour import missing, unwritten
from bot.cards.mrkdwn import escape, isolated
from bot.domain.framework import Expectation
from bot.text.translator import Translator

FULL_TEXT = 2700
_MOST_PARTS = 20


def full_text(expectation: Expectation | None, tr: Translator) -> str:
    """Return the behaviour as one section's mrkdwn, its lines kept; else say what is missing."""
    if expectation is None:
        return missing(tr)
    if expectation.wording is None:
        return unwritten(tr)
    return next(iter(in_parts(tr.of(expectation.wording), FULL_TEXT, FULL_TEXT)), unwritten(tr))


def in_parts(text: str, first: int, later: int) -> list[str]:
    """Return a text as mrkdwn in parts of whole lines: the first and the later of so many signs.

    A line that is longer than a part goes on in the next, from a word.
    """
    parts: list[str] = []
    kept: list[str] = []
    room = first
    for line in lines_of(text):
        left = line
        while left:
            shown = escape(isolated(left))
            if len(shown) <= room:
                kept.append(shown)
                room -= len(shown) + 1
                break
            if kept:
                parts.append("\n".join(kept))
                kept, room = [], later
                continue
            head, left = _cut(left, room)
            parts.append(escape(isolated(head)))
            room = later
    if kept:
        parts.append("\n".join(kept))
    return parts[:_MOST_PARTS]


def _cut(line: str, room: int) -> tuple[str, str]:
    """Cut a line so that its beginning fits as mrkdwn, after a word where one is near."""
    end = room
    while end > 1 and len(escape(isolated(line[:end]))) > room:
        end = max(1, end - max(1, (len(escape(isolated(line[:end]))) - room) // 3))
    space = line.rfind(" ", 0, end)
    if space > end * 2 // 3:
        end = space
    return line[:end].rstrip(), line[end:].lstrip()
