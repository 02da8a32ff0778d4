"""A row as one line of JSON, the same from both databases; and what a table's lines amount to."""

import base64
import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from bot.store.copies.errors import BackupUnusable
from bot.store.copies.shapes import Kind, Shape

Lines = Sequence[bytes]
"""Rows of one table, each as a line that ends with a line feed."""


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def _bytes(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _decoded(value: str) -> bytes:
    return base64.b64decode(value, validate=True)


_OUT: dict[Kind, Callable[[Any], Any]] = {
    Kind.MOMENT: _moment,
    Kind.DATE: date.isoformat,
    Kind.BYTES: _bytes,
}
_IN: dict[Kind, Callable[[Any], Any]] = {
    Kind.MOMENT: datetime.fromisoformat,
    Kind.DATE: date.fromisoformat,
    Kind.BYTES: _decoded,
}
_HELD: dict[Kind, type] = {Kind.INTEGER: int, Kind.BOOLEAN: bool}


class Lining:
    """Writes the rows of one table as lines, and reads them."""

    def __init__(self, shape: Shape) -> None:
        kinds = [kind for _, kind in shape.columns]
        self._table = shape.name
        self._names = [name for name, _ in shape.columns]
        self._out = [(place, _OUT[kind]) for place, kind in enumerate(kinds) if kind in _OUT]
        self._in = [(place, _IN[kind]) for place, kind in enumerate(kinds) if kind in _IN]
        self._held = [_HELD.get(kind, str) for kind in kinds]

    def line(self, row: Sequence[Any]) -> bytes:
        """Return a row, in the order of the table's columns, as its line."""
        cells = list(row)
        for place, write in self._out:
            if cells[place] is not None:
                cells[place] = write(cells[place])
        text = json.dumps(cells, ensure_ascii=False, separators=(",", ":"))
        return text.encode() + b"\n"

    def row(self, line: bytes) -> dict[str, Any]:
        """Return the row of a line, by the names of its columns.

        Raises:
            BackupUnusable: it is not one.
        """
        try:
            cells = self._cells(line)
        except (ValueError, TypeError, RecursionError):
            raise BackupUnusable(reason=f"A row of {self._table} cannot be read.") from None
        return dict(zip(self._names, cells, strict=True))

    def _cells(self, line: bytes) -> list[Any]:
        cells = json.loads(line)
        if not isinstance(cells, list) or len(cells) != len(self._names):
            raise ValueError(self._table)
        for cell, held in zip(cells, self._held, strict=True):
            if cell is not None and type(cell) is not held:  # True is an int, and is none here
                raise TypeError(self._table)
        for place, read in self._in:
            if cells[place] is not None:
                cells[place] = read(cells[place])
        return cells


class Digest:
    """How many lines there were, and the SHA-256 of them all."""

    def __init__(self) -> None:
        self.rows = 0
        self._hash = hashlib.sha256()

    def add(self, lines: Lines) -> None:
        """Take the next lines in."""
        self.rows += len(lines)
        for line in lines:
            self._hash.update(line)

    @property
    def sha256(self) -> str:
        """The hexadecimal digits so far."""
        return self._hash.hexdigest()
