"""Finds the header row of a table, and the column of each field in it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from bot.domain.said import said
from bot.formats.imports.report import ImportPlace, ImportProblems
from bot.formats.mapping.words import normal
from bot.formats.native_schema import did_you_mean
from bot.formats.tables.letters import index_to_letters, letters_to_index
from bot.formats.tables.source import TableRow

LOOKED_AT = 30
"""Rows among which the header is looked for."""

_BY_LETTERS = re.compile(r"column ([A-Z]{1,3})", re.IGNORECASE)


def split_header(
    rows: Iterator[TableRow], wanted: Iterable[str], skip_rows: int | None
) -> tuple[TableRow | None, Iterator[TableRow]]:
    """Return the header row and the rows under it.

    The header is the first row below `skip_rows`; where that is None it is the row among the first
    ones that holds most of the `wanted` names. None where the table has no row for it.
    """
    if skip_rows == 0:
        return next(rows, None), rows
    if skip_rows is not None:
        below = (row for row in rows if row.line > skip_rows)
        return next(below, None), below
    first = list(islice(rows, LOOKED_AT))
    if not first:
        return None, rows
    names = {normal(name) for name in wanted}
    hits = [len(names.intersection(map(normal, row.cells))) for row in first]
    at = hits.index(max(hits))
    return first[at], chain(first[at + 1 :], rows)


class Columns:
    """The columns of one table by header. Every column that is not there is reported once."""

    def __init__(self, header: TableRow, file: str, table: str, findings: ImportProblems) -> None:
        self.names = header.cells
        self.line = header.line
        self.width = header.width
        self._place = ImportPlace(file, table, header.line)
        self._findings = findings
        self._exact: dict[str, list[int]] = {}
        self._found: dict[str, list[int]] = {}
        for at, name in enumerate(header.cells):
            if name:
                self._exact.setdefault(name, []).append(at)
                self._found.setdefault(normal(name), []).append(at)

    def place(self, name: str = "") -> ImportPlace:
        """Return the place of the header row, or of a name in it."""
        return self._place.of(name)

    def find(self, name: str, *, needed: bool) -> int | None:
        """Return the index of the column of this name, None (and a finding) where there is none."""
        at = self._exact.get(name) or self._found.get(normal(name))
        if at is None:
            by_letters = _BY_LETTERS.fullmatch(name.strip())
            if by_letters:
                return letters_to_index(by_letters[1])
            self._missing(name, needed=needed)
            return None
        if len(at) > 1:
            letters = ", ".join(f"'column {index_to_letters(each)}'" for each in at[:4])
            message = said(
                "the header '{name}' stands there {count} times; name it by {letters}",
                name=name,
                count=len(at),
                letters=letters,
            )
            self._findings.error("repeated-header", message, self._place.of(name))
        return at[0]

    def _missing(self, name: str, *, needed: bool) -> None:
        known = [each for each in self.names if each]
        hint = did_you_mean(name, known) or said("; the row of headers is empty")
        message = said("there is no column '{name}'{hint}", name=name, hint=hint)
        add = self._findings.error if needed else self._findings.warning
        add("missing-column", message, self._place)

    def unread(self, read: Iterable[int]) -> list[str]:
        """Return the headers of the columns that are not among those read."""
        indexes = set(read)
        return [name for at, name in enumerate(self.names) if name and at not in indexes]


def column_title(names: Sequence[str], at: int) -> str:
    """Return how a message calls a column: by its header, else by its letters."""
    return names[at] if at < len(names) and names[at] else f"column {index_to_letters(at)}"
