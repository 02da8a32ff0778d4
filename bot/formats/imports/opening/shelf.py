"""The pages of an import: each is read once, and then a table of its texts for whoever asks."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.domain.said import said
from bot.formats.imports.report import ImportPlace, ImportProblems, ImportSeverity
from bot.formats.mapping.fields import Field
from bot.formats.mapping.model import Shape, TableSpec
from bot.formats.pages.opening import may_be_page, open_page
from bot.formats.pages.page import Page
from bot.formats.pages.table import PageColumns, PageTable
from bot.formats.tables.model import TableFault, TableFileError, TableLimits
from bot.formats.tables.reading import Reading


class PageShelf:
    """Reads pages; what cannot be read is reported once."""

    def __init__(
        self,
        files: Mapping[str, Path],
        findings: ImportProblems,
        limits: TableLimits,
        encoding: str | None,
        pages: dict[str, Page],
    ) -> None:
        """Take the files by name. `pages` keeps those that were read, for who asks again."""
        self._files = files
        self._findings = findings
        self._limits = limits
        self._encoding = encoding
        self._pages = pages
        self._beside: set[str] = set()
        self._faulty: set[str] = set()
        self._told: set[str] = set()
        self._columns: dict[int, tuple[TableSpec, PageColumns]] = {}
        """By the part of the mapping, which is kept so that its id stays its own."""

    def page(self, name: str) -> Page | None:
        """Return a file as a page; None where it is none, or (and a finding) is unreadable."""
        if not may_be_page(name) or name in self._faulty:
            return None
        if name not in self._pages:
            try:
                self._pages[name] = open_page(self._files[name], name, self._limits, self._encoding)
            except TableFileError as error:
                self._faulty.add(name)
                self._findings.file_problems(error.problems, self._severity(error))
                self._findings.file_problems(error.warnings, ImportSeverity.WARNING)
                return None
            except OSError as error:
                self._faulty.add(name)
                report_unreadable(self._findings, name, error)
                return None
        page = self._pages[name]
        if page.warnings and name not in self._told:
            self._told.add(name)
            self._findings.file_problems(page.warnings, ImportSeverity.WARNING)
        return page

    def telling(self, files: Sequence[str]) -> list[str]:
        """Return the pages that are about the framework; others (README) are told as unread."""
        pages = [(name, page) for name in files if (page := self.page(name)) is not None]
        telling = [name for name, page in pages if page.entries and not page.is_side]
        if not telling:
            return [name for name, _ in pages]
        for name, page in pages:
            if page.is_side and name not in self._beside:
                self._beside.add(name)
                message = said(
                    "the page is named as one beside a framework is, so it is left unread;"
                    " list it under 'files' of a mapping to read it"
                )
                self._findings.note("unread-page", message, ImportPlace(name))
        return telling

    def texts(self, name: str, spec: TableSpec, introduced: frozenset[str]) -> PageTable | None:
        """Return the texts of a page as a table; None (and a finding) if it is unreadable.

        `introduced` are the columns that other parts of the mapping read.
        """
        page = self.page(name)
        if page is None or not page.entries:
            return None
        reading = Reading(name, self._limits)

        def unread(line: int, words: str) -> None:
            message = said(
                "a text stands where no role, level and skill are named above it; it is left unread"
            )
            self._findings.note("unread-text", message, ImportPlace(name, "", line, value=words))

        if id(spec) not in self._columns:
            names = tuple(dict.fromkeys(each for names in spec.columns.values() for each in names))
            self._columns[id(spec)] = spec, PageColumns(names, _needed(spec), introduced)
        told = unread if spec.shape is Shape.LONG else None
        return PageTable(page, self._columns[id(spec)][1], reading, told)

    def _severity(self, error: TableFileError) -> ImportSeverity:
        """Return how much a page matters: an empty one beside others does not stop an import."""
        empty = all(each.fault is TableFault.EMPTY for each in error.problems)
        return ImportSeverity.WARNING if empty and len(self._files) > 1 else ImportSeverity.ERROR


def report_unreadable(findings: ImportProblems, name: str, error: OSError) -> None:
    """Report a file that the disk does not give."""
    message = said(
        "the file cannot be read ({reason}); check its path and its rights",
        reason=error.strerror or error,
    )
    findings.error("unreadable", message, ImportPlace(name))


def _needed(spec: TableSpec) -> frozenset[str]:
    """Return the columns that a row of a page's table must have a cell in."""
    return frozenset(
        column
        for slot, columns in spec.columns.items()
        if slot.field in _THINGS and not slot.locale
        for column in columns
    )


_THINGS = frozenset(
    {
        *(Field.ROLE, Field.ROLE_KEY, Field.LEVEL, Field.LEVEL_KEY),
        *(Field.SKILL, Field.SKILL_KEY),
    }
)
