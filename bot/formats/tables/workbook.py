"""XLSX workbooks, read row by row. Formulas are never computed: the value last shown is read."""

import errno
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import openpyxl
from defusedxml.common import DefusedXmlException
from openpyxl.utils.escape import unescape
from openpyxl.utils.exceptions import InvalidFileException

from bot.domain.said import said
from bot.formats.tables.archive import check_archive, check_sheets
from bot.formats.tables.books.number_formats import as_shown, tells_more
from bot.formats.tables.books.unseen import MergedCells, Unseen
from bot.formats.tables.cells import SHEET_ERRORS
from bot.formats.tables.model import TableFault, TableRow
from bot.formats.tables.reading import Reading
from bot.formats.tables.sheet_parts import check_cells
from bot.values import dataclass

_BATCH = 500
_LAST_ROW = 1_048_576
_EXACT = 1e15
_PERCENTS = {9, 10}
# openpyxl raises whatever it trips over in a broken part.
_BROKEN = (
    *(ArithmeticError, AssertionError, AttributeError, EOFError, InvalidFileException),
    *(LookupError, NotImplementedError, RecursionError, SyntaxError, TypeError, ValueError),
    *(zipfile.BadZipFile, zlib.error, struct.error),
)


@dataclass(frozen=True, slots=True)
class SheetTable:
    """One sheet of a workbook, as long as the workbook is open."""

    name: str
    sheet: Any
    reading: Reading
    hidden: bool = False
    all_cells: bool = False
    """Whether hidden rows and columns are read too."""
    percents: bool = False
    """Whether a cell of the workbook shows more than its figure, such as a percentage."""

    def rows(self) -> Iterator[TableRow]:
        with _told(self.reading, self.name):
            unseen = check_cells(self.name, self.sheet, self.reading)
        unseen = unseen.left_out(self.name, self.reading, all_cells=self.all_cells)
        yield from self.reading.rows(self.name, self._values(unseen), guards=True)

    def _values(self, unseen: Unseen) -> Iterator[tuple[int, list[str]]]:
        rows = self.sheet.iter_rows(max_row=_LAST_ROW, values_only=not self.percents)
        start = 1
        merged = MergedCells(self.name, unseen, self.reading) if unseen.is_merged else None
        while True:
            with _told(self.reading, self.name):
                batch = _quietly(rows)
            if not batch:
                return
            for line, values in enumerate(batch, start):
                if line in unseen.rows:
                    continue
                shown = tuple(map(_value, values)) if self.percents else values
                if merged is not None:
                    merged.look(line, shown)
                yield line, self._texts(line, unseen.without_columns(shown))
            start += len(batch)

    def _texts(self, line: int, values: tuple[object, ...]) -> list[str]:
        end = len(values)
        while end and values[end - 1] is None:
            end -= 1
        texts = [_shown(value) for value in values[:end]]
        for column, text in enumerate(texts, 1):
            if text in SHEET_ERRORS:
                message = said(
                    "the cell shows {text}; repair its formula, or clear the cell", text=text
                )
                self.reading.note(
                    TableFault.CELL_ERROR, message, table=self.name, line=line, column=column
                )
        return texts


@contextmanager
def open_workbook(
    path: Path, reading: Reading, *, hidden: bool = False
) -> Iterator[tuple[SheetTable, ...]]:
    """Open an XLSX file and yield its sheets, hidden ones too, in their order.

    `hidden` reads rows and columns that are hidden, too.

    Raises:
        TableFileError: it is damaged, protected or unsafe, passes a limit, or has no sheet.
        OSError: the file cannot be read from the disk.
    """
    check_archive(path, reading)
    with path.open("rb") as file:
        with _told(reading, ""):
            workbook = _loaded(file)
        try:
            sheets = workbook.worksheets
            check_sheets(sheets, reading)
            percents = _has_percents(workbook)
            yield tuple(
                SheetTable(
                    sheet.title,
                    sheet,
                    reading,
                    hidden=sheet.sheet_state != "visible",
                    all_cells=hidden,
                    percents=percents,
                )
                for sheet in sheets
            )
        finally:
            workbook.close()


def _loaded(file: BinaryIO) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)


def _quietly(rows: Iterator[Any]) -> list[Any]:
    """Return the next rows; openpyxl warns of parts that no reader of cells needs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return list(islice(rows, _BATCH))


@contextmanager
def _told(reading: Reading, table: str) -> Iterator[None]:
    """Turn what openpyxl raises on a broken or hostile part into what the owner can do."""
    try:
        yield
    except (*_BROKEN, OSError) as error:
        if isinstance(error, OSError) and error.errno not in {None, errno.EINVAL}:
            raise  # the disk's, not openpyxl's word for a workbook without its parts
        if _is_hostile(error):
            message = said(
                "the workbook defines XML entities, which no spreadsheet program writes;"
                " save it as XLSX again"
            )
            reading.fail(TableFault.UNSAFE, message, table=table)
        message = said(
            "the workbook is damaged; open it in your spreadsheet program and save it as XLSX again"
        )
        reading.fail(TableFault.DAMAGED, message, table=table)


def _is_hostile(error: BaseException | None) -> bool:
    """Whether XML was refused: openpyxl wraps what its parser raises."""
    while error is not None:
        if isinstance(error, DefusedXmlException):
            return True
        error = error.__cause__ or error.__context__
    return False


def _has_percents(workbook: Any) -> bool:
    """Whether any style of the workbook shows more than figures; cells cost more where one does."""
    formats = [str(each) for each in workbook._number_formats]  # noqa: SLF001 - openpyxl tells it
    used = {style.numFmtId for style in workbook._cell_styles}  # noqa: SLF001 - nowhere else
    return bool(used & _PERCENTS) or any(map(tells_more, formats))


def _value(cell: Any) -> object:
    """Return the value of a cell; of a percentage, and of Level 1, the text that is shown."""
    value = cell.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    shown = as_shown(value, cell.number_format)
    return value if shown is None else shown


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return str(unescape(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, timedelta | int) else repr(value)


def _moment(value: datetime) -> str:
    if value.time() == time():
        return value.date().isoformat()
    return value.isoformat(" ", "seconds")
