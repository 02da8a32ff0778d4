"""Workbooks of other programs: old Excel (XLS), binary Excel (XLSB) and OpenDocument (ODS).

python-calamine reads them whole. It gives values as they were last computed, and tells which sheets
are hidden; for how numbers are shown, XLSX is read with openpyxl instead.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NoReturn

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from bot.domain.said import said
from bot.formats.tables.archive import check_archive
from bot.formats.tables.kinds import MUST_BE_SAVED, FileKind
from bot.formats.tables.model import TableFault, TableRow
from bot.formats.tables.reading import Reading

MOST_CELLS = 5_000_000
"""Cells of one sheet, empty ones among them: all are held in memory."""

_EXACT = 1e15
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_SHEET, _ROW, _CELL, _COVERED = (
    f"{_TABLE}{name}" for name in ("table", "table-row", "table-cell", "covered-table-cell")
)
_REPEATED_ROWS = f"{_TABLE}number-rows-repeated"
_REPEATED_CELLS = f"{_TABLE}number-columns-repeated"
_PANIC = "PanicException"


@dataclass(frozen=True, slots=True)
class SpreadsheetTable:
    """One sheet of a workbook that is open."""

    name: str
    workbook: CalamineWorkbook
    reading: Reading
    kind: FileKind
    hidden: bool = False

    def rows(self) -> Iterator[TableRow]:
        return self.reading.rows(self.name, self._values(), guards=True)

    def _values(self) -> Iterator[tuple[int, list[str]]]:
        sheet = _tried(lambda: self.workbook.get_sheet_by_name(self.name), self.reading, self.kind)
        _, width = sheet.end or (0, 0)
        if sheet.total_height * (width + 1) > MOST_CELLS:
            self.reading.fail(TableFault.TOO_LARGE, _TOO_MANY, table=self.name)
        values = _tried(lambda: sheet.to_python(skip_empty_area=False), self.reading, self.kind)
        for line, row in enumerate(values, 1):
            yield line, [_shown(value) for value in row]


_TOO_MANY = said(
    "the sheet has more than {cells} cells; leave out what is no part of the catalogue, or save"
    " it as CSV (UTF-8)",
    cells=MOST_CELLS,
)


def open_spreadsheet(path: Path, reading: Reading, kind: FileKind) -> tuple[SpreadsheetTable, ...]:
    """Open a workbook and return its sheets, hidden ones too, in their order.

    Raises:
        TableFileError: it is damaged, protected or unsafe, passes a limit, or has no sheet.
        OSError: the file cannot be read from the disk.
    """
    if kind is not FileKind.OLD_EXCEL:
        check_archive(path, reading)
    if kind is FileKind.OPEN_DOCUMENT:
        _check_repeats(path, reading)
    workbook = _tried(lambda: CalamineWorkbook.from_path(str(path)), reading, kind)
    sheets = [each for each in workbook.sheets_metadata if each.name in workbook.sheet_names]
    if not sheets:
        message = said("the workbook has no sheet with cells; put the table on a sheet")
        reading.fail(TableFault.NO_TABLE, message)
    if len(sheets) > reading.limits.tables:
        message = said(
            "more than {tables} sheets; split the workbook", tables=reading.limits.tables
        )
        reading.fail(TableFault.TOO_LARGE, message)
    return tuple(
        SpreadsheetTable(
            each.name, workbook, reading, kind, each.visible is not SheetVisibleEnum.Visible
        )
        for each in sheets
    )


def _tried(read: Any, reading: Reading, kind: FileKind) -> Any:
    """Return what the library reads, or say what the owner can do where it cannot."""
    try:
        return read()
    except PasswordError:
        message = said("the workbook has a password; save a copy without one and import the copy")
        reading.fail(TableFault.PROTECTED, message)
    except CalamineError:
        _refuse(reading, kind)
    except OSError as error:
        if error.errno is not None:
            raise  # the disk's, not the library's word for a file that ends too early
        _refuse(reading, kind)
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        _refuse(reading, kind)


def _refuse(reading: Reading, kind: FileKind) -> NoReturn:
    fault, message = MUST_BE_SAVED[kind]
    reading.fail(fault, message)


def _check_repeats(path: Path, reading: Reading) -> None:
    """Refuse a sheet that says in a few bytes that a cell stands there a million times.

    Raises:
        TableFileError: it does, or its XML is none.
    """
    try:
        with zipfile.ZipFile(path) as archive, archive.open("content.xml") as source:
            for sheet, cells in _sizes(source):
                if cells > MOST_CELLS:
                    reading.fail(TableFault.UNSAFE, _TOO_MANY, table=sheet)
    except DefusedXmlException:
        message = said(
            "the workbook defines XML entities, which no spreadsheet program writes;"
            " save it as XLSX again"
        )
        reading.fail(TableFault.UNSAFE, message)
    except (KeyError, SyntaxError, ValueError, zipfile.BadZipFile):
        _refuse(reading, FileKind.OPEN_DOCUMENT)


def _sizes(source: Any) -> Iterator[tuple[str, int]]:
    """Yield each sheet with how many cells it spans, up to the last one that says something."""
    name, rows, height, width, cells = "", 0, 0, 0, [(0, False)]
    for event, element in iterparse(source, events=("start", "end")):
        tag = element.tag
        if event == "start":
            if tag == _SHEET:
                name, rows, height, width = element.get(f"{_TABLE}name", ""), 0, 0, 0
            elif tag == _ROW:
                cells = []
        elif tag in {_CELL, _COVERED}:
            cells.append(
                (int(element.get(_REPEATED_CELLS, "1")), bool("".join(element.itertext())))
            )
        elif tag == _ROW:
            rows += int(element.get(_REPEATED_ROWS, "1"))
            last = max((at for at, (_, filled) in enumerate(cells, 1) if filled), default=0)
            if last:
                height, width = rows, max(width, sum(count for count, _ in cells[:last]))
            element.clear()
        elif tag == _SHEET:
            yield name, height * width


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, str | timedelta | int) else repr(value)
