"""The files of an import, opened: tables of any kind, pages, and records of documents."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from bot.domain.said import said
from bot.formats.imports.opening.listing import JSON, listed
from bot.formats.imports.opening.shelf import PageShelf, report_unreadable
from bot.formats.imports.report import ImportPlace, ImportProblems, ImportSeverity
from bot.formats.mapping.headers import is_heading
from bot.formats.mapping.model import TableSpec
from bot.formats.nested.records import JsonRecords
from bot.formats.pages.opening import may_be_page
from bot.formats.pages.page import Page
from bot.formats.problems import FileProblem
from bot.formats.tables.encodings import encoding_of
from bot.formats.tables.kinds import kind_of, megabytes
from bot.formats.tables.reading import Reading
from bot.formats.tables.records import load_json, load_yaml
from bot.formats.tables.source import (
    Table,
    TableFault,
    TableFile,
    TableFileError,
    TableLimits,
    open_tables,
)
from bot.values import dataclass

_WILD = frozenset("*?[")
ALL_SHEETS = frozenset({"*"})
"""Every hidden sheet is read, as if it were not hidden."""


@dataclass(frozen=True, slots=True)
class Source:
    """One table of one file; `file` is relative to what is imported."""

    file: str
    path: Path
    table: Table

    @property
    def stem(self) -> str:
        """The file's name without its folder and suffix."""
        return Path(self.file).stem


