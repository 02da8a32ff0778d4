"""Short ways to write a file of tables and read it."""

from collections.abc import Sequence
from pathlib import Path

import openpyxl

from bot.formats.tables.source import TableFileError, TableLimits, TableProblem, open_tables

Rows = list[tuple[str, ...]]


def read(path: Path, **options: object) -> Rows:
    """Return all rows of a file of one table, which must be without any problem."""
    with open_tables(path, **options) as file:  # type: ignore[arg-type]  # options of each test
        (table,) = file
        rows = [row.cells for row in table.rows()]
        assert file.problems == []
    return rows


def lines(path: Path) -> list[int]:
    """Return the line of each row of a file of one table."""
    with open_tables(path) as file:
        return [row.line for row in file[0].rows()]


def all_tables(path: Path) -> dict[str, Rows]:
    """Return the rows of each table by its name."""
    with open_tables(path) as file:
        return {table.name: [row.cells for row in table.rows()] for table in file}


def problems(path: Path, limits: TableLimits | None = None) -> list[TableProblem]:
    """Read a file to its end, or to where it cannot be read, and return what is wrong with it."""
    try:
        with open_tables(path, limits=limits or TableLimits()) as file:
            for table in file:
                list(table.rows())
            return list(file.problems)
    except TableFileError as error:
        return list(error.problems)


def warnings(path: Path) -> list[TableProblem]:
    with open_tables(path) as file:
        return list(file.warnings)


def workbook(path: Path, **sheets: Sequence[Sequence[object]]) -> Path:
    """Write an XLSX file of these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path
