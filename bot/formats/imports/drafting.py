"""Drafts a mapping file for a table that nobody has described, and tries it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from bot.domain.catalogue.uploading import NO_ANSWERS
from bot.domain.said import Said, said
from bot.formats.imports.catalogue_import import propose_mapping
from bot.formats.imports.header import Columns, split_header
from bot.formats.imports.importer import import_tables, tables_of
from bot.formats.imports.opening.listing import DOCUMENTS
from bot.formats.imports.plan import ImportPlan
from bot.formats.imports.report import ImportProblems, ImportResult
from bot.formats.imports.sources import Sources
from bot.formats.mapping.fields import Field
from bot.formats.mapping.model import ColumnMapping
from bot.formats.mapping.writer import mapping_text
from bot.formats.nested.outline import outline
from bot.formats.proposing.questions import Deciding
from bot.formats.proposing.sentinels import may_hold, sentinels
from bot.formats.tables.source import TableFileError
from bot.values import dataclass

_UNREAD = "unread-column"


@dataclass(frozen=True, slots=True)
class MappingDraft:
    """A drafted mapping file. `text` is None where the file could not be understood.

    `remarks` are the decisions to look at, `trial` what an import with the draft comes to.
    """

    text: str | None
    remarks: tuple[Said, ...]
    trial: ImportResult | None


def draft_mapping(
    path: Path, *, encoding: str | None = None, answers: Mapping[str, str] = NO_ANSWERS
) -> MappingDraft:
    """Look at a file or folder, propose a mapping, and try it.

    Nothing is raised for what is wrong with the file: the trial carries every problem.
    """
    found = propose_mapping(path, encoding=encoding, answers=answers)
    if isinstance(found, ImportResult):
        return MappingDraft(None, (), found)
    if found.mapping is None:
        return MappingDraft(None, (*found.remarks, *_outlined(path, encoding)), None)
    mapping = _with_sentinels(found.mapping, path, encoding)
    trial = import_tables(path, mapping, encoding=encoding, deciding=Deciding(answers))
    if trial.questions:
        return MappingDraft(None, found.remarks, trial)
    unread = [place.column for note in trial.notes if note.code == _UNREAD for place in note.places]
    text = mapping_text(mapping, file=path.name, content=trial.content, unread=unread)
    return MappingDraft(text, found.remarks, trial)


def _outlined(path: Path, encoding: str | None) -> Iterator[Said]:
    """Yield what a mapping of nested documents needs to know: the lists, what their items hold.

    What several files have is told once.
    """
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    with Sources(path, ImportProblems(), encoding=encoding) as sources:
        for name in sources.files:
            document = sources.document(name) if Path(name).suffix.lower() in DOCUMENTS else None
            if isinstance(document, dict) and "$schema" in document:
                continue
            for records, columns in outline(document).items():
                found.setdefault((records, columns), []).append(name)
    for (records, columns), files in found.items():
        more = said(" and {count} more files", count=len(files) - 1) if files[1:] else ""
        yield said(
            "{file}{more}: records: {path} has the columns {columns}",
            file=files[0],
            more=more,
            path=records,
            columns=", ".join(columns),
        )


def _with_sentinels(mapping: ColumnMapping, path: Path, encoding: str | None) -> ColumnMapping:
    """Return the mapping with the words to ignore that the file's cells hold."""
    findings = ImportProblems()
    with Sources(path, findings, encoding=encoding) as sources:
        try:
            found = dict(_searched(sources, mapping, findings))
        except TableFileError:
            return mapping  # the trial says what is wrong
    ignored = tuple(dict.fromkeys(word for words in found.values() for word in words))
    if not found.get(Field.LEVEL):
        return replace(mapping, ignore=ignored)
    # A role whose level says nothing is a rung by itself.
    defaults = replace(mapping.defaults, level="{role}")
    return replace(mapping, ignore=ignored, defaults=defaults)


def _searched(
    sources: Sources, mapping: ColumnMapping, findings: ImportProblems
) -> Iterator[tuple[Field, tuple[str, ...]]]:
    """Yield the fields that hold such words, each with its words."""
    cells: dict[Field, list[str]] = {}
    for spec, source in tables_of(sources, mapping, findings):
        wanted = [name for names in spec.columns.values() for name in names]
        header, rows = split_header(source.table.rows(), wanted, spec.skip_rows)
        if header is None:
            continue
        plan = ImportPlan(spec, Columns(header, source.file, "", findings), source.stem, "")
        places = [(slot.field, at) for slot, at in plan.places.items() if may_hold(slot)]
        for row in rows:
            for field, at in places:
                if at < len(row.cells) and len(row.cells[at]) < _SHORT:
                    cells.setdefault(field, []).append(row.cells[at])
    for field, found in cells.items():
        yield field, sentinels(found)


_SHORT = 60
