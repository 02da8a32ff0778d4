"""Looks at one place of nested documents: its records, and what the parts beside them are."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from bot.formats.mapping.fields import Field
from bot.formats.nested.candidates import Candidate
from bot.formats.nested.found import Found
from bot.formats.nested.lookups import Lookup, names_of, stands_for
from bot.formats.nested.records import JsonRecords
from bot.formats.outlines.dimensions import Dimension
from bot.formats.outlines.questions import columns_of
from bot.formats.outlines.understand import understand

FILE = "{file}"
"""The column, and the value, that stands for the name of a record's file."""
MOST_ROWS = 3_000
"""Records of one place that are looked at."""
_REFERENCES = 0.8
_THINGS = frozenset({Field.ROLE, Field.LEVEL, Field.SKILL, Field.GROUP, Field.DOMAIN})

_Row = tuple[str, tuple[str, ...]]
"""A record: the name of its file, and its cells."""


def look_at(
    candidate: Candidate,
    documents: Mapping[str, Any],
    name: str,
    answers: Mapping[str, str],
    known: Sequence[tuple[Field | None, Lookup]],
) -> Found:
    """Return what the records of a place are, by their first ones in each document.

    `known` are the documents' lists, which say what short words stand for; the rest is as in
    `propose_documents`.
    """
    rows = list(_rows(candidate, documents))
    dimensions = _dimensions(candidate, rows, known, several=len(documents) > 1)
    said_columns = columns_of(answers, [each.column for each in dimensions])
    named = next((each for each in dimensions if each.column == candidate.skill), None)
    return Found(
        candidate,
        understand(dimensions, name=name, answers=said_columns),
        len(rows),
        _reference(named.distinct) if named else "",
        repeats=named is not None and len(named.distinct) < sum(map(bool, named.values)),
        said=tuple(cells[-1] for _, cells in rows) if len(candidate.texts) == 1 else (),
    )


def _rows(candidate: Candidate, documents: Mapping[str, Any]) -> Iterator[_Row]:
    """Yield the first records of each document, without those that have none of the texts."""
    columns = _columns(candidate)
    for file, document in documents.items():
        table = JsonRecords(candidate.records, document, (*columns, *candidate.texts))
        body = iter(table.rows())
        next(body, None)
        for _, row in zip(range(MOST_ROWS), body, strict=False):
            if not candidate.texts or any(row.cells[len(columns) :]):
                yield PurePosixPath(file).stem, row.cells


def _columns(candidate: Candidate) -> dict[str, Field | None]:
    """Return the columns of the parts, in their order, with what their names tell of them."""
    return dict(candidate.dimensions()) | dict.fromkeys(candidate.unknown())


def _dimensions(
    candidate: Candidate,
    rows: Sequence[_Row],
    known: Sequence[tuple[Field | None, Lookup]],
    *,
    several: bool,
) -> list[Dimension]:
    """Return the parts that say something; the file's name too where there are `several`."""
    unknown = frozenset(candidate.unknown())
    others = [each for each in known if each[1].records != candidate.path[0]]
    found = [
        _dimension(
            Dimension(column, [cells[at] for _, cells in rows], told),
            others,
            unknown=column in unknown,
        )
        for at, (column, told) in enumerate(_columns(candidate).items())
    ]
    files = [Dimension(FILE, [stem for stem, _ in rows], is_file=True)] if several else []
    return files + [each for each in found if each is not None]


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


def _reference(skills: Sequence[str]) -> str:
    """Return the first of the words where most are no skills, but refer to something: `a/b`."""
    slashed = sum("/" in each and " " not in each for each in skills)
    return skills[0] if skills and slashed >= _REFERENCES * len(skills) else ""
