"""Imports a catalogue from whatever somebody has: our own formats, or tables of any layout."""

import re
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from itertools import islice
from pathlib import Path

from bot.domain.catalogue.uploading import NO_ANSWERS
from bot.domain.framework import CatalogueContent
from bot.domain.said import Said, said
from bot.formats.grids.blocks import tables_of
from bot.formats.grids.samples import ColumnSample
from bot.formats.imports.importer import ImportProgress, import_tables
from bot.formats.imports.outlined import Outlined
from bot.formats.imports.report import (
    QUESTION,
    ImportPlace,
    ImportProblem,
    ImportProblems,
    ImportResult,
    ImportSeverity,
)
from bot.formats.imports.sources import Sources
from bot.formats.mapping.model import ColumnMapping, Shape
from bot.formats.native import read_folder
from bot.formats.native_document import FORMAT, read_document
from bot.formats.native_files import CATALOGUE_FILE
from bot.formats.pages.page import Page
from bot.formats.problems import CatalogueFileErrors
from bot.formats.proposing.propose import MOST_SAMPLED, SAMPLED, Proposal, propose
from bot.formats.proposing.questions import Deciding
from bot.formats.tables.source import Table, TableFileError, TableLimits, TableRow


class ImportFormat(StrEnum):
    """What somebody says that a file is; `AUTO` finds it out."""

    AUTO = "auto"
    NATIVE = "native"
    LONG = "long"
    WIDE = "wide"
    TWO_TABLE = "two-table"
    MARKDOWN = "markdown"
    JSON = "json"


_BEGINNING = 4096
_DOCUMENT = re.compile(rb'"format"\s*:\s*"' + re.escape(FORMAT.encode()) + rb'"')
_SHAPES = {ImportFormat.LONG: Shape.LONG, ImportFormat.WIDE: Shape.WIDE}
_SUFFIXES = {
    ImportFormat.MARKDOWN: (".md", ".markdown", ".txt"),
    ImportFormat.JSON: (".json", ".jsonl", ".ndjson"),
}


def import_catalogue(
    path: Path,
    *,
    format: ImportFormat = ImportFormat.AUTO,  # noqa: A002 - as the command's option is called
    mapping: ColumnMapping | None = None,
    previous: CatalogueContent | None = None,
    limits: TableLimits | None = None,
    encoding: str | None = None,
    progress: ImportProgress | None = None,
    answers: Mapping[str, str] = NO_ANSWERS,
) -> ImportResult:
    """Read a catalogue from a file or folder; arguments as in `import_tables`.

    Without a mapping one is proposed from the headers, and what it decided is in the warnings. What
    it cannot decide is in the result's questions; `answers` holds an answer by the key of each.
    Nothing is raised for what is wrong with a file: the result carries every problem at once.
    """
    unreadable = _unreadable(path, format)
    if unreadable is not None:
        return unreadable
    if _is_ours(path, format, mapped=mapping is not None):
        return _native(path)
    pages: dict[str, Page] = {}
    findings = ImportProblems()
    found: Proposal | ImportResult
    if mapping is not None:
        found, deciding = Proposal(mapping, ()), None
    else:
        deciding = Deciding(answers)
        found = propose_mapping(
            path,
            format=format,
            limits=limits,
            encoding=encoding,
            answers=answers,
            pages=pages,
            findings=findings,
        )
    if isinstance(found, ImportResult):
        return found
    if found.mapping is None:
        return _open(found, path, findings)
    result = import_tables(
        path,
        found.mapping,
        previous=previous,
        limits=limits,
        encoding=encoding,
        progress=progress,
        pages=pages,
        deciding=deciding,
    )
    return _with_decided(result, found)


def _unreadable(path: Path, format: ImportFormat) -> ImportResult | None:  # noqa: A002 - as above
    """Return the outcome where nothing is there, or something named as another format is."""
    if not path.exists():
        return _failed("missing", said("there is no such file or folder; check its path"), path)
    suffixes = _SUFFIXES.get(format, ())
    if suffixes and path.is_file() and path.suffix.lower() not in suffixes:
        message = said(
            "the file is not named as {format} is; give one that ends with {suffix}",
            format=format,
            suffix=suffixes[0],
        )
        return _failed("format", message, path)
    return None


def _is_ours(path: Path, format: ImportFormat, *, mapped: bool) -> bool:  # noqa: A002 - as above
    """Whether it is in our own format, by what was said or what is seen.

    With a mapping a JSON file is records, whatever it begins with.
    """
    if format is ImportFormat.NATIVE or (format is ImportFormat.AUTO and _is_folder_of_ours(path)):
        return True
    return not mapped and format in (ImportFormat.AUTO, ImportFormat.JSON) and _is_document(path)


