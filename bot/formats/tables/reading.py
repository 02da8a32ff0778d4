"""What all readers do with a row: trim it, keep the limits, note faults, clean its cells."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from typing import NoReturn, TypeVar

from bot.domain.said import Said, said
from bot.formats.tables.cells import clean_cell, unguarded
from bot.formats.tables.letters import index_to_letters
from bot.formats.tables.model import (
    TableFault,
    TableFileError,
    TableLimits,
    TableProblem,
    TableRow,
)

_MOST_PROBLEMS = 5_000
T = TypeVar("T")


class Reading:
    """One open file: its limits, and what was found wrong with it so far."""

    def __init__(self, file: str, limits: TableLimits) -> None:
        self.file = file
        self.limits = limits
        self.problems: list[TableProblem] = []
        self.warnings: list[TableProblem] = []
        self._known: set[TableProblem] = set()

    def rows(
        self,
        table: str,
        raw: Iterator[tuple[int, Sequence[str]]],
        *,
        guards: bool,
        clean: Callable[[str], str] = clean_cell,
    ) -> Iterator[TableRow]:
        """Yield the rows that have a cell in them, clean.

        `raw` gives lines with their cells as they stand in the file. `guards` says whether the
        format needs an apostrophe before what looks like a formula. `clean` does as `clean_cell`.

        Raises:
            TableFileError: a limit is passed, or there are too many problems to go on.
        """
        count, longest = 0, self.limits.cell_characters
        for line, raw_cells in raw:
            if max(map(len, raw_cells), default=0) > longest:
                self._note_long(table, line, raw_cells)
            if guards:
                cells = [clean(unguarded(cell)) if cell else "" for cell in raw_cells]
            else:
                cells = list(map(clean, raw_cells))
            while cells and not cells[-1]:
                cells.pop()
            if not cells:
                continue
            count += 1
            if count > self.limits.rows:
                message = said(
                    "more than {rows} rows; split the table into several files",
                    rows=self.limits.rows,
                )
                self.fail(TableFault.TOO_LARGE, message, table=table, line=line)
            if len(cells) > self.limits.columns:
                message = said(
                    "more than {columns} columns; leave out those that are no part of the"
                    " catalogue",
                    columns=self.limits.columns,
                )
                self.fail(TableFault.TOO_LARGE, message, table=table, line=line)
            yield TableRow(line, tuple(cells), len(raw_cells))

    def _note_long(self, table: str, line: int, cells: Sequence[str]) -> None:
        longest = self.limits.cell_characters
        for column, cell in enumerate(cells, 1):
            if len(cell) > longest:
                message = said(
                    "the cell has {count} characters, and {longest} are read; split it, or look"
                    " for a quotation mark that is not closed",
                    count=len(cell),
                    longest=longest,
                )
                self.note(TableFault.LONG_CELL, message, table=table, line=line, column=column)

    def problem(
        self,
        fault: TableFault,
        message: Said,
        *,
        table: str = "",
        line: int | None = None,
        column: int | None = None,
    ) -> TableProblem:
        """Return a problem of this file; `path` shows its sheet and cell as a spreadsheet does."""
        cell = "" if column is None else f"{index_to_letters(column - 1)}{line or ''}"
        path = f"{table}!{cell}" if table and cell else table or cell
        return TableProblem(self.file, line, path, message, fault, table, column)

    def note(
        self,
        fault: TableFault,
        message: Said,
        *,
        table: str = "",
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        """Remember an error after which reading goes on."""
        problem = self.problem(fault, message, table=table, line=line, column=column)
        if problem in self._known:
            return
        self._known.add(problem)
        self.problems.append(problem)
        if len(self.problems) > _MOST_PROBLEMS:
            raise TableFileError(self.problems)

    def warn(
        self,
        message: Said,
        *,
        table: str = "",
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        """Remember what was decided here, for its owner to look at."""
        problem = self.problem(TableFault.HIDDEN, message, table=table, line=line, column=column)
        if problem not in self._known:
            self._known.add(problem)
            self.warnings.append(problem)

    def check_tables(self, tables: Sized) -> None:
        """Give up where a page holds more tables than are read.

        Raises:
            TableFileError: it does.
        """
        most = self.limits.tables
        if len(tables) > most:
            message = said("more than {tables} tables; split the file", tables=most)
            self.fail(TableFault.TOO_LARGE, message)

    def fail(
        self, fault: TableFault, message: Said, *, table: str = "", line: int | None = None
    ) -> NoReturn:
        """Give up, with all that was found so far.

        Raises:
            TableFileError: always.
        """
        raise TableFileError([*self.problems, self.problem(fault, message, table=table, line=line)])


def told_apart(tables: Iterable[tuple[str, T]]) -> Iterator[tuple[str, T]]:
    """Yield tables with the headings above them; the second one's is called "Heading (2)"."""
    seen = Counter[str]()
    for heading, table in tables:
        seen[heading] += 1
        number = seen[heading]
        yield heading if number == 1 else f"{heading} ({number})".lstrip(), table
