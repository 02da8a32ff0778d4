"""Rows that are a heading: one cell says what the rows below belong to."""

import re
from collections.abc import Callable, Collection, Sequence

from bot.formats.mapping.vocabulary import NOTHING_WORDS
from bot.formats.mapping.words import normal

_OUTLINE = re.compile(r"\d{1,3}(?:\.\d{1,3})*\.?")
_NOTHING = frozenset(map(normal, NOTHING_WORDS))


def says_nothing(cell: str) -> bool:
    """Whether a cell is empty, or holds a word that stands for that."""
    return not cell or normal(cell) in _NOTHING


def heading_of(
    cells: Sequence[str], beside: Collection[int], blank: Callable[[str], bool] = says_nothing
) -> str:
    """Return the one text of a row, "" where it has several or none.

    Merged cells may repeat it. `beside` are the columns of levels: a text that stands in one of
    them alone is no heading.
    """
    filled = [at for at, cell in enumerate(cells) if not blank(cell)]
    if len(filled) > 1 and _OUTLINE.fullmatch(cells[filled[0]]):
        filled = filled[1:]  # the number of the heading
    if not filled or filled[0] in beside:
        return ""
    first = cells[filled[0]]
    return first if all(cells[at] == first for at in filled) else ""
