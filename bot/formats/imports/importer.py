"""Imports a framework from tables: a mapping says what they mean, a result says what came of it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from bot.domain.framework import CatalogueContent
from bot.domain.said import said
from bot.domain.text import LocalText
from bot.formats.grids.lying import rows_of
from bot.formats.imports.building.assembler import Assembler
from bot.formats.imports.building.before import Before
from bot.formats.imports.building.build import build_content
from bot.formats.imports.building.unsaid import UnsaidLevels
from bot.formats.imports.header import Columns, split_header
from bot.formats.imports.plan import ImportPlan, wanted_headers
from bot.formats.imports.reading import RowReader
from bot.formats.imports.report import (
    QUESTION,
    THE_MAPPING,
    Accounting,
    ImportPlace,
    ImportProblems,
    ImportResult,
    ImportSeverity,
    TableAccount,
)
from bot.formats.imports.shapes import READERS
from bot.formats.imports.sources import ALL_SHEETS, Source, Sources, matching
from bot.formats.imports.values import Words
from bot.formats.mapping.fields import FieldSlot
from bot.formats.mapping.model import BadRows, ColumnMapping, Hidden, Orientation, Shape, TableSpec
from bot.formats.mapping.words import normal
from bot.formats.pages.page import Page
from bot.formats.proposing.questions import Deciding
from bot.formats.tables.source import TableFileError, TableLimits, TableRow

ImportProgress = Callable[[int], None]
"""Told how many more rows have been read."""

_STEP = 1_000
_DELIMITED = frozenset({".csv", ".tsv", ".tab", ".txt"})
_ORDER = (Shape.ROLES, Shape.SKILLS, Shape.LONG, Shape.WIDE)
"""Tables about things come before tables about their expectations."""


def import_tables(
    path: Path,
    mapping: ColumnMapping,
    *,
    previous: CatalogueContent | None = None,
    limits: TableLimits | None = None,
    encoding: str | None = None,
    progress: ImportProgress | None = None,
    pages: dict[str, Page] | None = None,
    deciding: Deciding | None = None,
) -> ImportResult:
    """Read a file, or the files of a folder, as `mapping` says.

    Args:
        previous: the revision before: what keeps its name keeps its key.
        limits: how much is read; None for what `TableLimits` allows.
        encoding: of text files; None to find it out.
        progress: told about rows as they are read.
        pages: those that were read before, by file.
        deciding: asks what only the file's owner knows; None where nobody can be asked.

    Nothing is raised for what is wrong with a file: the result carries every problem at once.
    """
    run = _Run(mapping, progress)
    with Sources(
        path,
        run.findings,
        limits=limits,
        encoding=encoding,
        shown=shown_sheets(mapping),
        pages=pages,
    ) as sources:
        run.read_all(sources)
    content = None
    if not run.findings.failed:
        name = _name(mapping, previous, path)
        content = build_content(run.assembler, Before(previous), name, deciding)
    questions = tuple(deciding.questions.values()) if deciding is not None else ()
    for question in questions if not run.findings.failed else ():
        run.findings.error(QUESTION, question.as_error(), ImportPlace(path.name))
    accounting = Accounting(tuple(run.accounts))
    return run.findings.result(content, accounting=accounting, questions=questions)


class _Run:
    """One import: reads tables into an assembler and accounts for their rows."""

    def __init__(self, mapping: ColumnMapping, progress: ImportProgress | None) -> None:
        skipping = mapping.bad_rows is BadRows.SKIP
        self.findings = ImportProblems(ImportSeverity.WARNING if skipping else ImportSeverity.ERROR)
        self.assembler = Assembler(mapping, self.findings)
        self.accounts: list[TableAccount] = []
        self._mapping = mapping
        self._titles = {normal(each.title): each for each in mapping.titles}
        self._progress = progress
        self._unsaid = UnsaidLevels()
        self._readers: dict[int, RowReader] = {}
        """By the part of the mapping: pages share what is known of roles, levels and skills."""

    def read_all(self, sources: Sources) -> None:
        """Read every table that the mapping names."""
        empty: dict[int, tuple[TableSpec, Source]] = {}
        filled: set[int] = set()
        for spec, source in tables_of(sources, self._mapping, self.findings):
            try:
                rows = self._read(source, spec)
            except TableFileError as error:
                sources.report(error.problems)
                rows = 1  # there was something to read
            if rows:
                filled.add(id(spec))
            else:
                empty.setdefault(id(spec), (spec, source))
        self._report_empty([empty[at] for at in empty if at not in filled])
        self._unsaid.report(self.findings)
        sources.finish()

    def _read(self, source: Source, spec: TableSpec) -> int:
        """Read one table; return how many rows stand below its header."""
        account = TableAccount(source.file, source.table.name)
        self.accounts.append(account)
        # What is turned, and a page, have a header that is made: none is looked for.
        made = spec.pages or spec.orientation is Orientation.COLUMNS
        rows = rows_of(source.table, spec, source.file)
        header, rows = split_header(rows, wanted_headers(spec), 0 if made else spec.skip_rows)
        if header is None:
            message = said("the table is empty; it needs a row of headers and rows below it")
            self.findings.error("empty-table", message, ImportPlace(source.file, source.table.name))
            return 1
        reader = self._reader(spec, source, header, account)
        if reader is None:
            return 1  # the rows would only repeat that a column is missing
        reader.strict = source.path.suffix.lower() in _DELIMITED
        return self._read_rows(reader, rows)

    def _reader(
        self, spec: TableSpec, source: Source, header: TableRow, account: TableAccount
    ) -> RowReader | None:
        """Return what reads the rows of a table; None (and findings) where columns are missing."""
        before = self._readers.get(id(spec))
        if before is not None and _is_planned_once(spec):
            return before.go_on(before.plan, account)
        plan = self._plan(spec, source, header)
        if plan is None:
            return None
        if before is not None and before.plan.columns.names == plan.columns.names:
            return before.go_on(plan, account)
        words = Words(self._mapping, spec.empty_words)
        reader = READERS[spec.shape](self.assembler, spec, plan, words, account)
        if spec.pages:
            self._readers.setdefault(id(spec), reader)
        return reader

    def _plan(self, spec: TableSpec, source: Source, header: TableRow) -> ImportPlan | None:
        failures = self.findings.failures
        columns = Columns(header, source.file, source.table.name, self.findings)
        plan = ImportPlan(spec, columns, source.stem, source.table.name, self._titles)
        if self.findings.failures > failures:
            return None
        for name in plan.unread():
            place = ImportPlace(source.file, source.table.name, header.line, name)
            self.findings.note(
                "unread-column", said("the mapping does not read this column"), place
            )
        return plan

    def _read_rows(self, reader: RowReader, rows: Iterator[TableRow]) -> int:
        told = self._progress or (lambda _rows: None)
        read = 0
        for read, row in enumerate(rows, 1):
            reader.read(row)
            if not read % _STEP:
                told(_STEP)
        told(read % _STEP)
        self._unsaid.note(reader.levels_said(), reader.plan.columns.place())
        return read

    def _report_empty(self, empty: list[tuple[TableSpec, Source]]) -> None:
        """Report the parts of the mapping that found no row in any file."""
        for spec, source in empty:
            message = said("there is no row below the header; fill the table, or give another")
            if spec.records is not None:
                message = said(
                    "the path under 'records' leads to no record; compare it with the document"
                )
            self.findings.warning("no-rows", message, ImportPlace(source.file, source.table.name))


def _is_planned_once(spec: TableSpec) -> bool:
    """Whether all pages are laid out alike: nothing in a plan is of one page, or of its last row.

    The columns of a page are those that the part names, and none is missing.
    """
    own = (spec.level_columns, spec.depth_columns, spec.split, spec.fill_down, spec.heading_rows)
    return spec.pages and not any(own) and not any("{" in each for each in spec.values.values())


def shown_sheets(mapping: ColumnMapping) -> frozenset[str]:
    """Return the hidden sheets that a mapping wants to be read, by their names in lower case."""
    if mapping.hidden is Hidden.READ:
        return ALL_SHEETS
    return frozenset(name.casefold() for spec in mapping.tables for name in spec.sheets)


def tables_of(
    sources: Sources, mapping: ColumnMapping, findings: ImportProblems
) -> Iterator[tuple[TableSpec, Source]]:
    """Yield each table with the first part of the mapping that fits it.

    What the mapping names and is not there is reported, and what is there and it does not name.
    """
    specs = [_in_base(spec, mapping.base_locale) for spec in mapping.tables]
    chosen: list[tuple[TableSpec, Source]] = []
    taken: set[tuple[str, str]] = set()
    for spec in specs:
        files = matching(list(sources.files), spec.files)
        if spec.pages:
            found = _texts(sources, files, spec, specs)
        elif spec.records is not None:
            found = [each for name in files if (each := sources.records(name, spec)) is not None]
        else:
            fitting = [
                source
                for source in sources.tables(files)
                if matching([source.table.name], spec.sheets)
            ]
            # An entry that fits nothing else reads once more what others read: another part of it.
            found = [
                source for source in fitting if (source.file, source.table.name) not in taken
            ] or fitting
            taken |= {(source.file, source.table.name) for source in found}
        chosen += [(spec, source) for source in found]
        if not found and not findings.failed:
            wanted = ", ".join((*spec.files, *spec.sheets)) or said("any table")
            message = said("the mapping names a file or sheet that is not there; correct its name")
            findings.error("no-table", message, ImportPlace(THE_MAPPING, value=wanted))
    for source in sources.tables([name for name in sources.files if _has_tables(name, specs)]):
        if (source.file, source.table.name) not in taken:
            message = said("the mapping names no such sheet or table, so it is left unread")
            findings.note("unread-table", message, ImportPlace(source.file, source.table.name))
    yield from sorted(chosen, key=lambda pair: _ORDER.index(pair[0].shape))


def _has_tables(file: str, specs: list[TableSpec]) -> bool:
    return any(
        spec.records is None and not spec.pages and matching([file], spec.files) for spec in specs
    )


def _texts(
    sources: Sources, files: list[str], spec: TableSpec, specs: list[TableSpec]
) -> list[Source]:
    """Return the texts of the pages among these files."""
    introduced = frozenset(
        column
        for each in specs
        if each.pages and each is not spec
        for columns in each.columns.values()
        for column in columns
    )
    read = files if spec.files else sources.pages.telling(files)
    found = (sources.texts(name, spec, introduced) for name in read)
    return [each for each in found if each is not None]


def _in_base(spec: TableSpec, base: str) -> TableSpec:
    """Return the spec with the base language's own columns as those without a language."""
    columns = {
        FieldSlot(slot.field, "" if slot.locale == base else slot.locale): names
        for slot, names in spec.columns.items()
    }
    levels = tuple(
        replace(column, locale="") if column.locale == base else column
        for column in spec.level_columns
    )
    return replace(spec, columns=MappingProxyType(columns), level_columns=levels)


def _name(mapping: ColumnMapping, previous: CatalogueContent | None, path: Path) -> LocalText:
    if previous is not None and mapping.name in (None, previous.name.base):
        return previous.name
    words = " ".join(path.stem.replace("_", " ").replace("-", " ").split())
    return LocalText(mapping.name or words[:100].strip() or "Imported catalogue")