class Sources:
    """Opens the files of an import. Use it as a context; what cannot be read is reported."""

    def __init__(
        self,
        path: Path,
        findings: ImportProblems,
        *,
        limits: TableLimits | None = None,
        encoding: str | None = None,
        shown: frozenset[str] = frozenset(),
        pages: dict[str, Page] | None = None,
    ) -> None:
        """Look at what is there.

        `shown` are the hidden sheets that are read all the same, in lower case. `pages` keeps the
        pages that were read, for who asks again.
        """
        self._findings = findings
        self._limits = limits or TableLimits()
        self._encoding = encoding
        self._shown = shown
        self._left_out: set[tuple[str, str]] = set()
        self._stack = ExitStack()
        self._opened: dict[str, TableFile] = {}
        self._faulty: set[str] = set()
        """Files whose faults have been told."""
        self._documents: dict[str, Any] = {}
        self.files = listed(path, findings)
        """The files by their name relative to what is imported."""
        kept = pages if pages is not None else {}
        self.pages = PageShelf(self.files, findings, self._limits, encoding, kept)

    def __enter__(self) -> "Sources":
        return self

    def __exit__(self, *_error: object) -> None:
        self._stack.close()

    def tables(self, files: Sequence[str]) -> Iterator[Source]:
        """Yield the tables of these files, in their order."""
        for name in files:
            file = self._opened.get(name)
            if file is None:
                file = self._open(name)
            for table in file or ():
                if table.hidden and not self._shown & {table.name.casefold(), *ALL_SHEETS}:
                    self._leave_out(name, table.name)
                else:
                    yield Source(name, self.files[name], table)

    def _leave_out(self, file: str, sheet: str) -> None:
        if (file, sheet) not in self._left_out:
            self._left_out.add((file, sheet))
            message = said(
                "a hidden sheet is left out; show it, or name it under 'sheets' of a mapping"
            )
            self._findings.warning("hidden-sheet", message, ImportPlace(file, sheet))

    def texts(self, name: str, spec: TableSpec, introduced: frozenset[str]) -> Source | None:
        """Return the texts of a page as a table; None (and a finding) if it is unreadable.

        `introduced` are the columns that other parts of the mapping read.
        """
        table = self.pages.texts(name, spec, introduced)
        return None if table is None else Source(name, self.files[name], table)

    def tables_alone(self, name: str) -> None:
        """Say why a file that is no telling page holds no table either."""
        self._open_tables(name)

    def _open(self, name: str) -> TableFile | None:
        if name in self._faulty:
            return None
        if may_be_page(name):
            page = self.pages.page(name)
            if page is None or (not page.tables and page.entries):
                return None
        return self._open_tables(name)

    def _open_tables(self, name: str) -> TableFile | None:
        try:
            opened = open_tables(
                self.files[name],
                limits=self._limits,
                encoding=self._encoding,
                hidden=self._shown is ALL_SHEETS,
                is_heading=is_heading,
            )
            file = self._stack.enter_context(opened)
        except TableFileError as error:
            # Beside others a file may be about something else: a schema, a licence.
            beside = len(self.files) > 1
            empty = all(each.fault is TableFault.NO_TABLE for each in error.problems)
            severity = ImportSeverity.WARNING if beside and empty else ImportSeverity.ERROR
            self._findings.file_problems(error.problems, severity)
            self._findings.file_problems(error.warnings, ImportSeverity.WARNING)
            return None
        except OSError as error:
            report_unreadable(self._findings, name, error)
            return None
        self._opened[name] = file
        return file

    def records(self, name: str, spec: TableSpec) -> Source | None:
        """Return the records of a JSON document as a table; None (and a finding) if unreadable."""
        document = self.document(name)
        if document is None:
            return None
        columns = (
            *(column for columns in spec.columns.values() for column in columns),
            *(column.column for column in spec.level_columns),
            *(column.column for column in spec.depth_columns),
            *(split.column for split in spec.split),
        )
        unique = tuple(dict.fromkeys(columns))
        table = JsonRecords(spec.records or "", document, unique)
        return Source(name, self.files[name], table)

    def document(self, name: str) -> Any:
        """Return the value of a document; None (and a finding) if it cannot be read."""
        if name in self._faulty:
            return None
        if name not in self._documents:
            try:
                self._documents[name] = self._document(name)
            except TableFileError as error:
                self._faulty.add(name)
                self.report(error.problems)
                return None
            except OSError as error:
                self._faulty.add(name)
                report_unreadable(self._findings, name, error)
                return None
        return self._documents[name]

    def _document(self, name: str) -> Any:
        path, reading = self.files[name], Reading(name, self._limits)
        kind_of(path, self._limits)
        if path.stat().st_size > self._limits.whole_bytes:
            message = said(
                "the file is larger than the {limit} MB of JSON that are read; split it",
                limit=megabytes(self._limits.whole_bytes),
            )
            reading.fail(TableFault.TOO_LARGE, message)
        found = encoding_of(path, self._encoding)
        if found.warning is not None:
            self._findings.file_problems([found.warning], ImportSeverity.WARNING)
        text = path.read_bytes().decode(found.name)
        is_json = path.suffix.lower() in JSON
        return load_json(text, reading) if is_json else load_yaml(text, reading)

    def report(self, problems: Sequence[FileProblem]) -> None:
        """Report problems that keep a file from being read."""
        self._findings.file_problems(problems, ImportSeverity.ERROR)

    def finish(self) -> None:
        """Report what was wrong in files that could be read nevertheless."""
        for file in self._opened.values():
            self._findings.file_problems(file.problems, ImportSeverity.ERROR)
        self.warn()

    def warn(self) -> None:
        """Report what was decided about files, which may be why nothing could be read."""
        for file in self._opened.values():
            self._findings.file_problems(file.warnings, ImportSeverity.WARNING)


def matching(names: Sequence[str], patterns: Sequence[str]) -> list[str]:
    """Return the names that fit one of the patterns (``*.csv``); all where there is no pattern."""
    if not patterns:
        return list(names)
    folded = [(name, name.casefold()) for name in names]
    wild: list[str] = []
    # A folder's mapping may name thousands of pages, each by its own name.
    plain: set[str] = set()
    for pattern in map(str.casefold, patterns):
        if _WILD.isdisjoint(pattern):
            plain.add(pattern)
        else:
            wild.append(pattern)
    return [
        name
        for name, low in folded
        if low in plain or any(fnmatchcase(low, pattern) for pattern in wild)
    ]
