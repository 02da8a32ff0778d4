"""How one table is read: its shape, its columns and its rows, decided by all of them together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from types import MappingProxyType

from bot.domain.said import Said, said
from bot.formats.grids.columns import Headed
from bot.formats.mapping.fields import Field, FieldSlot
from bot.formats.mapping.model import (
    DepthSpec,
    Holds,
    Orientation,
    Shape,
    TableSpec,
)
from bot.formats.mapping.words import one_line
from bot.formats.proposing.axes import Axes, names_of
from bot.formats.proposing.doubts.told import tell_doubts, tell_nothing_expected
from bot.formats.proposing.held import denials, depths_of, with_held, zeros
from bot.formats.proposing.ladder.two_rows import Placed
from bot.formats.proposing.questions import Deciding
from bot.formats.proposing.row_kinds import filled_down, heading_rows, joins, levels_as_headings
from bot.formats.proposing.shape import SAYS, axes_of
from bot.formats.proposing.skill_column import section_columns
from bot.formats.proposing.slots import DEPTH, LEVEL, ROLE, SKILL, TEXT
from bot.values import dataclass

_SHOWN = 12
_CALLED = {
    Field.ROLE: said("role"),
    Field.LEVEL: said("level"),
    Field.GROUP: said("skill group"),
    Field.DOMAIN: said("domain"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table stands: how messages call it, and what its file and sheet tell of it."""

    where: str
    told: Mapping[FieldSlot, str] = field(default_factory=dict)
    """What the sheet or the title of the table says for every row."""


@dataclass(frozen=True, slots=True)
class Read:
    """How a table is read, and what that asks of the whole mapping."""

    spec: TableSpec
    joined: bool = False
    depths: tuple[DepthSpec, ...] = ()


def read_table(
    table: Headed, place: Place, legend: Mapping[str, str], deciding: Deciding, only: Shape | None
) -> Read | None:
    """Return how to read one table, None where it is not about roles or skills."""
    above = {LEVEL: ""} if levels_as_headings(table) else {}
    axes = axes_of(table, {**above, **place.told}, deciding, only)
    if axes is None:
        return None
    values = [at for _, at in axes.placed]
    columns = _columns(table, axes)
    places = {slot: at for slot, at in columns.items() if at >= 0}
    told = {slot.field for slot in (*columns, *place.told)} | _told_by(axes.placed)
    says = values or [at for slot, at in places.items() if slot.field in SAYS]
    headings, names = _headings(table, axes, places, told, says)
    filled = filled_down(table, places, says, wide=axes.shape is Shape.WIDE)
    cells = [cell for at in _figures(axes, places) for cell in table.column(at)]
    level_columns = with_held(table, axes.placed, legend, deciding) if axes.placed else []
    held = {column.holds for column in level_columns}
    numbers = Holds.PROFICIENCY in held or DEPTH in places
    nothing = zeros(cells, legend) if numbers or Holds.REQUIREMENT in held else ()
    if Holds.REQUIREMENT in held:
        nothing += denials(table, axes.placed)
    rest = {slot: value for slot, value in place.told.items() if slot.field not in headings}
    spec = TableSpec(
        shape=axes.shape,
        columns=MappingProxyType(names_of(table, axes, places)),
        skip_rows=table.skipped if table.turned else table.header.line - 1,
        level_columns=tuple(level_columns),
        depth_columns=axes.depths,
        fill_down=filled,
        values=MappingProxyType({slot: each for slot, each in rest.items() if slot not in places}),
        orientation=Orientation.COLUMNS if table.turned else Orientation.ROWS,
        last_row=table.last_row,
        heading_rows=headings,
        empty_words=nothing,
    )
    if only is None and not _is_whole(spec, deciding):
        return None
    _tell(place, axes, spec, names, deciding)
    tell_doubts(place.where, table, places, deciding)
    tell_nothing_expected(place.where, table, spec, deciding)
    if not legend:  # else it may be what stands there, and is read
        _tell_passed(place, table, deciding)
    depths = depths_of(legend, set(cells) - set(nothing)) if numbers else ()
    return Read(spec, _joins(table, axes, places, filled), depths)


def _is_whole(spec: TableSpec, deciding: Deciding) -> bool:
    """Whether something tells the skill and the level of each cell; a role the file can name."""
    if spec.shape not in (Shape.LONG, Shape.WIDE):
        return True
    told = {slot.field for slot in (*spec.columns, *spec.values)} | set(spec.heading_rows)
    if spec.level_columns:
        told |= _told_by([(column, 0) for column in spec.level_columns])
    asked = "titles" in deciding.questions or "titles" in deciding.answers
    level = told & {Field.LEVEL, Field.LEVEL_KEY, Field.TITLE} or asked
    return bool(level and told & {Field.SKILL, Field.SKILL_KEY})


def _columns(table: Headed, axes: Axes) -> dict[FieldSlot, int]:
    """Return the column of each field; a mere "description" means another text in each shape."""
    values = {at for _, at in axes.placed}
    columns: dict[FieldSlot, int] = {}
    for at, slot in enumerate(table.slots):
        if slot is not None and at not in values:
            columns.setdefault(FieldSlot(field_in(table, axes.shape, slot.field), slot.locale), at)
    for slot, at in axes.renamed.items():
        columns = {each: place for each, place in columns.items() if place != at}
        columns[slot] = at
    if axes.shape is Shape.WIDE and SKILL in columns:
        for slot, at in section_columns(table, columns[SKILL], values).items():
            columns.setdefault(slot, at)
    return columns


