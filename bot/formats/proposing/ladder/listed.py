"""A list of the levels in their order, which a file has beside its tables of skills."""

import re
from collections.abc import Iterable, Sequence

from bot.formats.grids.columns import Headed
from bot.formats.mapping.fields import Field, FieldSlot
from bot.formats.mapping.model import LevelSpec
from bot.formats.mapping.words import normal, one_line, plain_name
from bot.formats.proposing.slots import LEVEL
from bot.formats.tables.source import TableRow

_RANK = FieldSlot(Field.LEVEL_RANK)
_OTHERS = frozenset({Field.SKILL, Field.SKILL_KEY, Field.ROLE, Field.ROLE_KEY, Field.TITLE})
_MOST_LEVELS = 12
_FIGURES = 2
"""Of a number in an order."""
_LISTS = re.compile(
    r"(?:order of )?(?:career |job )?(?:levels?|ladder|grades?)(?: order| \(.*\))?"
    r"|级别(?:顺序)?|职级(?:顺序)?|等级顺序|stufen|reihenfolge",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"\s*(?:[<,;|、，→]|->|=>|\s[–—-]\s)\s*")


def lists_levels(table: Headed) -> bool:
    """Whether a table has a level in each row, each once, and neither role nor skill."""
    if LEVEL not in table.slots or table.fields & _OTHERS:
        return False
    names = [cell for cell in table.column(table.slots.index(LEVEL)) if cell]
    return 1 < len(names) <= _MOST_LEVELS and len(set(map(normal, names))) == len(names)


def beside_levels(table: Headed) -> list[str]:
    """Return the headers of what a list says of its levels, beside their numbers."""
    return [
        table.names[at]
        for at, slot in enumerate(table.slots)
        if slot not in (LEVEL, _RANK)
        and any(len(cell) > _FIGURES or (cell and not cell.isdigit()) for cell in table.column(at))
    ]


def listed_levels(lists: Iterable[Sequence[str]], used: Iterable[str]) -> tuple[LevelSpec, ...]:
    """Return the levels as the first list has them that knows all that are `used`."""
    wanted = {normal(name) for name in used}
    for names in lists:
        if wanted and wanted <= {normal(name) for name in names}:
            return tuple(LevelSpec(name, rank) for rank, name in enumerate(names, 1))
    return ()


def listed_above(rows: Sequence[TableRow]) -> list[str]:
    """Return the levels that a row lists by itself: ``Levels: Junior < Middle < Senior``."""
    for row in rows:
        cells = [cell for cell in row.cells if cell]
        head, _, rest = cells[0].partition(":") if ":" in cells[0] else cells[0].partition("：")
        if not _LISTS.fullmatch(head.strip()):
            continue
        names = [*filter(None, map(str.strip, _SIGNS.split(rest))), *cells[1:]]
        if 1 < len(names) <= _MOST_LEVELS and len(set(map(normal, names))) == len(names):
            return [plain_name(name) for name in names]
    return []


def in_order(table: Headed) -> list[str]:
    """Return the names of a list, by its numbers where it has such."""
    names = [plain_name(one_line(cell)) for cell in table.column(table.slots.index(LEVEL))]
    ranks = [""] * len(names)
    if _RANK in table.slots:
        ranks = table.column(table.slots.index(_RANK))
    else:
        for at in range(table.width):
            if table.slots[at] is None and all(cell.isdigit() for cell in table.column(at)):
                ranks = table.column(at)
                break
    if all(rank.isdigit() for rank in ranks):
        names = [name for _, name in sorted(zip(map(int, ranks), names, strict=True))]
    return [name for name in names if name]
