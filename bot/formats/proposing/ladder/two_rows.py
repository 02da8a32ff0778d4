"""Columns below headers of two or three rows: roles over levels, levels over what is held."""

from collections.abc import Sequence
from dataclasses import replace

from bot.formats.grids.columns import Headed, are_levels
from bot.formats.mapping.fields import Field
from bot.formats.mapping.headers import field_of_header
from bot.formats.mapping.model import Holds, LevelColumn
from bot.formats.mapping.vocabulary import held_by_name, requirement_words
from bot.formats.mapping.words import normal, plain_name, words_of
from bot.formats.names.figures import is_depth
from bot.formats.names.titles import looks_like_role

RATINGS = words_of(
    "rating ratings assessment assessments weight weighting weights review reviews comment comments"
    " notes score scores feedback current actual today self ist as-is"
)
"""What a header says of figures that people have, and not of what is expected."""
WANTED = words_of("target targets goal soll ziel expected wanted to-be")
_HEADS = words_of(
    "levels grades bands seniority stages stufen karrierestufen niveaux niveles níveis livelli"
    " poziomy уровни レベル"
) | {"career levels", "seniority levels", "job levels", "role levels", "levels of seniority"}
"""What stands over all levels together, and is no role."""
_REQUIREMENTS = requirement_words()
_SEVERAL = 2

Placed = tuple[LevelColumn, int]
"""A column with its place in the table."""


def of_two_rows(table: Headed) -> list[Placed]:
    """Return the columns below headers of two or three rows: role, level and what is held."""
    at = [
        each
        for each in range(table.width)
        if table.slots[each] is None
        and table.header.cells[each]
        and any(row[each] for row in table.above)
    ]
    told_now = [each for each in at if normal(table.header.cells[each]) in RATINGS]
    if len(told_now) < len(at):
        at = [each for each in at if each not in told_now]
    rows = [*table.above, table.header.cells]
    kinds = [_kind([row[each] for each in at if row[each]]) for row in rows]
    found: list[Placed] = []
    for each in at:
        told = {kind: plain_name(row[each]) for kind, row in zip(kinds, rows, strict=True)}
        holds = Holds(held_by_name(told.get("holds", "")) or Holds.TEXT)
        role = told.get("role", "")
        role = "" if normal(role) in WANTED else role
        column = LevelColumn(table.names[each], told.get("level", ""), holds, role=role)
        found.append((column, each))
    found = _without_head(found)
    return _told_by_cells(table, found) if "holds" not in kinds else found


def _without_head(placed: list[Placed]) -> list[Placed]:
    """Return columns without what stands over all of them and says that they are levels."""
    heads = {column.role for column, _ in placed}
    if len(heads) > 1 or not all(map(_is_above_all, heads)):
        return placed
    return [(replace(column, role=""), at) for column, at in placed]


def _is_above_all(name: str) -> bool:
    """Whether a heading over levels says that they are levels, or what is expected at them."""
    field = field_of_header(name)
    return normal(name) in _HEADS or field in (Field.LEVEL, Field.TEXT, Field.PROFICIENCY)


def _told_by_cells(table: Headed, placed: list[Placed]) -> list[Placed]:
    """Return columns whose second header says what they hold in words of its own.

    ``What`` and ``How well`` under each level are no roles: in one are texts, in the other figures.
    """
    cells: dict[str, list[str]] = {}
    for column, at in placed:
        cells.setdefault(column.role, []).extend(filter(None, table.column(at)))
    held = {name: each for name, found in cells.items() if (each := _held_by(name, found))}
    texts = [name for name in cells if held.get(name, Holds.TEXT) is Holds.TEXT]
    if not held or len(texts) > 1 or any(map(looks_like_role, cells)):
        return placed
    if len(cells) < _SEVERAL:
        return placed
    return [
        (replace(column, role="", holds=held.get(column.role, Holds.TEXT)), at)
        for column, at in placed
    ]


def _held_by(name: str, cells: Sequence[str]) -> Holds | None:
    """Return what a column under a level holds, by its name or else by its cells."""
    by_name = held_by_name(name)
    if by_name is not None:
        return Holds(by_name)
    if cells and all(map(is_depth, cells)):
        return Holds.PROFICIENCY
    if cells and all(normal(cell) in _REQUIREMENTS for cell in cells):
        return Holds.REQUIREMENT
    return None


def _kind(cells: Sequence[str]) -> str:
    """Return what a row of headers names."""
    if all(held_by_name(cell) for cell in cells):
        return "holds"
    return "level" if are_levels(cells) else "role"
