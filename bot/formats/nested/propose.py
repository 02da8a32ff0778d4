"""Proposes how nested documents are read: which records are expectations, what is above them."""

from collections.abc import Mapping
from dataclasses import replace
from glob import escape
from typing import Any

from bot.domain.said import Said, said
from bot.formats.mapping.fields import Field
from bot.formats.mapping.model import LevelSpec, TableSpec
from bot.formats.nested.candidates import candidates
from bot.formats.nested.found import Found, unread, without_twins
from bot.formats.nested.looking import look_at
from bot.formats.nested.lookups import lookups
from bot.formats.nested.specs import specs_of
from bot.formats.nested.structure import structure
from bot.formats.outlines.questions import question
from bot.formats.problems import shortened
from bot.formats.proposing.held import held_by_cells
from bot.formats.proposing.questions import Deciding, Question
from bot.values import dataclass

_SCHEMA = frozenset({"$schema", "$defs", "definitions"})


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
    named = not alone or len(groups) > 1
    proposals = [
        proposed
        for files in groups
        if (proposed := _proposed(files, name, answers, named=named)) is not None
    ]
    asked = tuple(line for each in proposals for line in each.asked)
    if asked:
        return NestedProposal((), asked=asked)
    return NestedProposal(
        specs=tuple(spec for each in proposals for spec in each.specs),
        levels=next((each.levels for each in proposals if each.levels), ()),
        remarks=tuple(remark for each in proposals for remark in each.remarks),
        is_sure=bool(proposals) and all(each.is_sure for each in proposals),
    )


def _groups(documents: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return together the documents that have the same fields at the top; schemas are none."""
    groups: dict[frozenset[str], dict[str, Any]] = {}
    for file, document in documents.items():
        fields = frozenset(structure([document]).fields)
        if _SCHEMA.isdisjoint(fields):
            groups.setdefault(fields, {})[file] = document
    return list(groups.values())


def _proposed(
    documents: Mapping[str, Any], name: str, answers: Mapping[str, str], *, named: bool
) -> NestedProposal | None:
    root = structure(documents.values())
    known = lookups(root) if len(documents) == 1 else []
    found = [look_at(each, documents, name, answers, known) for each in candidates(root)]
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
    files = tuple(map(escape, documents)) if named else ()
    specs, levels = specs_of(best, known, holds)
    specs = tuple(replace(spec, files=files) for spec in specs)
    sure = Field.ROLE in best.understanding.parts
    remarks = (*best.understanding.remarks, *unread(best, found))
    return NestedProposal(specs, levels, remarks, is_sure=sure)


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
