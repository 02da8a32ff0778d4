"""Opens a file of tables, whatever its format: CSV, a workbook, a page, JSON or YAML."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.formats.tables.delimited import open_delimited
from bot.formats.tables.encodings import TextEncoding, encoding_of
from bot.formats.tables.kinds import MUST_BE_SAVED, FileKind, kind_of
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
from bot.formats.tables.records import open_records, open_yaml
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

    The content decides what the file is; its name only tells apart what is text: Markdown, HTML,
    JSON, YAML and CSV.
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
        with open_workbook(path, reading, hidden=hidden) as workbook:
            yield TableFile(workbook, reading.problems, reading.warnings)
        return
    if kind in MUST_BE_SAVED:
        # python-calamine is loaded for the first workbook of its kinds.
        from bot.formats.tables.books.spreadsheet import open_spreadsheet

        sheets = open_spreadsheet(path, reading, kind, hidden=hidden)
        yield TableFile(sheets, reading.problems, reading.warnings)
        return
    found = encoding_of(path, encoding)
    reading.warnings += [found.warning] if found.warning else []
    try:
        tables = _opened(path, kind, reading, found, delimiter, is_heading)
    except TableFileError as error:
        # A wrong encoding may be why nothing could be read: its warning is not lost.
        raise TableFileError(error.problems, reading.warnings) from error
    yield TableFile(tables, reading.problems, reading.warnings)


def _opened(
    path: Path,
    kind: FileKind,
    reading: Reading,
    found: TextEncoding,
    delimiter: str | None,
    is_heading: Callable[[str], bool],
) -> tuple[Table, ...]:
    """Return the tables of a text file of this kind."""
    if kind is FileKind.MARKDOWN:
        return open_markdown(path, reading, found)
    if kind is FileKind.HTML:
        # The parser of HTML is loaded for the first web page.
        from bot.formats.tables.html.found import open_html

        return open_html(path, reading, found)
    if kind is FileKind.RECORDS:
        return open_records(path, reading, found)
    if kind is FileKind.YAML:
        return open_yaml(path, reading, found)
    return (open_delimited(path, reading, found, delimiter, is_heading),)
