"""Looks at a sheet's XML for what openpyxl does not tell: what is hidden, what was not computed."""

from collections.abc import Iterator
from typing import Any

from defusedxml.ElementTree import iterparse
from openpyxl.utils.cell import coordinate_to_tuple

from bot.domain.said import said
from bot.formats.tables.books.unseen import Unseen
from bot.formats.tables.model import TableFault
from bot.formats.tables.reading import Reading

_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384
_MOST_HIDDEN = 1_000
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ROW, _CELL, _FORMULA, _VALUE, _COLUMN = (
    f"{_MAIN}{name}" for name in ("row", "c", "f", "v", "col")
)
_MERGED = f"{_MAIN}mergeCell"
_YES = ("1", "true")


def check_cells(name: str, sheet: Any, reading: Reading) -> Unseen:
    """Note formulas without a value, and refuse cells and rows beyond the edge of a sheet.

    Returns the rows and columns that are hidden.

    openpyxl gives a formula that was never computed as an empty cell, makes as many cells as the
    last one of a row says, and leaves out rows that stand in the wrong place: all of that must be
    seen beforehand.

    Raises:
        ValueError: the rows of the sheet are not those of a sheet.
    """
    sheet.reset_dimensions()
    part = sheet._worksheet_path  # noqa: SLF001 - openpyxl tells it nowhere else
    last = 0
    unseen = Unseen()
    seen: set[int] = set()
    with sheet.parent._archive.open(part) as source:  # noqa: SLF001 - likewise
        for _event, element in iterparse(source):
            if element.tag == _CELL:
                _check_cell(name, element, reading)
            elif element.tag == _ROW:
                row = int(float(element.get("r", last + 1)))
                if not last < row <= _LAST_ROW:
                    raise ValueError(f"row {row} after row {last}")
                last = row
                hidden = element.get("hidden") in _YES or _is_nothing(element.get("ht"))
                if hidden or unseen.columns:
                    filled = {at for at, cell in _columns(element) if len(cell)}
                    seen |= filled
                    if hidden and filled:
                        unseen.rows.add(row)
                element.clear()
            elif element.tag == _COLUMN and (
                element.get("hidden") in _YES or _is_nothing(element.get("width"))
            ):
                first, end = int(element.get("min", 1)), int(element.get("max", 1))
                unseen.columns.update(range(first - 1, min(end, _MOST_HIDDEN)))
            elif element.tag == _MERGED:
                _note_merged(element.get("ref", ""), unseen)
    unseen.columns &= seen
    return unseen


def _note_merged(span: str, unseen: Unseen) -> None:
    first, _, last = span.partition(":")
    try:
        (row, column), end = coordinate_to_tuple(first), coordinate_to_tuple(last)
    except (ValueError, IndexError, TypeError):
        return  # no reader of cells needs it
    unseen.merge(row, column, *end)


def _is_nothing(size: str | None) -> bool:
    """Whether a row or a column is given a size at which nothing of it is seen."""
    return size is not None and not size.strip("0.")


def _columns(row: Any) -> Iterator[tuple[int, Any]]:
    """Yield the cells of a row with their columns, from 0."""
    at = -1
    for cell in row:
        place = cell.get("r")
        at = coordinate_to_tuple(place)[1] - 1 if place else at + 1
        yield at, cell


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
