"""Writes a mapping as a YAML file for a person to go on with: explained, with guesses marked."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.domain.framework import CatalogueContent, Ladder
from bot.formats.mapping.fields import DEPTH_STARTS, Field
from bot.formats.mapping.model import (
    ColumnMapping,
    DateOrder,
    DepthSpec,
    Duplicates,
    LevelSpec,
    Orientation,
    TableSpec,
)
from bot.formats.mapping.reasons import reason
from bot.formats.mapping.vocabulary import NOTHING_WORDS
from bot.formats.yaml_text import Value, to_yaml

_HEAD = """\
# What each column of {file} means. Check it, change it, and import with
#   nextrung catalogue import {file} --map THIS-FILE
# docs/reference/mapping.md describes every field.
"""
_TABLES = """\
# Under 'columns' stands a field, then the header of its column. 'shape' is what one row is: long (a
# role, a level and a skill), wide (a skill, with a column for each level), skills or roles.
"""
_UNREAD = "# These columns are not read: {names}.\n"
_IGNORED = "# Cells that are known to have no value.\n"
_TITLES = "# What each title stands for.\n"
_LEVELS = "# From the lowest to the highest. Please check the order.\n"
_ROLES = """\
# The levels of each role from the lowest to the highest. Please check the order. Levels side by
# side (an expert beside a manager) stand in one list, each with a track.
"""
_DEPTHS = "# From the shallowest to the deepest. Please check the order.\n"
_MOST_LEVELS = 12
_KEY = re.compile(r"(  - |    )(\w+):")


def mapping_text(
    mapping: ColumnMapping,
    *,
    file: str,
    content: CatalogueContent | None = None,
    unread: Iterable[str] = (),
) -> str:
    """Return a mapping as the text of its file.

    Args:
        file: what the mapping is for, as its comments call it.
        content: what it leads to; its levels and proficiencies are listed, to be checked.
        unread: headers of columns that it does not read.
    """
    parts = [_HEAD.format(file=file)]
    if mapping.name:
        parts.append(to_yaml({"name": mapping.name}))
    parts.append(to_yaml({"base_locale": mapping.base_locale}))
    tables = "tables:\n" + "".join(map(_explained, mapping.tables))
    names = ", ".join(dict.fromkeys(" ".join(name.split()) for name in unread))
    parts.append("\n" + _TABLES + (_UNREAD.format(names=names) if names else "") + tables)
    parts += _options(mapping)
    parts += _order(mapping, content)
    return "".join(parts)


def _explained(table: TableSpec) -> str:
    """Return one table as YAML, with a comment above each line that wants one."""
    lines: list[str] = []
    for line in to_yaml({"tables": [_table(table)]}).splitlines()[1:]:
        key = _KEY.match(line)
        why = reason(table, key[2]) if key else None
        if key and why:
            lines.append(f"{' ' * (2 if key[1] == '  - ' else 4)}# {why}")
        lines.append(line)
    return "\n".join(lines) + "\n"


def _table(table: TableSpec) -> dict[str, Value]:
    row: dict[str, Value] = dict(_place(table))
    row |= _extent(table)
    row["columns"] = _columns(table)
    if table.level_columns:
        row["level_columns"] = list(_level_columns(table))
    depths: dict[str, Value] = {
        depth.name: depth.column for depth in table.depth_columns if not depth.key
    }
    if depths:
        row["proficiency_columns"] = depths
    if table.fill_down:
        row["fill_down"] = sorted(field.value for field in table.fill_down)
    if table.values:
        row["values"] = {str(slot): value for slot, value in table.values.items()}
    if table.ignore_rows:
        row["ignore_rows"] = {
            field.value: list(words) for field, words in table.ignore_rows.items()
        }
    if table.empty_words:
        row["empty_words"] = list(table.empty_words)
    return row


def _place(table: TableSpec) -> Iterator[tuple[str, Value]]:
    """Yield what says where a table is, and what its rows are."""
    if table.files:
        yield "files", list(table.files)
    if table.sheets:
        yield "sheets", list(table.sheets)
    yield "shape", table.shape.value
    if table.records is not None:
        yield "records", table.records
    if table.pages:
        yield "pages", "yes"


def _extent(table: TableSpec) -> Iterator[tuple[str, Value]]:
    """Yield what says where on its sheet a table stands, and how it lies."""
    if table.orientation is not Orientation.ROWS:
        yield "orientation", table.orientation.value
    if table.skip_rows:
        yield "skip_rows", table.skip_rows
    if table.last_row:
        yield "last_row", table.last_row
    if table.heading_rows:
        names = [field.value for field in table.heading_rows]
        yield "heading_rows", names[0] if len(names) == 1 else names


def _columns(table: TableSpec) -> dict[str, Value]:
    columns: dict[str, Value] = {
        str(slot): names[0] if len(names) == 1 else list(names)
        for slot, names in table.columns.items()
    }
    for depth in table.depth_columns:
        if depth.key:
            name = DEPTH_STARTS[depth.field] + depth.key
            columns[f"{name}.{depth.locale}" if depth.locale else name] = depth.column
    return columns


def _level_columns(table: TableSpec) -> Iterator[dict[str, Value]]:
    for column in table.level_columns:
        row: dict[str, Value] = {"column": column.column}
        row |= {"level": column.name} if column.name else {}
        row |= {"role": column.role} if column.role else {}
        row |= {"skill": column.skill} if column.skill else {}
        row |= {"key": column.key} if column.key else {}
        row["holds"] = column.holds.value
        yield row | ({"language": column.locale} if column.locale else {})


def _options(mapping: ColumnMapping) -> Iterator[str]:
    if mapping.ignore:
        yield "\n" + _IGNORED + to_yaml({"ignore": list(mapping.ignore)})
    if mapping.empty_words != NOTHING_WORDS:
        yield "\n" + to_yaml({"empty_words": list(mapping.empty_words)})
        yield to_yaml({"separators": list(mapping.separators)})
    if mapping.duplicates is not Duplicates.STOP:
        yield "\n" + to_yaml({"duplicates": mapping.duplicates.value})
    if mapping.dates is not DateOrder.DAY_FIRST:
        yield "\n" + to_yaml({"dates": mapping.dates.value})
    if mapping.titles:
        titles: dict[str, Value] = {
            each.title: {"role": each.role, "level": each.level} for each in mapping.titles
        }
        yield "\n" + _TITLES + to_yaml({"titles": titles})
    if mapping.fold_texts:
        yield to_yaml({"fold_texts": "yes"}).replace('"', "").replace("'", "")
    if mapping.defaults.level:
        yield "\n" + to_yaml({"defaults": {"level": mapping.defaults.level}})


def _order(mapping: ColumnMapping, content: CatalogueContent | None) -> Iterator[str]:
    told = {slot.field for table in mapping.tables for slot in table.columns}
    if mapping.levels:
        yield "\n" + _LEVELS + to_yaml({"levels": [_level(level) for level in mapping.levels]})
    elif content is not None and Field.LEVEL_RANK not in told:
        yield from _found_levels(content)
    if mapping.proficiencies:
        depths = [_depth(depth) for depth in mapping.proficiencies]
        yield "\n" + _DEPTHS + to_yaml({"proficiencies": depths})
    elif content is not None and content.proficiencies and Field.PROFICIENCY_RANK not in told:
        names: list[Value] = [each.name.base for each in content.proficiencies]
        yield "\n" + _DEPTHS + to_yaml({"proficiencies": names})


def _level(level: LevelSpec) -> Value:
    row: dict[str, Value] = {"name": level.name}
    row |= {"key": level.key} if level.key else {}
    row |= {"words": list(level.words)} if level.words else {}
    return row if len(row) > 1 else level.name


def _depth(depth: DepthSpec) -> Value:
    return {"name": depth.name, "words": list(depth.words)} if depth.words else depth.name


def _found_levels(content: CatalogueContent) -> Iterator[str]:
    """Yield the levels that were found: one list where all roles share them, else one for each."""
    ranks: dict[str, int] = {}
    for ladder in content.ladders:
        for level in ladder.levels:
            ranks.setdefault(level.name.base, level.rank)
    levels = [level for ladder in content.ladders for level in ladder.levels]
    agree = all(ranks[level.name.base] == level.rank for level in levels)
    if agree and len(ranks) <= _MOST_LEVELS and not any(level.track for level in levels):
        ordered = sorted(ranks, key=lambda name: ranks[name])
        yield "\n" + _LEVELS + to_yaml({"levels": list[Value](ordered)})
        return
    roles: dict[str, Value] = {
        role.name.base: {"levels": _ladder(role.ladder)} for role in content.roles
    }
    yield "\n" + _ROLES + to_yaml({"roles": roles})


def _ladder(ladder: Ladder) -> Sequence[Value]:
    by_rank: dict[int, list[Value]] = {}
    for level in ladder.levels:
        named: Value = level.name.base
        if level.track:
            named = {"name": level.name.base, "track": level.track}
        by_rank.setdefault(level.rank, []).append(named)
    return [levels[0] if len(levels) == 1 else levels for levels in by_rank.values()]
