"""Workbooks of other programs: old Excel (XLS), binary Excel (XLSB) and OpenDocument (ODS).

python-calamine reads them whole. It gives values as they were last computed, and tells which sheets
are hidden; for how numbers are shown, XLSX is read with openpyxl instead.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NoReturn

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from bot.domain.said import said
from bot.formats.tables.archive import check_archive, check_sheets
from bot.formats.tables.books.looks import Looks
from bot.formats.tables.books.old_excel import Unreadable, looks_of
from bot.formats.tables.books.open_document import checked_looks
from bot.formats.tables.books.unseen import MergedCells
from bot.formats.tables.cells import SHEET_ERRORS
from bot.formats.tables.kinds import MUST_BE_SAVED, FileKind
from bot.formats.tables.model import TableFault, TableRow
from bot.formats.tables.reading import Reading
from bot.values import dataclass

MOST_CELLS = 5_000_000
"""Cells of one sheet, empty ones among them: all are held in memory."""

_EXACT = 1e15
_PANIC = "PanicException"


@dataclass(frozen=True, slots=True)
class SpreadsheetTable:
    """One sheet of a workbook that is open."""

    name: str
    workbook: CalamineWorkbook
    reading: Reading
    kind: FileKind
    hidden: bool = False
    looks: Looks | None = None
    """How the sheet looks; None where the format does not tell it."""
    all_cells: bool = False
    """Whether hidden rows and columns are read too."""

    def rows(self) -> Iterator[TableRow]:
        return self.reading.rows(self.name, self._values(), guards=True)

    def _values(self) -> Iterator[tuple[int, list[str]]]:
        sheet = _tried(lambda: self.workbook.get_sheet_by_name(self.name), self.reading, self.kind)
        _, width = sheet.end or (0, 0)
        if sheet.total_height * (width + 1) > MOST_CELLS:
            self.reading.fail(TableFault.TOO_LARGE, _TOO_MANY, table=self.name)
        values = _tried(lambda: sheet.to_python(skip_empty_area=False), self.reading, self.kind)
        if self.looks is None:
            self._warn_of_shares(values)
            yield from ((line, list(map(_shown, row))) for line, row in enumerate(values, 1))
            return
        yield from self._as_it_looks(self.looks, values)

    def _as_it_looks(
        self, looks: Looks, values: Sequence[Sequence[object]]
    ) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows that are seen, with what their cells show."""
        unseen = looks.unseen.left_out(self.name, self.reading, all_cells=self.all_cells)
        merged = MergedCells(self.name, unseen, self.reading) if unseen.is_merged else None
        self._note_uncomputed(looks)
        told = {line for line, _ in looks.shown}
        for line, row in enumerate(values, 1):
            if line in unseen.rows:
                continue
            texts = list(map(_shown, row))
            if line in told:
                texts = self._shown_texts(line, texts, looks)
            if merged is not None:
                merged.look(line, tuple(texts))
            yield line, ["" if at in unseen.columns else text for at, text in enumerate(texts)]

    def _shown_texts(self, line: int, texts: list[str], looks: Looks) -> list[str]:
        """Return the texts of a row with what its cells show instead; errors are reported."""
        for column, text in enumerate(texts, 1):
            shown = looks.shown.get((line, column), text)
            texts[column - 1] = shown
            if shown is not text and (shown in SHEET_ERRORS or shown.startswith("Err:")):
                message = said(
                    "the cell shows {text}; repair its formula, or clear the cell", text=shown
                )
                self.reading.note(
                    TableFault.CELL_ERROR, message, table=self.name, line=line, column=column
                )
        return texts

    def _note_uncomputed(self, looks: Looks) -> None:
        for line, column in sorted(looks.uncomputed):
            message = said(
                "the formula has no value yet; open the file in your spreadsheet program,"
                " save it and import it again, or replace the formula by its value"
            )
            self.reading.note(
                TableFault.FORMULA, message, table=self.name, line=line, column=column
            )

    def _warn_of_shares(self, values: Sequence[Sequence[object]]) -> None:
        """Warn of columns that the workbook may show as percentages: it is not told here."""
        for at in range(max(map(len, values), default=0)):
            figures = [
                row[at]
                for row in values
                if at < len(row) and isinstance(row[at], float) and row[at] != 0
            ]
            if len(figures) > 1 and _are_shares(figures):
                self.reading.warn(_SHARES, table=self.name, column=at + 1)


_SHARES = said(
    "figures between 0 and 1 are read as they are, such as 0.75; where the workbook shows them as"
    " percentages, save it as XLSX, which is read as it is shown"
)


def _are_shares(figures: Sequence[object]) -> bool:
    floats = [each for each in figures if isinstance(each, float)]
    return all(0 < each <= 1 for each in floats) and any(each != 1 for each in floats)


_TOO_MANY = said(
    "the sheet has more than {cells} cells; leave out what is no part of the catalogue, or save"
    " it as CSV (UTF-8)",
    cells=MOST_CELLS,
)


_NOT_TOLD = said(
    "hidden rows and columns, and merged cells, are not told apart in a workbook of this kind, so"
    " all is read; where it has any, save it as XLSX"
)


def open_spreadsheet(
    path: Path, reading: Reading, kind: FileKind, *, hidden: bool = False
) -> tuple[SpreadsheetTable, ...]:
    """Open a workbook and return its sheets, hidden ones too, in their order.

    `hidden` reads rows and columns that are hidden, too.

    Raises:
        TableFileError: it is damaged, protected or unsafe, passes a limit, or has no sheet.
        OSError: the file cannot be read from the disk.
    """
    if kind is not FileKind.OLD_EXCEL:
        check_archive(path, reading)
    looks: Mapping[str, Looks] = {}
    if kind is FileKind.OPEN_DOCUMENT:
        looks = checked_looks(path, reading, most=MOST_CELLS, too_many=_TOO_MANY)
    workbook = _tried(lambda: CalamineWorkbook.from_path(str(path)), reading, kind)
    sheets = [each for each in workbook.sheets_metadata if each.name in workbook.sheet_names]
    check_sheets(sheets, reading)
    if kind is FileKind.OLD_EXCEL:
        looks = _looks_of_old(path)
    if not looks and not hidden:
        reading.warn(_NOT_TOLD)
    return tuple(
        SpreadsheetTable(
            each.name,
            workbook,
            reading,
            kind,
            each.visible is not SheetVisibleEnum.Visible,
            looks.get(each.name),
            all_cells=hidden,
        )
        for each in sheets
    )


def _looks_of_old(path: Path) -> Mapping[str, Looks]:
    try:
        return looks_of(path)
    except Unreadable:
        return {}  # what python-calamine reads is read all the same


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
