"""XLSX workbooks, read row by row. Formulas are never computed: the value last shown is read."""

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import openpyxl
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.utils.escape import unescape
from openpyxl.utils.exceptions import InvalidFileException

from bot.domain.said import said
from bot.formats.tables.archive import check_archive
from bot.formats.tables.model import TableFault, TableRow
from bot.formats.tables.reading import Reading

_BATCH = 500
_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ROW, _CELL, _FORMULA, _VALUE = (f"{_MAIN}{name}" for name in ("row", "c", "f", "v"))
_ERRORS = {"#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
_EXACT = 1e15
# openpyxl raises whatever it trips over in a broken part.
_BROKEN = (
    *(ArithmeticError, AssertionError, AttributeError, EOFError, InvalidFileException),
    *(LookupError, NotImplementedError, RecursionError, SyntaxError, TypeError, ValueError),
    *(zipfile.BadZipFile, zlib.error),
)


@dataclass(frozen=True, slots=True)
class SheetTable:
    """One sheet of a workbook, as long as the workbook is open."""

    name: str
    sheet: Any
    reading: Reading

    def rows(self) -> Iterator[TableRow]:
        with _told(self.reading, self.name):
            _check_cells(self.name, self.sheet, self.reading)
        yield from self.reading.rows(self.name, self._values(), guards=True)

    def _values(self) -> Iterator[tuple[int, list[str]]]:
        rows = self.sheet.iter_rows(max_row=_LAST_ROW, values_only=True)
        start = 1
        while True:
            with _told(self.reading, self.name):
                batch = _quietly(rows)
            if not batch:
                return
            for line, values in enumerate(batch, start):
                yield line, self._texts(line, values)
            start += len(batch)

    def _texts(self, line: int, values: tuple[object, ...]) -> list[str]:
        end = len(values)
        while end and values[end - 1] is None:
            end -= 1
        texts = [_shown(value) for value in values[:end]]
        for column, text in enumerate(texts, 1):
            if text in _ERRORS:
                message = said(
                    "the cell shows {text}; repair its formula, or clear the cell", text=text
                )
                self.reading.note(
                    TableFault.CELL_ERROR, message, table=self.name, line=line, column=column
                )
        return texts


@contextmanager
def open_workbook(path: Path, reading: Reading) -> Iterator[tuple[SheetTable, ...]]:
    """Open an XLSX file and yield its sheets, hidden ones too, in their order.

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
            if not sheets:
                message = said("the workbook has no sheet with cells; put the table on a sheet")
                reading.fail(TableFault.NO_TABLE, message)
            if len(sheets) > reading.limits.tables:
                message = said(
                    "more than {tables} sheets; split the workbook", tables=reading.limits.tables
                )
                reading.fail(TableFault.TOO_LARGE, message)
            yield tuple(SheetTable(sheet.title, sheet, reading) for sheet in sheets)
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
        if isinstance(error, OSError) and error.errno is not None:
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


def _check_cells(name: str, sheet: Any, reading: Reading) -> None:
    """Note formulas without a value, and refuse cells and rows beyond the edge of a sheet.

    openpyxl gives a formula that was never computed as an empty cell, makes as many cells as the
    last one of a row says, and leaves out rows that stand in the wrong place: all of that must be
    seen beforehand.

    Raises:
        ValueError: the rows of the sheet are not those of a sheet.
    """
    sheet.reset_dimensions()
    part = sheet._worksheet_path  # noqa: SLF001 - openpyxl tells it nowhere else
    last = 0
    with sheet.parent._archive.open(part) as source:  # noqa: SLF001 - likewise
        for _event, element in iterparse(source):
            if element.tag == _CELL:
                _check_cell(name, element, reading)
            elif element.tag == _ROW:
                row = int(float(element.get("r", last + 1)))
                if not last < row <= _LAST_ROW:
                    raise ValueError(f"row {row} after row {last}")
                last = row
                element.clear()


def _check_cell(name: str, cell: Any, reading: Reading) -> None:
    place = cell.get("r")
    line, column = coordinate_to_tuple(place) if place else (None, None)
    if column is not None and column > _LAST_COLUMN:
        raise ValueError(f"column {column}")
    formula = cell.find(_FORMULA)
    # A formula that gives an empty text says so by its type.
    if formula is None or cell.findtext(_VALUE) or cell.get("t") == "str":
        return
    message = said(
        "the formula has no value yet; open the file in your spreadsheet program,"
        " save it and import it again, or replace the formula by its value"
    )
    reading.note(TableFault.FORMULA, message, table=name, line=line, column=column)


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
