"""Tables that Nextrung has exported: recognised by their columns, and read exactly."""

from types import MappingProxyType

from bot.formats.grids.columns import Headed
from bot.formats.mapping.fields import Field, FieldSlot
from bot.formats.mapping.model import Shape, TableSpec
from bot.formats.proposing.axes import columns_named, free_columns, level_columns_of
from bot.formats.proposing.questions import Deciding
from bot.formats.proposing.shape import depth_columns
from bot.formats.proposing.table import field_in

_SIGNATURES = (
    frozenset({"role_key", "level_key", "skill_key", "proficiency_rank"}),
    frozenset({"role_key", "skill_key", "ladder_key", "skill_order"}),
    frozenset({"role_key", "level_key", "ladder_key", "level_rank"}),
    frozenset({"skill_key", "group_key", "domain_key", "skill_order"}),
)
"""Columns that only our own exports have, by kind of table."""


def is_own(table: Headed) -> bool:
    """Whether a table has the columns of an export."""
    headers = {cell.strip().casefold() for cell in table.header.cells}
    return any(signature <= headers for signature in _SIGNATURES)


def own_spec(table: Headed) -> TableSpec:
    """Return how to read a table of an export."""
    levels = [column for column, _ in level_columns_of(table, Deciding(), own=True)]
    shape = _shape(table, has_levels=bool(levels))
    if shape is Shape.WIDE and not levels:
        levels = [column for column, _ in columns_named(table, free_columns(table), "level")]
    columns: dict[FieldSlot, tuple[str, ...]] = {}
    for at, slot in enumerate(table.slots):
        if slot is not None:
            named = FieldSlot(field_in(table, shape, slot.field), slot.locale)
            columns.setdefault(named, (table.names[at],))
    return TableSpec(
        shape=shape,
        columns=MappingProxyType(columns),
        skip_rows=table.header.line - 1,
        level_columns=tuple(levels) if shape is Shape.WIDE else (),
        depth_columns=tuple(each for each in depth_columns(table) if each.key),
    )


def _shape(table: Headed, *, has_levels: bool) -> Shape:
    fields = table.fields
    if not fields & {Field.SKILL, Field.SKILL_KEY}:
        return Shape.ROLES
    if Field.LEVEL in fields:
        return Shape.LONG
    if has_levels or fields & {Field.ROLE, Field.ROLE_KEY}:
        return Shape.WIDE
    return Shape.SKILLS