def field_in(table: Headed, shape: Shape, named: Field) -> Field:
    """Return the field that a header names, in a table of this shape."""
    if shape is Shape.SKILLS and named is Field.LEVEL:
        return Field.PROFICIENCY
    wide = shape is Shape.WIDE
    if (wide or shape is Shape.SKILLS) and named is Field.TEXT:
        told = bool(table.fields & {Field.PROFICIENCY, Field.LEVEL}) and not wide
        return Field.TEXT if told else Field.SKILL_SUMMARY
    if shape is Shape.ROLES and named in (Field.TEXT, Field.SKILL_SUMMARY):
        return Field.ROLE_SUMMARY
    return named


def _told_by(placed: Sequence[Placed]) -> set[Field]:
    """Return what the columns of levels tell of every cell."""
    columns = [column for column, _ in placed]
    told = {
        Field.LEVEL: [column.name for column in columns],
        Field.ROLE: [column.role for column in columns],
        Field.SKILL: [column.skill for column in columns],
    }
    return {each for each, names in told.items() if names and all(names)}


def _headings(
    table: Headed,
    axes: Axes,
    places: Mapping[FieldSlot, int],
    told: Iterable[Field],
    says: Sequence[int],
) -> tuple[tuple[Field, ...], tuple[str, ...]]:
    level = axes.shape is Shape.LONG and Field.LEVEL not in told
    if not level and axes.shape is not Shape.WIDE and ROLE in places:
        return (), ()
    if axes.shape not in (Shape.WIDE, Shape.LONG):
        return (), ()
    return heading_rows(table, places.get(SKILL), says, told)


def _figures(axes: Axes, places: Mapping[FieldSlot, int]) -> list[int]:
    """Return the columns in which figures are proficiencies."""
    found = [at for column, at in axes.placed if column.holds in (Holds.TEXT, Holds.PROFICIENCY)]
    depth = places.get(DEPTH)
    return found if depth is None else [*found, depth]


def _joins(
    table: Headed, axes: Axes, places: Mapping[FieldSlot, int], filled: Iterable[Field]
) -> bool:
    if Field.SKILL in filled:
        return False
    named = (Field.ROLE, Field.TITLE, Field.LEVEL, Field.SKILL)
    keys = [places[slot] for slot in map(FieldSlot, named) if slot in places]
    says = [at for column, at in axes.placed if column.holds is Holds.TEXT]
    if axes.shape is Shape.LONG and TEXT in places:
        says = [places[TEXT]]
    if not keys or not says or SKILL not in places or axes.shape is Shape.SKILLS:
        return False
    rows = [[*row.cells, *[""] * (table.width - len(row.cells))] for row in table.body]
    return joins(
        [tuple(row[at] for at in keys) for row in rows],
        [tuple(row[at] for at in says) for row in rows],
        called=table.header.cells[says[0]] if axes.shape is Shape.LONG else "",
        wide=axes.shape is Shape.WIDE,
    )


def _tell(
    place: Place,
    axes: Axes,
    spec: TableSpec,
    headings: Sequence[str],
    deciding: Deciding,
) -> None:
    """Say how the table is read, and what of it was decided without a word in the file."""
    deciding.reading(_reading(place.where, axes, spec))
    if spec.heading_rows:
        deciding.remark(
            said(
                "{where}: rows with one cell alone name the {field} of those below: {names}",
                where=place.where,
                field=_CALLED[spec.heading_rows[-1]],
                names=_listed(headings),
            )
        )
    adds = spec.shape is Shape.WIDE or {Field.LEVEL, Field.SKILL} <= spec.fill_down
    for each in sorted(spec.fill_down):
        if each is Field.SKILL and adds:
            message = said(
                "{where}: a row without a skill adds lines to the one above", where=place.where
            )
            deciding.remark(message)
            continue
        deciding.remark(
            said(
                "{where}: an empty cell of '{field}' is taken to repeat the one above",
                where=place.where,
                field=each,
            )
        )
    if spec.empty_words:
        deciding.remark(
            said(
                "{where}: {words} is taken for: nothing is asked",
                where=place.where,
                words=_listed(spec.empty_words),
            )
        )


def _tell_passed(place: Place, table: Headed, deciding: Deciding) -> None:
    """Say which lines above the headers are not read: somebody may have meant them."""
    if table.passed:
        deciding.remark(
            said(
                "{where}: lines {first} to {last} stand above the headers and are not read; where"
                " they are a table of the framework, move it to a sheet or file of its own",
                where=place.where,
                first=table.passed[0],
                last=table.passed[-1],
            )
        )


def _reading(where: str, axes: Axes, spec: TableSpec) -> Said:
    levels = list(dict.fromkeys(column.name for column in spec.level_columns if column.name))
    roles = list(dict.fromkeys(column.role for column in spec.level_columns if column.role))
    skills = list(dict.fromkeys(column.skill for column in spec.level_columns if column.skill))
    if skills:
        return said(
            "{where}: a row is a role or a level, the columns {names} are skills",
            where=where,
            names=_listed(skills),
        )
    if roles and levels:
        return said(
            "{where}: a row is a skill; the columns are the roles {roles} with the levels {levels}",
            where=where,
            roles=_listed(roles),
            levels=_listed(levels),
        )
    if roles:
        return said(
            "{where}: a row is a skill, the columns {names} are roles",
            where=where,
            names=_listed(roles),
        )
    if levels:
        return said(
            "{where}: a row is a skill, the columns {names} are levels",
            where=where,
            names=_listed(levels),
        )
    rows = {
        Shape.LONG: said("{where}: a row is a role, a level and a skill", where=where),
        Shape.SKILLS: said("{where}: a row is a skill", where=where),
    }
    return rows.get(axes.shape, said("{where}: a row is a role", where=where))


def _listed(names: Iterable[str]) -> str:
    shown = [one_line(name) for name in names]
    return ", ".join(shown[:_SHOWN]) + (" …" if len(shown) > _SHOWN else "")
