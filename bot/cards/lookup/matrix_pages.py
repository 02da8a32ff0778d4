"""Cutting a role's skills into pages: whole domains where they fit."""

from collections.abc import Sequence
from itertools import groupby

from bot.domain.framework import Skill
from bot.domain.lookup.profiles import Cell

# As many lines of a table as a card has room for; a domain's own line costs as much as two.
MOST_LINES = 18
HEADING = 2
# A part of a domain is not begun with fewer.
FEWEST = HEADING + 3

Row = tuple[Skill, tuple[Cell, ...]]


def cut(rows: Sequence[Row]) -> list[list[Row]]:
    """Return pages of so many skills as fit; at least one page, an empty one for none.

    A domain stands on one page where it fits on one; a larger one begins where there is room.
    """
    pages: list[list[Row]] = [[]]
    room = MOST_LINES
    for _, found in groupby(rows, key=lambda row: row[0].group.domain.key):
        domain = list(found)
        if len(domain) + HEADING > room and (
            len(domain) + HEADING <= MOST_LINES or room < HEADING + 3
        ):
            pages.append([])
            room = MOST_LINES
        while domain:
            pages[-1] += domain[: room - HEADING]
            domain, room = domain[room - HEADING :], room - HEADING - len(domain)
            if domain:
                pages.append([])
                room = MOST_LINES
    return pages
