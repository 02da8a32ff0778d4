"""The rows of a table as a mapping wants them: turned where headers stand at the side, and cut."""

from collections.abc import Iterator
from itertools import takewhile

from bot.domain.said import said
from bot.formats.mapping.model import Orientation, TableSpec
from bot.formats.tables.source import Table, TableFault, TableFileError, TableProblem, TableRow

MOST_TURNED = 2_000
"""Rows of a table that is turned: they become columns."""


def rows_of(table: Table, spec: TableSpec, file: str = "") -> Iterator[TableRow]:
    """Yield the rows of a table, up to its last one; columns as rows where it lies on its side.

    Raises:
        TableFileError: the table cannot be read, or is too long to be turned.
    """
    rows = table.rows()
    if spec.last_row is not None:
        last = spec.last_row
        rows = takewhile(lambda row: row.line <= last, rows)
    if spec.orientation is Orientation.ROWS:
        return rows
    return turned(rows, spec.skip_rows or 0, file)


def turned(rows: Iterator[TableRow], skipped: int = 0, file: str = "") -> Iterator[TableRow]:
    """Yield the columns of a table as rows; the line of one is its column's number.

    Rows up to `skipped` stand above the table. Rows of a turned table keep their letters: the
    third row below them is its column C.
    """
    kept: list[TableRow] = []
    for row in rows:
        if row.line > skipped:
            kept.append(row)
        if len(kept) > MOST_TURNED:
            message = said(
                "a table with its headers at the side has at most {most} rows; turn it in your"
                " spreadsheet program",
                most=MOST_TURNED,
            )
            problem = TableProblem(file, row.line, "", message, TableFault.TOO_LARGE)
            raise TableFileError([problem])
    width = max((len(row.cells) for row in kept), default=0)
    for at in range(width):
        cells = [row.cells[at] if at < len(row.cells) else "" for row in kept]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield TableRow(at + 1, tuple(cells))
