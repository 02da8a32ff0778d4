"""Proposes how nested documents are read: which records are expectations, what is above them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from glob import escape
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

from bot.domain.said import Said, said
from bot.formats.mapping.fields import Field, FieldSlot
from bot.formats.mapping.model import Holds, LevelSpec, Shape, TableSpec
from bot.formats.mapping.words import normal
from bot.formats.nested.candidates import Candidate, candidates
from bot.formats.nested.found import Found, unread, without_twins
from bot.formats.nested.lookups import Lookup, lookups, names_of, stands_for
from bot.formats.nested.records import JsonRecords
from bot.formats.nested.structure import Node, structure
from bot.formats.outlines.dimensions import Dimension
from bot.formats.outlines.questions import columns_of, question
from bot.formats.outlines.understand import understand
from bot.formats.problems import shortened
from bot.formats.proposing.held import denials_in, held_by_cells, zeros
from bot.formats.proposing.questions import Deciding, Question

FILE = "{file}"
MOST_ROWS = 3_000
"""Records of one place that are looked at."""
_MOST_NAMED = 200
_SCHEMA = frozenset({"$schema", "$defs", "definitions"})
_REFERENCES = 0.8


@dataclass(frozen=True, slots=True)
class NestedProposal:
    """How documents are read. `specs` is empty where that cannot be told: `asked` then says why."""

    specs: tuple[TableSpec, ...]
    levels: tuple[LevelSpec, ...] = ()
    remarks: tuple[Said, ...] = ()
    asked: tuple[Question | Said, ...] = ()
    is_sure: bool = True
    """Whether the documents themselves name the role."""


def propose_documents(
    documents: Mapping[str, Any], *, name: str, alone: bool, answers: Mapping[str, str]
) -> NestedProposal:
    """Return how these documents are read, by file name; `alone` is whether there is nothing else.

    `name` is what the folder or the file is called, `answers` are those to earlier questions.
    """
    groups = _groups(documents)
    proposals = [
        _proposed(
            {file: documents[file] for file in files},
            name,
            answers,
            named=not alone or len(groups) > 1,
        )
        for files in groups
    ]
    proposals = [each for each in proposals if each is not None]
    asked = [line for each in proposals if each is not None for line in each.asked]
    if asked:
        return NestedProposal((), asked=tuple(asked))
    return NestedProposal(
        specs=tuple(spec for each in proposals if each for spec in each.specs),
        levels=next((each.levels for each in proposals if each and each.levels), ()),
        remarks=tuple(remark for each in proposals if each for remark in each.remarks),
        is_sure=bool(proposals) and all(each.is_sure for each in proposals if each),
    )


def _groups(documents: Mapping[str, Any]) -> list[list[str]]:
    """Return the files whose documents have the same fields at the top; schemas are none."""
    groups: dict[frozenset[str], list[str]] = {}
    for file, document in documents.items():
        root = structure([document])
        if not _SCHEMA.isdisjoint(root.fields):
            continue
        groups.setdefault(frozenset(root.fields) if root.fields else frozenset(), []).append(file)
    return list(groups.values())


def _proposed(
    documents: Mapping[str, Any], name: str, answers: Mapping[str, str], *, named: bool
) -> NestedProposal | None:
    root = structure(documents.values())
    known = lookups(root) if len(documents) == 1 else []
    found = [_looked_at(each, documents, name, answers, known) for each in candidates(root)]
    found = without_twins([each for each in found if each.rows])
    if not found:
        return None
    best = max(found, key=lambda each: each.rank)
    if best.understanding.asks is not None:
        return NestedProposal((), asked=(_asked(best),))
    if best.references:
        return NestedProposal((), asked=(_about_references(best),))
    deciding = Deciding(answers)
    holds = held_by_cells([best.said], {}, deciding)
    if deciding.questions:
        return NestedProposal((), asked=tuple(deciding.questions.values()))
    files = tuple(escape(file) for file in list(documents)[:_MOST_NAMED]) if named else ()
    specs, levels = _specs(best, root, documents, holds)
    specs = tuple(replace(spec, files=files) for spec in specs)
    sure = Field.ROLE in best.understanding.parts
    remarks = (*best.understanding.remarks, *unread(best, found))
    return NestedProposal(specs, levels, remarks, is_sure=sure)


def _looked_at(
    candidate: Candidate,
    documents: Mapping[str, Any],
    name: str,
    answers: Mapping[str, str],
    known: Sequence[tuple[Field | None, Lookup]],
) -> Found:
    told = dict(candidate.dimensions()) | dict.fromkeys(candidate.unknown())
    columns = tuple(told)
    rows: list[tuple[str, tuple[str, ...]]] = []
    for file, document in documents.items():
        table = JsonRecords(candidate.records, document, (*columns, *candidate.texts))
        body = iter(table.rows())
        next(body, None)
        for _, row in zip(range(MOST_ROWS), body, strict=False):
            if not candidate.texts or any(row.cells[len(columns) :]):
                rows.append((PurePosixPath(file).stem, row.cells))
    unknown = frozenset(candidate.unknown())
    dimensions = [
        found
        for at, column in enumerate(columns)
        if (
            found := _dimension(
                Dimension(column, [cells[at] for _, cells in rows], told[column]),
                [each for each in known if each[1].records != candidate.path[0]],
                unknown=column in unknown,
            )
        )
    ]
    if len(documents) > 1:
        dimensions.insert(0, Dimension(FILE, [stem for stem, _ in rows], is_file=True))
    said_columns = columns_of(answers, [each.column for each in dimensions])
    understanding = understand(dimensions, name=name, answers=said_columns)
    named = next((each for each in dimensions if each.column == candidate.skill), None)
    skills = named.distinct if named else ()
    slashed = sum("/" in each and " " not in each for each in skills)
    refers = bool(skills) and slashed >= _REFERENCES * len(skills)
    return Found(
        candidate,
        understanding,
        len(rows),
        skills[0] if refers else "",
        repeats=named is not None and len(skills) < sum(map(bool, named.values)),
        said=tuple(cells[-1] for _, cells in rows) if len(candidate.texts) == 1 else (),
    )


def _dimension(
    found: Dimension, known: Sequence[tuple[Field | None, Lookup]], *, unknown: bool
) -> Dimension | None:
    """Return a part with the names that its words stand for; None where it says nothing."""
    if not found.distinct:
        return None
    for listed, lookup in known:
        if stands_for(lookup, found.distinct):
            told = found.told or (listed if listed in _THINGS else None)
            return Dimension(found.column, names_of(lookup, found.values), told)
    return None if unknown else found


_THINGS = frozenset({Field.ROLE, Field.LEVEL, Field.SKILL, Field.GROUP, Field.DOMAIN})


def _asked(found: Found) -> Question | Said:
    """Return what is asked about the records, with the path that leads to them."""
    asked = question(found.understanding)
    records = f"records: {found.candidate.records}"
    if isinstance(asked, Said):
        return said("{question}. It stands under {records}", question=asked, records=f"'{records}'")
    choices = tuple(replace(each, line=f"{each.line} (with {records})") for each in asked.choices)
    return replace(asked, choices=choices)


def _about_references(found: Found) -> Said:
    return said(
        "'{value}' and the like under {records} refer to something; say in a mapping, with"
        " 'split', which part of them is what",
        value=shortened(found.references),
        records=f"'records: {found.candidate.records}'",
    )


def _specs(
    found: Found, root: Node, documents: Mapping[str, Any], holds: Holds
) -> tuple[tuple[TableSpec, ...], tuple[LevelSpec, ...]]:
    """Return the parts of the mapping: things that are listed first, then what is expected."""
    told, candidate = found.understanding, found.candidate
    values = {FieldSlot(field): value for field, value in told.values.items()}
    columns: dict[FieldSlot, tuple[str, ...]] = {}
    listed: list[TableSpec] = []
    levels: tuple[LevelSpec, ...] = ()
    known = lookups(root) if len(documents) == 1 else []
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


_LISTED = {Field.SKILL: Shape.SKILLS, Field.ROLE: Shape.ROLES}


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
