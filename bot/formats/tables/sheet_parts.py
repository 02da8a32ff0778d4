"""Looks at a sheet's XML for what openpyxl does not tell: what is hidden, what was not computed."""

from collections.abc import Callable, Iterator
from dataclasses import field
from typing import Any

from defusedxml.ElementTree import iterparse
from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter

from bot.domain.said import said
from bot.formats.tables.model import TableFault
from bot.formats.tables.reading import Reading
from bot.values import dataclass

_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384
_MOST_HIDDEN = 1_000
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ROW, _CELL, _FORMULA, _VALUE, _COLUMN = (
    f"{_MAIN}{name}" for name in ("row", "c", "f", "v", "col")
)
_MERGED = f"{_MAIN}mergeCell"
_MOST_MERGED = 2_000
_YES = ("1", "true")
_MOST_SPANS = 20


@dataclass(slots=True)
class Unseen:
    """The rows (from 1) and columns (from 0) that a sheet hides."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    merged: dict[int, list[int]] = field(default_factory=dict)
    """Cells merged over columns of one row, by its number: the first column of each, from 0."""
    merged_down: dict[int, list[int]] = field(default_factory=dict)
    """Cells merged over rows, by the number of the second of these: the column of each, from 0."""

    def __bool__(self) -> bool:
        return bool(self.rows or self.columns)

    def without_columns(self, values: tuple[object, ...]) -> tuple[object, ...]:
        """Return a row with nothing in the hidden columns."""
        if not self.columns:
            return values
        return tuple(None if at in self.columns else value for at, value in enumerate(values))

    def tell(self, sheet: str, reading: Reading) -> None:
        """Say what is left out, by numbers and letters as the sheet shows them."""
        if self.rows:
            message = said(
                "hidden rows are left out: {rows}; show them, or set 'hidden' to read in a mapping",
                rows=_spans(self.rows, str),
            )
            reading.warn(message, table=sheet)
        if self.columns:
            message = said(
                "hidden columns are left out: {columns}; show them, or set 'hidden' to read in a"
                " mapping",
                columns=_spans({at + 1 for at in self.columns}, get_column_letter),
            )
            reading.warn(message, table=sheet)


def _spans(numbers: set[int], shown: Callable[[int], str]) -> str:
    """Return numbers as a person lists them: ``4, 7-12``."""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    listed = [shown(a) if a == b else f"{shown(a)}-{shown(b)}" for a, b in spans[:_MOST_SPANS]]
    return ", ".join(listed) + (" …" if len(spans) > _MOST_SPANS else "")


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
                hidden = element.get("hidden") in _YES
                if hidden or unseen.columns:
                    filled = {at for at, cell in _columns(element) if len(cell)}
                    seen |= filled
                    if hidden and filled:
                        unseen.rows.add(row)
                element.clear()
            elif element.tag == _COLUMN and element.get("hidden") in _YES:
                first, end = int(element.get("min", 1)), int(element.get("max", 1))
                unseen.columns.update(range(first - 1, min(end, _MOST_HIDDEN)))
            elif element.tag == _MERGED and len(unseen.merged) < _MOST_MERGED:
                _note_merged(element.get("ref", ""), unseen)
    unseen.columns &= seen
    return unseen


def _note_merged(span: str, unseen: Unseen) -> None:
    first, _, last = span.partition(":")
    try:
        (row, column), (end, _) = coordinate_to_tuple(first), coordinate_to_tuple(last)
    except (ValueError, IndexError, TypeError):
        return  # no reader of cells needs it
    if row == end and column > 1:
        unseen.merged.setdefault(row, []).append(column - 1)
    elif row < end and column > 1 and len(unseen.merged_down) < _MOST_MERGED:
        unseen.merged_down.setdefault(row + 1, []).append(column - 1)


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
