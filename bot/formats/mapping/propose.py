"""Proposes a mapping for tables nobody has described: by their headers and first rows."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from glob import escape
from types import MappingProxyType

from bot.domain.said import Said, said
from bot.formats.mapping.columns import Headed, headed
from bot.formats.mapping.fields import Field, FieldSlot, depth_key_of
from bot.formats.mapping.levels import common_levels, level_columns_of
from bot.formats.mapping.model import ColumnMapping, DepthColumn, Shape, TableSpec
from bot.formats.mapping.seniority import is_level_name
from bot.formats.mapping.vocabulary import is_depth_name
from bot.formats.mapping.words import normal
from bot.formats.problems import shortened
from bot.formats.tables.source import TableRow

SAMPLED = 300
"""Rows of each table that are looked at."""

_GENERIC = re.compile(
    r"(?:sheet|tabelle|feuil|feuille|hoja|table|data|工作表|framework|expectations|skills)\s*\d*"
)
_SIGNATURES = (
    frozenset({"role_key", "level_key", "skill_key", "proficiency_rank"}),
    frozenset({"role_key", "skill_key", "ladder_key", "skill_order"}),
    frozenset({"role_key", "level_key", "ladder_key", "level_rank"}),
    frozenset({"skill_key", "group_key", "domain_key", "skill_order"}),
)
"""Columns that only our own exports have, by kind of table."""

_MOSTLY = 0.5
_FEWEST_ROWS = 4


@dataclass(frozen=True, slots=True)
class ColumnSample:
    """The first rows of one table of one file."""

    file: str
    table: str
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mapping, None where no table could be understood, and remarks about what was decided."""

    mapping: ColumnMapping | None
    remarks: tuple[Said, ...]


def propose(samples: Sequence[ColumnSample], *, only: Shape | None = None) -> Proposal:
    """Return a mapping for these tables. `only` asks for one shape, whatever a table looks like.

    A file that Nextrung has exported is recognised by its columns, and read exactly.
    """
    tables = [(sample, layout) for sample in samples if (layout := headed(sample.rows)) is not None]
    own = [(sample, layout) for sample, layout in tables if _is_own(layout)]
    remarks: list[Said] = []
    specs = [
        (sample, spec)
        for sample, layout in own or tables
        if (spec := _spec(sample, layout, only, remarks, own=bool(own))) is not None
    ]
    if not specs:
        return Proposal(None, (*remarks, _nothing(samples)))
    exact = ColumnMapping(tables=(), empty_words=(), separators=(",",), fold_texts=True)
    mapping = replace(
        exact if own else ColumnMapping(tables=()),
        tables=_merged(specs, samples),
        levels=common_levels([spec.level_columns for _, spec in specs]),
    )
    return Proposal(mapping, tuple(remarks))


def _is_own(layout: Headed) -> bool:
    """Whether a table has the columns of an export."""
    headers = {cell.strip().casefold() for cell in layout.header.cells}
    return any(signature <= headers for signature in _SIGNATURES)


def _spec(
    sample: ColumnSample, layout: Headed, only: Shape | None, remarks: list[Said], *, own: bool
) -> TableSpec | None:
    """Return how to read one table, None where it is not about roles or skills."""
    where = f"{sample.file} [{sample.table}]" if sample.table else sample.file
    levels = level_columns_of(layout)
    depths = _depth_columns(layout)
    shape = only or _shape(layout, bool(levels), sum(not depth.key for depth in depths))
    if shape is Shape.WIDE and not levels:
        levels = level_columns_of(layout, any_name=True)
        names = ", ".join(dict.fromkeys(column.name for column in levels))
        remarks.append(
            said("{where}: these columns are taken for levels: {names}", where=where, names=names)
        )
    if shape is None or (shape is Shape.WIDE and not levels):
        remarks.append(
            said("{where}: no columns for role, level and skill, so it is left out", where=where)
        )
        return None
    columns = _columns(layout, shape)
    values = {} if own else _values(sample, shape, columns)
    filled = frozenset[Field]() if own else _filled_down(layout, columns)
    for value in values.values():
        source = said("sheet") if value == "{sheet}" else said("file")
        remarks.append(
            said(
                "{where}: no column names the role, so it is the name of the {source}",
                where=where,
                source=source,
            )
        )
    remarks.extend(
        said(
            "{where}: an empty cell of '{field}' is taken to repeat the one above",
            where=where,
            field=field,
        )
        for field in sorted(filled)
    )
    return TableSpec(
        shape=shape,
        columns=MappingProxyType(columns),
        skip_rows=layout.header.line - 1,
        level_columns=levels if shape is Shape.WIDE else (),
        depth_columns=tuple(
            each for each in depths if each.key or (shape is Shape.SKILLS and not own)
        ),
        fill_down=filled,
        values=MappingProxyType(values),
    )


def _shape(layout: Headed, has_levels: bool, depths: int) -> Shape | None:
    fields = layout.fields
    if _is_depth_table(layout):
        return Shape.SKILLS
    skill = bool(fields & {Field.SKILL, Field.SKILL_KEY})
    role = bool(fields & {Field.ROLE, Field.ROLE_KEY})
    if skill and Field.LEVEL in fields:
        return Shape.LONG
    if skill and has_levels and depths < 2:
        return Shape.WIDE
    if skill and depths >= 2:
        return Shape.SKILLS
    about = {Field.GROUP, Field.DOMAIN, Field.SKILL_SUMMARY, Field.TEXT, Field.PROFICIENCY}
    if skill and (not role) and (fields & about or Field.SKILL_KEY in fields):
        return Shape.SKILLS
    if skill:
        return Shape.WIDE
    return Shape.ROLES if role else None


