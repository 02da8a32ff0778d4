"""Decides what is read as tables, what as pages and what as documents, if nobody said it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from glob import escape
from pathlib import Path
from typing import Any

from bot.domain.said import Said, said
from bot.formats.grids.samples import ColumnSample
from bot.formats.imports.opening.listing import DOCUMENTS
from bot.formats.imports.sources import Sources
from bot.formats.mapping.fields import Field
from bot.formats.mapping.model import ColumnMapping, Shape, TableSpec
from bot.formats.nested.lookups import lookups
from bot.formats.nested.propose import NestedProposal, propose_documents
from bot.formats.nested.structure import DEEPEST, field_of, structure
from bot.formats.pages.opening import may_be_page
from bot.formats.pages.propose import PagesProposal, propose_pages
from bot.formats.pages.titles import file_title
from bot.formats.proposing.propose import Proposal, propose
from bot.formats.proposing.questions import Question

_EXPECTING = frozenset({Shape.LONG, Shape.WIDE})
_SHOWN = 3


class Outlined:
    """The files of one import, each read in the way that says most."""

    def __init__(
        self, sources: Sources, path: Path, only: Shape | None, answers: Mapping[str, str]
    ) -> None:
        """Take the files. `only` asks for tables of one shape: then nothing else is looked for.

        `answers` are those to questions that an earlier proposal left open.
        """
        self._answers = answers
        self._sources = sources
        self._only = only
        self._name = file_title(path.stem if path.is_file() else path.name)
        self._nested: NestedProposal | None = None
        self._documents: dict[str, Any] = {}

    def tables(self) -> list[str]:
        """Return the files that are looked at as tables, after the nested documents are known."""
        files = list(self._sources.files)
        if self._only is not None:
            return files
        nested = [name for name in files if Path(name).suffix.lower() in DOCUMENTS]
        for name in nested:
            document = self._sources.document(name)
            if isinstance(document, dict | list) and not _is_flat(document):
                self._documents[name] = document
        if self._documents:
            alone = len(self._documents) == len(files)
            self._nested = propose_documents(
                self._documents, name=self._name, alone=alone, answers=self._answers
            )
            if not (self._nested.specs or self._nested.asked):
                self._nested = _not_understood(self._documents)
            if self._nested.specs or self._nested.asked:
                return [name for name in files if name not in self._documents]
        return files

    def proposal(self, samples: Sequence[ColumnSample]) -> Proposal | None:
        """Return how all is read together; None where tables are all there is."""
        if self._only is not None:
            return None
        tables = Proposal(None, ())
        if samples:
            tables = propose(samples, answers=self._answers, folder=self._name)
        used = {file for file in self._sources.files if _expects(tables.mapping, samples, file)}
        pages = self._pages(used)
        nested = self._nested
        if nested is not None and nested.asked and not used:
            return _open(nested)
        if pages is not None and not pages.has_choice and not used:
            for name in self._sources.files if len(self._sources.files) == 1 else ():
                self._sources.tables_alone(name)
        if pages is not None and pages.asked and not used:
            return _open(pages)
        if not (pages and pages.specs) and not (nested and nested.specs):
            return tables if samples else None
        return self._together(tables if used else None, samples, pages, nested)

    def _pages(self, used: set[str]) -> PagesProposal | None:
        """Return how the pages are read that have no table which says what is expected."""
        names = [name for name in self._sources.files if may_be_page(name)]
        found = [
            page for name in names if name not in used and (page := self._sources.pages.page(name))
        ]
        telling = [page for page in found if page.entries and not page.is_side]
        telling = telling or [page for page in found if page.entries]
        return propose_pages(telling, name=self._name, answers=self._answers) if telling else None

    def _together(
        self,
        tables: Proposal | None,
        samples: Sequence[ColumnSample],
        pages: PagesProposal | None,
        nested: NestedProposal | None,
    ) -> Proposal:
        mapping = tables.mapping if tables is not None and tables.mapping else ColumnMapping(())
        specs = list(mapping.tables)
        if len(self._sources.files) > 1:
            specs = [each if each.files else replace(each, files=_files(samples)) for each in specs]
        remarks = [*(tables.remarks if tables is not None else ())]
        if nested is not None:
            specs += nested.specs
            remarks += nested.remarks
        if pages is not None and pages.specs:
            specs += self._named(pages.specs, mixed=bool(specs))
            remarks += pages.remarks
        levels = mapping.levels or (nested.levels if nested else ())
        return Proposal(replace(mapping, tables=tuple(specs), levels=levels), tuple(remarks))

    def _named(self, specs: Sequence[TableSpec], *, mixed: bool) -> list[TableSpec]:
        """Return the parts for pages, with their files where others are beside them."""
        if not mixed:
            return list(specs)
        names = tuple(escape(name) for name in self._sources.files if may_be_page(name))
        return [replace(spec, files=names) for spec in specs]


def _not_understood(documents: Mapping[str, Any]) -> NestedProposal:
    """Return what to say of documents that make no tables: a list in a list has no columns."""
    deep = [name for name, document in documents.items() if _has_lists_in_lists(document)]
    messages = tuple(
        said(
            "{file}: there are lists within lists, and none of them reads like what is expected of"
            " a role; describe in a mapping, with 'records', which one is",
            file=name,
        )
        for name in deep[:_SHOWN]
    )
    return NestedProposal((), asked=messages)


def _has_lists_in_lists(value: Any, *, inside: bool = False, depth: int = 0) -> bool:
    """Whether objects of a list hold lists of objects, and do not say by themselves what all is."""
    if depth > DEEPEST:
        return False
    if isinstance(value, list):
        records = [each for each in value if isinstance(each, dict)]
        if not records or all(map(_tells_all, records)):
            return False
        return inside or any(
            _has_lists_in_lists(each, inside=True, depth=depth + 1) for each in records
        )
    held = value.values() if isinstance(value, dict) else ()
    return any(_has_lists_in_lists(each, inside=inside, depth=depth + 1) for each in held)


def _open(found: NestedProposal | PagesProposal) -> Proposal:
    """Return what cannot be told: a question, or (without choices) an error."""
    questions = tuple(each for each in found.asked if isinstance(each, Question))
    errors = tuple(each for each in found.asked if isinstance(each, Said))
    return Proposal(None, (*found.remarks, *errors), questions=questions)


def _files(samples: Sequence[ColumnSample]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(escape(sample.file) for sample in samples))


def _expects(mapping: ColumnMapping | None, samples: Sequence[ColumnSample], file: str) -> bool:
    """Whether a table of the file is read for expectations."""
    if mapping is None or not any(sample.file == file for sample in samples):
        return False
    return any(
        spec.shape in _EXPECTING and (not spec.files or escape(file) in spec.files)
        for spec in mapping.tables
    )


def _is_flat(document: Any) -> bool:
    """Whether a document is a table: a list of objects without objects in them.

    So are lists side by side where one of them says role, level and skill in each of its objects,
    by name: not where others say what its words stand for.
    """
    if isinstance(document, dict):
        telling = any(
            _is_flat_list(held) and all(_tells_all(each) for each in held)
            for held in document.values()
        )
        return telling and not any(lookup.marked for _, lookup in lookups(structure([document])))
    return _is_flat_list(document)


def _is_flat_list(document: Any) -> bool:
    return (
        isinstance(document, list)
        and bool(document)
        and all(isinstance(each, dict) for each in document)
        and not any(
            isinstance(inner, dict)
            for each in document
            for value in each.values()
            for inner in (value if isinstance(value, list) else [value])
        )
    )


def _tells_all(record: Any) -> bool:
    """Whether an object says of which role, level and skill it is."""
    told = {field_of(name) for name in record}
    return all(
        {field, Field(f"{field}_key")} & told for field in (Field.ROLE, Field.LEVEL, Field.SKILL)
    )
