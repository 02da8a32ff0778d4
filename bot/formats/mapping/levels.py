"""The columns of a wide table that belong to levels, and the order in which the levels stand."""

import re
from collections.abc import Iterable, Sequence

from bot.formats.mapping.columns import Headed
from bot.formats.mapping.fields import depth_key_of
from bot.formats.mapping.model import Holds, LevelColumn, LevelSpec
from bot.formats.mapping.seniority import is_level_name, level_order
from bot.formats.mapping.vocabulary import NOTHING_WORDS, is_depth_name, requirement_words
from bot.formats.mapping.words import normal

_SUFFIXES = {
    "requirement": Holds.REQUIREMENT,
    "required": Holds.REQUIREMENT,
    "mandatory": Holds.REQUIREMENT,
    "proficiency": Holds.PROFICIENCY,
    "depth": Holds.PROFICIENCY,
    "skill level": Holds.PROFICIENCY,
    "prompts": Holds.PROMPTS,
    "growth prompts": Holds.PROMPTS,
    "text": Holds.TEXT,
    "description": Holds.TEXT,
    "expectation": Holds.TEXT,
    "expectations": Holds.TEXT,
}
_SUFFIXED = re.compile(
    rf"(?P<level>.+?)[\s:(\[/|–-]+(?P<suffix>{'|'.join(sorted(_SUFFIXES, key=len, reverse=True))})"
    r"[\])?]*",
    re.IGNORECASE,
)
_KEYED = re.compile(r"(?P<name>.*) \[(?P<key>[a-z0-9]+(?:-[a-z0-9]+)*)\]", re.DOTALL)
_REQUIREMENTS = requirement_words()
_NOTHING = frozenset(map(normal, NOTHING_WORDS))
_SHORT = 3


def level_columns_of(table: Headed, *, any_name: bool = False) -> tuple[LevelColumn, ...]:
    """Return the columns that belong to levels, in the order of the table.

    Their headers name a level, alone or with what the column holds (``Senior required``).
    `any_name` takes every column that names no field for a level.
    """
    cells = table.header.cells
    free = [
        at
        for at, slot in enumerate(table.slots)
        if slot is None and cells[at] and depth_key_of(cells[at]) is None
    ]
    titles = {at: _parted(cells[at]) for at in free}
    plain = {title for title, holds in titles.values() if holds is None}
    levels = {
        title
        for title, holds in titles.values()
        if any_name or is_level_name(title) or (holds is not None and title in plain)
    }
    return tuple(
        _column(table, at, title, holds or _held(table.column(at)))
        for at, (title, holds) in titles.items()
        if title in levels
    )


def _parted(header: str) -> tuple[str, Holds | None]:
    found = _SUFFIXED.fullmatch(header.strip())
    if found is None:
        return header.strip(), None
    return found["level"].strip(), _SUFFIXES[found["suffix"].lower()]


def _column(table: Headed, at: int, title: str, holds: Holds) -> LevelColumn:
    keyed = _KEYED.fullmatch(title)
    name, key = (keyed["name"], keyed["key"]) if keyed else (title, "")
    return LevelColumn(table.names[at], name, holds, key=key)


def _held(cells: Iterable[str]) -> Holds:
    """Return what a level's column holds, by what stands in it."""
    words = {normal(cell) for cell in cells if cell} - _NOTHING
    if not words:
        return Holds.TEXT
    if all(word in _REQUIREMENTS for word in words):
        return Holds.REQUIREMENT
    if all(is_depth_name(word) or (word.isdigit() and len(word) < _SHORT) for word in words):
        return Holds.PROFICIENCY
    return Holds.TEXT


def common_levels(tables: Sequence[Sequence[LevelColumn]]) -> tuple[LevelSpec, ...]:
    """Return the levels of all wide tables from the lowest to the highest.

    Columns stand in that order, unless the names of the levels say that it is the other way round.
    Nothing is returned where the tables do not agree.
    """
    keys: dict[str, str] = {}
    order: list[str] = []
    for columns in tables:
        names = list(dict.fromkeys(column.name for column in columns))
        keys |= {column.name: column.key for column in columns}
        merged = _merged_order(order, _rising(names))
        if merged is None:
            return ()
        order = merged
    return tuple(
        LevelSpec(name, rank, key=keys[name] or None) for rank, name in enumerate(order, 1)
    )


def _rising(names: list[str]) -> list[str]:
    positions = level_order(names)
    falling = positions is not None and positions == sorted(positions, reverse=True)
    return names[::-1] if falling else names


def _merged_order(first: list[str], second: list[str]) -> list[str] | None:
    """Return both orders as one, None where they contradict each other."""
    known = {normal(name): at for at, name in enumerate(first)}
    shared = [known[normal(name)] for name in second if normal(name) in known]
    if shared != sorted(shared):
        return None
    merged: list[str] = []
    rest = list(first)
    for name in second:
        if normal(name) in known:
            at = next(i for i, each in enumerate(rest) if normal(each) == normal(name))
            merged += rest[: at + 1]
            rest = rest[at + 1 :]
        else:
            merged.append(name)
    return merged + rest
