"""What names the role of a table in which no column is called so."""

from dataclasses import replace
from pathlib import PurePath
from types import MappingProxyType

from bot.domain.said import said
from bot.formats.grids.columns import Headed
from bot.formats.grids.samples import ColumnSample
from bot.formats.mapping.fields import Field, FieldSlot
from bot.formats.mapping.model import Shape, TableSpec
from bot.formats.mapping.words import normal
from bot.formats.names.titles import looks_like_role
from bot.formats.proposing.asked import role_list
from bot.formats.proposing.questions import Deciding
from bot.formats.proposing.slots import LEVEL, ROLE, SKILL
from bot.formats.proposing.table import Read

_FAMILY, _TRACK = FieldSlot(Field.FAMILY), FieldSlot(Field.LEVEL_TRACK)
_SEVERAL = 2


def with_role(sample: ColumnSample, table: Headed, read: Read, deciding: Deciding) -> Read:
    """Return a reading in which something names the role: the file does where nothing else does."""
    spec = read.spec
    fields = {slot.field for slot in (*spec.columns, *spec.values)} | set(spec.heading_rows)
    in_columns = bool(spec.level_columns) and all(column.role for column in spec.level_columns)
    if spec.shape in (Shape.SKILLS, Shape.ROLES) or in_columns:
        return read
    if fields & {Field.ROLE, Field.ROLE_KEY, Field.TITLE}:
        return read
    listed = role_list(table, deciding)
    if listed is not None:
        columns = MappingProxyType({**spec.columns, ROLE: (table.names[listed],)})
        return replace(read, spec=replace(spec, columns=columns))
    stands_in = _in_place_of_role(sample, table, spec, deciding)
    if stands_in is not None:
        return replace(read, spec=stands_in)
    values = MappingProxyType({**spec.values, ROLE: _told(sample, table, spec, deciding)})
    return replace(read, spec=replace(spec, values=values))


def _in_place_of_role(
    sample: ColumnSample, table: Headed, spec: TableSpec, deciding: Deciding
) -> TableSpec | None:
    """Return a spec in which families or tracks are the roles: a role has one of them alone."""
    found: dict[FieldSlot, int] = {}
    for slot in (_FAMILY, _TRACK):
        named = spec.columns.get(slot, ())
        if len(named) == 1 and named[0] in table.names:
            cells = table.column(table.names.index(named[0]))
            if _tells_roles_apart(table, spec, cells, slot):
                found[slot] = len(set(map(normal, filter(None, cells))))
    if not found:
        return None
    slot = max(found, key=lambda each: found[each])
    message = said(
        "{where}: no column is called role, so each name in '{column}' is taken for one",
        where=sample.where,
        column=spec.columns[slot][0],
    )
    deciding.remark(message)
    columns = {ROLE if each == slot else each: names for each, names in spec.columns.items()}
    filled = {Field.ROLE if each is slot.field else each for each in spec.fill_down}
    return replace(spec, columns=MappingProxyType(columns), fill_down=frozenset(filled))


def _tells_roles_apart(table: Headed, spec: TableSpec, cells: list[str], slot: FieldSlot) -> bool:
    """Whether a column has several names; where they may be tracks, one level is on several."""
    several = len(set(map(normal, filter(None, cells)))) >= _SEVERAL
    levels = spec.columns.get(LEVEL, ())
    if slot == _FAMILY or not several or len(levels) != 1 or levels[0] not in table.names:
        return several
    beside = table.column(table.names.index(levels[0]))
    pairs = {(level, name) for level, name in zip(beside, cells, strict=True) if level and name}
    return len(pairs) > len({level for level, _ in pairs})


def _told(sample: ColumnSample, table: Headed, spec: TableSpec, deciding: Deciding) -> str:
    """Return the role that all rows have: what stands above the skills, or the sheet's name."""
    at = next(
        (each for each in range(table.width) if spec.columns.get(SKILL) == (table.names[each],)),
        None,
    )
    corner = "" if at is None else table.label(at)
    if looks_like_role(corner):
        remark = said(
            "{where}: the role is what stands above the skills: {role}",
            where=sample.where,
            role=corner,
        )
        deciding.remark(remark)
        return corner
    folder = PurePath(sample.file).parent.name or deciding.folder
    if spec.values.get(LEVEL) == "{file}" and folder:
        remark = said(
            "{where}: the file is named as a level, so the role is the name of the folder: {role}",
            where=sample.where,
            role=folder,
        )
        deciding.remark(remark)
        return folder
    by_sheet = sample.is_named and "{sheet}" not in spec.values.values()
    remark = said(
        "{where}: no column names the role, so it is the name of the {source}",
        where=sample.where,
        source=said("sheet") if by_sheet else said("file"),
    )
    deciding.remark(remark)
    return "{sheet}" if by_sheet else "{file}"
