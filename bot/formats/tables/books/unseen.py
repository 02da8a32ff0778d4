"""What a sheet hides, and which of its cells are merged; what of it its owner is told."""

from collections.abc import Callable
from dataclasses import field

from bot.domain.said import said
from bot.formats.tables.letters import index_to_letters
from bot.formats.tables.reading import Reading
from bot.values import dataclass

_MOST_MERGED = 2_000
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

    @property
    def is_merged(self) -> bool:
        """Whether cells are merged that may be no headings."""
        return bool(self.merged or self.merged_down)

    def merge(self, row: int, column: int, last_row: int, last_column: int) -> None:
        """Note cells merged from this row and column (both from 1) on, to the last ones.

        What begins in the first column is a heading or a group of what stands beside it.
        """
        if column == 1:
            return
        if column < last_column and len(self.merged) < _MOST_MERGED:
            self.merged.setdefault(row, []).append(column - 1)
        if row < last_row and len(self.merged_down) < _MOST_MERGED:
            self.merged_down.setdefault(row + 1, []).append(column - 1)

    def without_columns(self, values: tuple[object, ...]) -> tuple[object, ...]:
        """Return a row with nothing in the hidden columns."""
        if not self.columns:
            return values
        return tuple(None if at in self.columns else value for at, value in enumerate(values))

    def left_out(self, sheet: str, reading: Reading, *, all_cells: bool) -> "Unseen":
        """Say what is left out, and return it; nothing is where `all_cells` are read."""
        if not all_cells:
            self._tell(sheet, reading)
            return self
        return Unseen(merged=self.merged, merged_down=self.merged_down)

    def _tell(self, sheet: str, reading: Reading) -> None:
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
                columns=_spans(self.columns, index_to_letters),
            )
            reading.warn(message, table=sheet)


class MergedCells:
    """Tells of texts merged over several cells below the headers, row by row.

    A title stands alone in its row, and merged cells in the first full row are headers. A group or
    role stands left of all that it is merged over.
    """

    def __init__(self, sheet: str, unseen: Unseen, reading: Reading) -> None:
        self._sheet = sheet
        self._unseen = unseen
        self._reading = reading
        self._headed = False

    def look(self, line: int, values: tuple[object, ...]) -> None:
        """Look at the next row; cells without a value are None or empty."""
        over = self._unseen.merged.get(line, [])
        if self._headed:
            for column in over:
                if column < len(values) and values[column] and any(values[:column]):
                    message = said(
                        "cells are merged over several columns, and read for the first of them"
                        " alone; part them, and write the text into each"
                    )
                    self._reading.warn(message, table=self._sheet, line=line, column=column + 1)
            for column in self._unseen.merged_down.get(line, []):
                if any(values[:column]):
                    message = said(
                        "the cell is one with that above it, whose text the first row alone has;"
                        " part them, and write the text into each row it is meant for"
                    )
                    self._reading.warn(message, table=self._sheet, line=line, column=column + 1)
        full = sum(value not in (None, "") for value in values) > 1
        self._headed = self._headed or (not over and full)


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