def _with_decided(result: ImportResult, found: Proposal) -> ImportResult:
    """Return the result with what was decided about the tables as warnings before the others."""
    decided = tuple(
        ImportProblem(ImportSeverity.WARNING, "decided", each, 1, ()) for each in found.remarks
    )
    return replace(result, warnings=decided + result.warnings, readings=found.readings)


def propose_mapping(
    path: Path,
    *,
    format: ImportFormat = ImportFormat.AUTO,  # noqa: A002 - as the command's option is called
    limits: TableLimits | None = None,
    encoding: str | None = None,
    answers: Mapping[str, str] = NO_ANSWERS,
    pages: dict[str, Page] | None = None,
    findings: ImportProblems | None = None,
) -> Proposal | ImportResult:
    """Look at what is there; return a proposal, or why nothing could be read.

    Of each table the first rows are looked at. `pages` keeps the pages that were read, `findings`
    what was noted on the way.
    """
    findings = ImportProblems() if findings is None else findings
    samples: list[ColumnSample] = []
    only = _SHAPES.get(format)
    with Sources(path, findings, limits=limits, encoding=encoding, pages=pages) as sources:
        outlined = Outlined(sources, path, only, answers)
        for source in sources.tables(outlined.tables()):
            try:
                rows = _sampled(source.table)
            except TableFileError as error:
                sources.report(error.problems)
                continue
            samples.append(ColumnSample(source.file, source.table.name, rows))
        found = None if findings.failed else outlined.proposal(samples)
        sources.warn()
    if findings.failed:
        return findings.result()
    if format is ImportFormat.TWO_TABLE and len(samples) < 2:
        message = said(
            "two tables are needed, one of roles and one of skills; give the folder or"
            " the workbook that holds both"
        )
        return _failed("one-table", message, path)
    return found or propose(samples, only=only, answers=answers)


def _sampled(table: Table) -> tuple[TableRow, ...]:
    """Return the first rows of a table; more of a sheet on which several tables stand."""
    rows = table.rows()
    first = tuple(islice(rows, SAMPLED))
    if len(first) == SAMPLED and any(each.several for each in tables_of(first)):
        first += tuple(islice(rows, MOST_SAMPLED))
    return first


def _open(found: Proposal, path: Path, findings: ImportProblems) -> ImportResult:
    """Return what a proposal without a mapping leaves to be said, or to be answered."""
    if not found.questions:
        findings.error("not-understood", found.remarks[-1], ImportPlace(path.name))
        return findings.result()
    for question in found.questions:
        findings.error(QUESTION, question.as_error(), ImportPlace(path.name))
    return replace(findings.result(questions=found.questions), readings=found.readings)


def _is_folder_of_ours(path: Path) -> bool:
    return path.is_dir() and (path / CATALOGUE_FILE).is_file()


def _is_document(path: Path) -> bool:
    """Whether a JSON file says at its beginning that it is a catalogue of ours, right or wrong."""
    if not path.is_file() or path.suffix.lower() != ".json":
        return False
    try:
        with path.open("rb") as file:
            return bool(_DOCUMENT.search(file.read(_BEGINNING)))
    except OSError:
        return False


def _native(path: Path) -> ImportResult:
    findings = ImportProblems()
    content = None
    try:
        if path.is_dir():
            content = read_folder(path)
        elif path.stat().st_size > TableLimits().file_bytes:
            message = said(
                "the file is larger than any catalogue; export it again, or import a part of it"
            )
            findings.error("too-large", message, ImportPlace(path.name))
        else:
            content = read_document(path.name, path.read_text(encoding="utf-8-sig"))
    except CatalogueFileErrors as error:
        findings.file_problems(error.problems, ImportSeverity.ERROR)
    except UnicodeDecodeError:
        message = said("the file is not UTF-8; export it again")
        findings.error("encoding", message, ImportPlace(path.name))
    except OSError as error:
        message = said(
            "the file cannot be read ({reason}); check its path and its rights",
            reason=error.strerror or error,
        )
        findings.error("unreadable", message, ImportPlace(path.name))
    return findings.result(content)


def _failed(code: str, message: Said, path: Path) -> ImportResult:
    findings = ImportProblems()
    findings.error(code, message, ImportPlace(path.name))
    return findings.result()
