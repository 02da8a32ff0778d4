"""Opens a file of tables, whatever its format: CSV, TSV, XLSX, Markdown or JSON."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.formats.tables.delimited import open_delimited
from bot.formats.tables.encodings import encoding_of
from bot.formats.tables.kinds import FileKind, kind_of
from bot.formats.tables.markdown import open_markdown
from bot.formats.tables.model import (
    Table,
    TableFault,
    TableFile,
    TableFileError,
    TableLimits,
    TableProblem,
    TableRow,
)
from bot.formats.tables.reading import Reading
from bot.formats.tables.records import open_records
from bot.formats.tables.workbook import open_workbook

__all__ = [
    "Table",
    "TableFault",
    "TableFile",
    "TableFileError",
    "TableLimits",
    "TableProblem",
    "TableRow",
    "open_tables",
]

DEFAULT_LIMITS = TableLimits()


@contextmanager
def open_tables(
    path: Path,
    *,
    limits: TableLimits = DEFAULT_LIMITS,
    encoding: str | None = None,
    delimiter: str | None = None,
    hidden: bool = False,
    is_heading: Callable[[str], bool] = lambda _cell: False,
) -> Iterator[TableFile]:
    """Open a file and find its tables; rows are read when they are asked for.

    The content decides what the file is; its name only tells Markdown, JSON and CSV apart.
    `encoding` (a name that Python knows) and `delimiter` (one character) are found out where they
    are None; XLSX needs neither. `hidden` reads the hidden rows and columns of a sheet.
    `is_heading` tells whether a cell is a known name of a column: the delimiter that gives a row
    of them is the right one.

    Raises:
        TableFileError: the file is not one of tables, is damaged, or passes a limit.
        OSError: the file cannot be read from the disk.
    """
    reading = Reading(path.name, limits)
    kind = kind_of(path, limits)
    if kind is FileKind.WORKBOOK:
        with open_workbook(path, reading, hidden=hidden) as sheets:
            yield TableFile(sheets, reading.problems, reading.warnings)
        return
    found = encoding_of(path, encoding)
    reading.warnings += [found.warning] if found.warning else []
    tables: tuple[Table, ...]
    if kind is FileKind.MARKDOWN:
        tables = open_markdown(path, reading, found)
    elif kind is FileKind.RECORDS:
        tables = open_records(path, reading, found)
    else:
        tables = (open_delimited(path, reading, found, delimiter, is_heading),)
    yield TableFile(tables, reading.problems, reading.warnings)
