"""Finds words that stand in cells instead of a value, such as NOT IN USE and MISSING."""

import re
from collections import Counter
from collections.abc import Iterable

from bot.formats.mapping.fields import TEXTS, Field, FieldSlot
from bot.formats.mapping.vocabulary import NOTHING_WORDS, is_depth_name, requirement_words
from bot.formats.mapping.words import normal
from bot.formats.names.seniority import is_level_name

_SHOUTED = re.compile(r"[A-Z]{3,}(?:[ _/-][A-Z]{2,})*")
_KNOWN = frozenset(
    map(
        normal,
        (
            *("missing", "not in use", "not used", "unknown", "null", "nil", "not defined"),
            *("undefined", "not applicable", "to be defined", "to be confirmed", "#n/a", "#ref!"),
        ),
    )
)
_FEWEST = 2
_LONGEST = 60
_REQUIREMENTS = requirement_words()
_SEARCHED = TEXTS | {Field.LEVEL, Field.PROFICIENCY, Field.REQUIREMENT}


def may_hold(slot: FieldSlot) -> bool:
    """Whether the column of a field is one in which such words are looked for."""
    return slot.field in _SEARCHED


def sentinels(cells: Iterable[str]) -> tuple[str, ...]:
    """Return the words that stand for no value among the cells of such columns, most first."""
    counts = Counter(cell for cell in cells if cell and len(cell) <= _LONGEST)
    return tuple(
        cell for cell, count in counts.most_common() if count >= _FEWEST and _stands_for_none(cell)
    )


def _stands_for_none(cell: str) -> bool:
    word = normal(cell)
    if word in _KNOWN:
        return True
    if word in _REQUIREMENTS or word in map(normal, NOTHING_WORDS):
        return False
    return bool(_SHOUTED.fullmatch(cell)) and not is_level_name(cell) and not is_depth_name(cell)