def _is_depth_table(layout: Headed) -> bool:
    """Whether a table has no role, and what it calls levels are depths of a skill."""
    fields = layout.fields
    if (
        fields & {Field.ROLE, Field.ROLE_KEY, Field.PROFICIENCY}
        or not {
            Field.SKILL,
            Field.LEVEL,
            Field.TEXT,
        }
        <= fields
    ):
        return False
    cells = {cell for cell in layout.column(layout.slots.index(FieldSlot(Field.LEVEL))) if cell}
    return all(map(is_depth_name, cells)) and not all(map(is_level_name, cells))


def _depth_columns(layout: Headed) -> tuple[DepthColumn, ...]:
    """Return the columns that hold a skill's text for a proficiency."""
    columns: list[DepthColumn] = []
    for at, cell in enumerate(layout.header.cells):
        own = depth_key_of(cell.strip())
        if own is not None:
            columns.append(DepthColumn(layout.names[at], "", *own))
        elif layout.slots[at] is None and is_depth_name(cell):
            columns.append(DepthColumn(layout.names[at], name=cell.strip()))
    return tuple(columns)


def _columns(layout: Headed, shape: Shape) -> dict[FieldSlot, tuple[str, ...]]:
    """Return the column of each field; a mere "description" means another text in each shape."""
    columns: dict[FieldSlot, tuple[str, ...]] = {}
    for at, slot in enumerate(layout.slots):
        if slot is None:
            continue
        field = slot.field
        if shape is Shape.SKILLS and field is Field.LEVEL:
            field = Field.PROFICIENCY
        wide = shape is Shape.WIDE
        if (wide or shape is Shape.SKILLS) and field is Field.TEXT:
            told = bool(layout.fields & {Field.PROFICIENCY, Field.LEVEL}) and not wide
            field = Field.TEXT if told else Field.SKILL_SUMMARY
        if shape is Shape.ROLES and field in (Field.TEXT, Field.SKILL_SUMMARY):
            field = Field.ROLE_SUMMARY
        columns.setdefault(FieldSlot(field, slot.locale), (layout.names[at],))
    return columns


def _values(
    sample: ColumnSample, shape: Shape, columns: Iterable[FieldSlot]
) -> dict[FieldSlot, str]:
    """Return what the sheet or the file says for every row: the role, where no column does."""
    fields = {slot.field for slot in columns}
    if shape in (Shape.SKILLS, Shape.ROLES) or fields & {Field.ROLE, Field.ROLE_KEY}:
        return {}
    generic = not sample.table or bool(_GENERIC.fullmatch(normal(sample.table)))
    return {FieldSlot(Field.ROLE): "{file}" if generic else "{sheet}"}


def _filled_down(layout: Headed, columns: Iterable[FieldSlot]) -> frozenset[Field]:
    """Return the fields whose cells seem to hold for the rows below: merged cells, mostly.

    Of role, level and skill a row must have something of its own.
    """
    slots = {slot for slot in columns if not slot.locale}
    found: set[Field] = set()
    for at, slot in enumerate(layout.slots):
        if slot is None or slot not in slots or slot.field not in _FILLED:
            continue
        cells = layout.column(at)
        blank = sum(not cell for cell in cells)
        if len(cells) >= _FEWEST_ROWS and cells[0] and blank >= _MOSTLY * len(cells):
            found.add(slot.field)
    named = {Field.ROLE, Field.LEVEL, Field.SKILL} & {slot.field for slot in slots}
    return frozenset(found - named if named <= found else found)


def _merged(
    specs: Sequence[tuple[ColumnSample, TableSpec]], samples: Sequence[ColumnSample]
) -> tuple[TableSpec, ...]:
    """Return the specs, those of sheets with one layout as one."""
    several_files = len({sample.file for sample in samples}) > 1
    merged: dict[tuple[str, int], tuple[TableSpec, list[str]]] = {}
    for sample, spec in specs:
        kept = next(
            (
                names
                for (file, _), (known, names) in merged.items()
                if file == sample.file and known == spec
            ),
            None,
        )
        if kept is None:
            merged[sample.file, len(merged)] = (spec, [sample.table])
        else:
            kept.append(sample.table)
    tables = len(samples)
    return tuple(
        replace(
            spec,
            files=(escape(file),) if several_files else (),
            sheets=tuple(escape(name) for name in names if name) if tables > 1 else (),
        )
        for (file, _), (spec, names) in merged.items()
    )


def _nothing(samples: Sequence[ColumnSample]) -> Said:
    """Return what to say where no table could be understood."""
    headers = next((sample.rows[0].cells for sample in samples if sample.rows), ())
    seen = ", ".join(f"'{shortened(cell)}'" for cell in headers[:8] if cell)
    if not seen:
        return said("the file is empty: no table in it has a cell; fill it, or give another")
    return said(
        "no table has columns for role, level and skill; the first row holds {seen}. Name the"
        " columns so, or describe the file in a mapping",
        seen=seen,
    )


_FILLED = frozenset({Field.ROLE, Field.LEVEL, Field.SKILL, Field.FAMILY, Field.GROUP, Field.DOMAIN})
"""Fields that merged cells may hold."""
