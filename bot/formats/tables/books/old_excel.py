"""What python-calamine does not tell of a sheet of old Excel: how it looks, as xlrd reads it."""

import io
import struct
from collections.abc import Mapping
from pathlib import Path

import xlrd
from xlrd.biffh import XLRDError
from xlrd.book import Book
from xlrd.compdoc import CompDocError
from xlrd.sheet import Sheet

from bot.formats.tables.books.looks import Looks
from bot.formats.tables.books.number_formats import as_shown, tells_more

# What else xlrd meets a damaged workbook with.
_DAMAGED = (struct.error, LookupError, ArithmeticError, ValueError, TypeError, AttributeError)


class Unreadable(Exception):
    """The workbook is not laid out as old Excel's are."""


def looks_of(path: Path) -> Mapping[str, Looks]:
    """Return how each sheet looks, by its name.

    Raises:
        Unreadable: it cannot be told.
        OSError: the file cannot be read from the disk.
    """
    try:
        # What it remarks would be printed.
        book = xlrd.open_workbook(
            str(path), logfile=io.StringIO(), formatting_info=True, on_demand=True
        )
        with book:
            return {name: _looks(book, name) for name in book.sheet_names()}
    except (XLRDError, CompDocError, AssertionError, *_DAMAGED) as error:
        raise Unreadable from error


def _looks(book: Book, name: str) -> Looks:
    """Return how a sheet looks, which is let go of then."""
    sheet = book.sheet_by_name(name)
    looks = Looks()
    _note_hidden(sheet, looks)
    for top, below, left, right in sheet.merged_cells:
        looks.unseen.merge(top + 1, left + 1, below, right)
    styles = [book.format_map[style.format_key].format_str for style in book.xf_list]
    telling = {at: shape for at, shape in enumerate(styles) if tells_more(shape)}
    for row in range(sheet.nrows):
        _note_row(sheet, row, telling, looks)
    looks.end()
    book.unload_sheet(name)
    return looks


def _note_hidden(sheet: Sheet, looks: Looks) -> None:
    """Note hidden rows in which something stands, and hidden columns."""
    for row, height in sheet.rowinfo_map.items():
        if height.hidden and row < sheet.nrows and any(map(_is_filled, sheet.row_types(row))):
            looks.unseen.rows.add(row + 1)
    for column, width in sheet.colinfo_map.items():
        if width.hidden or not width.width:
            looks.unseen.columns.add(column)


def _note_row(sheet: Sheet, row: int, telling: Mapping[int, str], looks: Looks) -> None:
    for column, kind in enumerate(sheet.row_types(row)):
        if not _is_filled(kind):
            continue
        looks.filled.add(column)
        shown, value = None, sheet.cell_value(row, column)
        if kind == xlrd.XL_CELL_ERROR:
            shown = xlrd.error_text_from_code.get(int(value))
        elif kind == xlrd.XL_CELL_NUMBER:
            shape = telling.get(sheet.cell_xf_index(row, column))
            shown = as_shown(float(value), shape) if shape else None
        if shown is not None:
            looks.shown[row + 1, column + 1] = shown


def _is_filled(kind: int) -> bool:
    return kind not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)
