"""Writes down how a place of nested documents is read: as parts of a mapping."""

import re
from collections.abc import Sequence
from types import MappingProxyType

from bot.formats.mapping.fields import Field, FieldSlot
from bot.formats.mapping.model import Holds, LevelSpec, Shape, TableSpec
from bot.formats.mapping.words import normal
from bot.formats.nested.candidates import Candidate
from bot.formats.nested.found import Found
from bot.formats.nested.looking import FILE
from bot.formats.nested.lookups import Lookup
from bot.formats.outlines.dimensions import Dimension
from bot.formats.proposing.held import denials_in, zeros

_THINGS = frozenset({Field.ROLE, Field.LEVEL, Field.SKILL, Field.GROUP, Field.DOMAIN})
_KEYED = re.compile(r"(?P<key>\*\d+)\..+")
"""A name that stands below the word of a table of contents: that word is its key."""
_LISTED = {Field.SKILL: Shape.SKILLS, Field.ROLE: Shape.ROLES}


def specs_of(
    found: Found, known: Sequence[tuple[Field | None, Lookup]], holds: Holds
) -> tuple[tuple[TableSpec, ...], tuple[LevelSpec, ...]]:
    """Return the parts of the mapping: things that are listed first, then what is expected."""
    told, candidate = found.understanding, found.candidate
    values = {FieldSlot(field): value for field, value in told.values.items()}
    columns: dict[FieldSlot, tuple[str, ...]] = {}
    listed: list[TableSpec] = []
    levels: tuple[LevelSpec, ...] = ()
    for field, part in sorted(told.parts.items(), key=lambda item: list(Field).index(item[0])):
        if part.is_file:
            values[FieldSlot(field)] = FILE
            continue
        lookup = _lookup_of(part, known, candidate)
        if lookup is not None and field is Field.LEVEL:
            levels = _listed_levels(lookup)
        elif lookup is not None and field in _LISTED and lookup.marked and lookup.has_keys:
            key = FieldSlot(Field(f"{field}_key"))
            listed.append(_listed(field, lookup))
            columns[key] = (part.column,)
            continue
        columns[FieldSlot(field)] = (part.column,)
        # A key over a list is that of all its things.
        single = not any(step.endswith("*[]") for step in candidate.path)
        if (word := _KEYED.fullmatch(part.column)) and field in _THINGS and single:
            columns[FieldSlot(Field(f"{field}_key"))] = (word["key"],)
    for field, column in candidate.extras().items():
        columns.setdefault(FieldSlot(field), (column,))
    if candidate.texts:
        columns.setdefault(FieldSlot(Field(holds.value)), candidate.texts)
    main = TableSpec(
        shape=Shape.LONG,
        columns=MappingProxyType(columns),
        values=MappingProxyType(values),
        ignore_rows=MappingProxyType(dict(told.left_out)),
        records=candidate.records,
        empty_words=_nothing(found.said, holds),
    )
    return (*listed, main), levels


def _nothing(cells: Sequence[str], holds: Holds) -> tuple[str, ...]:
    """Return the marks and figures by which nothing is asked."""
    if holds is Holds.TEXT:
        return ()
    return (*zeros(cells, {}), *(denials_in(cells) if holds is Holds.REQUIREMENT else ()))


def _lookup_of(
    part: Dimension, known: Sequence[tuple[Field | None, Lookup]], candidate: Candidate
) -> Lookup | None:
    """Return the list whose names a part has, its words being those of the documents."""
    for _, lookup in known:
        names = {normal(name) for _, name in lookup.pairs}
        if lookup.records != candidate.path[0] and names.issuperset(map(normal, part.distinct)):
            return lookup
    return None


def _listed_levels(lookup: Lookup) -> tuple[LevelSpec, ...]:
    return tuple(
        LevelSpec(name, rank, words=() if normal(mark) == normal(name) else (mark,))
        for rank, (mark, name) in enumerate(lookup.pairs, 1)
    )


def _listed(field: Field, lookup: Lookup) -> TableSpec:
    columns = {
        FieldSlot(Field(f"{field}_key")): (lookup.marked,),
        FieldSlot(field): (lookup.named,),
    }
    return TableSpec(
        shape=_LISTED[field], columns=MappingProxyType(columns), records=lookup.records
    )
