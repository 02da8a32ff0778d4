"""What python-calamine does not tell of a sheet of old Excel (BIFF8): how it looks.

Records of a kind and a length stand behind each other in a stream, which a file of linked sectors
holds. Nothing else of it is read here.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path

from bot.formats.tables.books.looks import Looks
from bot.formats.tables.books.number_formats import as_shown, tells_more
from bot.values import dataclass

_FREE = 0xFFFFFFFA
_HEADER, _ENTRY = 512, 128
_LISTED = 109
_BIFF8 = 0x0600
_BOF, _EOF, _BOUNDSHEET, _FORMAT, _XF = 0x0809, 0x000A, 0x0085, 0x041E, 0x00E0
_ROW, _COLUMN, _MERGED = 0x0208, 0x007D, 0x00E5
_NUMBER, _RK, _MANY_RK, _FORMULA, _ERROR = 0x0203, 0x027E, 0x00BD, 0x0006, 0x0205
_TEXTS = frozenset({0x00FD, 0x0204, 0x00D6})
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_NOT_A_NUMBER = 0xFFFF
_BUILT_IN = {9: "0%", 10: "0.00%"}

Record = tuple[int, bytes]


class Unreadable(Exception):
    """The workbook is not laid out as BIFF8 is."""


def looks_of(path: Path) -> Mapping[str, Looks]:
    """Return how each sheet looks, by its name.

    Raises:
        Unreadable: it cannot be told.
        OSError: the file cannot be read from the disk.
    """
    try:
        stream = _stream(path.read_bytes())
        book = _Book()
        for kind, data in _records(stream, 0):
            book.note(kind, data)
        return {name: book.looks(stream, start) for name, start in book.sheets.items()}
    except (struct.error, LookupError, UnicodeDecodeError) as error:
        raise Unreadable from error


def _stream(data: bytes) -> bytes:
    """Return the stream of the workbook out of the sectors of the file."""
    size = 1 << struct.unpack_from("<H", data, 0x1E)[0]
    small = 1 << struct.unpack_from("<H", data, 0x20)[0]
    first, _, most, first_small = struct.unpack_from("<IIII", data, 0x30)
    if not 128 <= size <= 4096 or not 8 <= small <= size:
        raise Unreadable
    sectors = [at for at in _tables(data, size) if at < _FREE]
    step = size // 4
    links: list[int] = []
    for at in sectors:
        links += struct.unpack_from(f"<{step}I", data, _HEADER + at * size)

    def chained(start: int) -> bytes:
        return b"".join(_part(data, _HEADER + at * size, size) for at in _chain(links, start))

    entries = chained(first)
    found = dict(_entries(entries))
    start, length = found.get("Workbook", (_FREE, 0))
    if start >= _FREE:
        raise Unreadable
    if length >= most:
        return chained(start)[:length]
    whole = chained(found["Root Entry"][0])
    table = chained(first_small)
    small_links = list(struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4]))
    parts = (_part(whole, at * small, small) for at in _chain(small_links, start))
    return b"".join(parts)[:length]


def _part(data: bytes, start: int, size: int) -> bytes:
    return data[start : start + size]


def _tables(data: bytes, size: int) -> Iterator[int]:
    """Yield the sectors that hold the links between sectors."""
    yield from struct.unpack_from(f"<{_LISTED}I", data, 0x4C)
    at, seen = struct.unpack_from("<I", data, 0x44)[0], 0
    while at < _FREE and seen <= len(data) // size:
        *found, at = struct.unpack_from(f"<{size // 4}I", data, _HEADER + at * size)
        yield from found
        seen += 1


def _chain(links: list[int], start: int) -> Iterator[int]:
    at, seen = start, 0
    while at < _FREE:
        seen += 1
        if at >= len(links) or seen > len(links):
            raise Unreadable
        yield at
        at = links[at]


def _entries(data: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
    for at in range(0, len(data) - _ENTRY + 1, _ENTRY):
        length = struct.unpack_from("<H", data, at + 64)[0]
        name = data[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        start, size = struct.unpack_from("<II", data, at + 116)
        if name:
            yield ("Root Entry" if data[at + 66] == 5 else name), (start, size)


def _records(stream: bytes, start: int) -> Iterator[Record]:
    """Yield the records from a place on, to the end of what begins there."""
    at, depth = start, 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        data = stream[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == _BOF:
            depth += 1
            if depth == 1 and struct.unpack_from("<H", data)[0] != _BIFF8:
                raise Unreadable
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, data
    raise Unreadable


@dataclass(slots=True)
class _Book:
    sheets: dict[str, int] = field(default_factory=dict)
    """Where each sheet begins in the stream, by its name."""
    formats: dict[int, str] = field(default_factory=lambda: dict(_BUILT_IN))
    styles: list[int] = field(default_factory=list)
    """The number of the format of each style of cells."""

    def note(self, kind: int, data: bytes) -> None:
        """Take a record about the whole workbook."""
        if kind == _BOUNDSHEET:
            start, _, count, wide = struct.unpack_from("<IHBB", data)
            self.sheets[_text(data[8:], count, wide)] = start
        elif kind == _FORMAT:
            number, count, wide = struct.unpack_from("<HHB", data)
            self.formats[number] = _text(data[5:], count, wide)
        elif kind == _XF:
            self.styles.append(struct.unpack_from("<H", data, 2)[0])

    def looks(self, stream: bytes, start: int) -> Looks:
        """Return how the sheet that begins there looks."""
        telling = {
            at: shape
            for at, number in enumerate(self.styles)
            if tells_more(shape := self.formats.get(number, ""))
        }
        sheet = _Sheet(telling)
        for kind, data in _records(stream, start):
            sheet.note(kind, data)
        looks = sheet.looks
        looks.unseen.rows &= sheet.filled_rows
        looks.end()
        return looks


@dataclass(slots=True)
class _Sheet:
    telling: Mapping[int, str]
    """The formats that show more than a figure, by the number of their style."""
    looks: Looks = field(default_factory=Looks)
    filled_rows: set[int] = field(default_factory=set)

    def note(self, kind: int, data: bytes) -> None:
        """Take a record about the sheet."""
        unseen = self.looks.unseen
        if kind == _ROW:
            row, flags = struct.unpack_from("<H10xH", data)
            if flags & 0x20:
                unseen.rows.add(row + 1)
        elif kind == _COLUMN:
            first, last, width, _, flags = struct.unpack_from("<HHHHH", data)
            if flags & 1 or not width:
                unseen.columns.update(range(first, min(last, 255) + 1))
        elif kind == _MERGED:
            count = struct.unpack_from("<H", data)[0]
            for at in range(2, 2 + count * 8, 8):
                top, bottom, left, _ = struct.unpack_from("<HHHH", data, at)
                unseen.merge(top + 1, left + 1, bottom + 1)
        else:
            self._note_cell(kind, data)

    def _note_cell(self, kind: int, data: bytes) -> None:
        if kind in _TEXTS:
            self._fill(*struct.unpack_from("<HH", data))
        elif kind == _NUMBER:
            self._show(*struct.unpack_from("<HHHd", data))
        elif kind == _RK:
            row, column, style, packed = struct.unpack_from("<HHHI", data)
            self._show(row, column, style, _unpacked(packed))
        elif kind == _MANY_RK:
            row, column = struct.unpack_from("<HH", data)
            for at in range(4, len(data) - 2, 6):
                style, packed = struct.unpack_from("<HI", data, at)
                self._show(row, column + (at - 4) // 6, style, _unpacked(packed))
        elif kind == _ERROR:
            row, column, _, code, is_error = struct.unpack_from("<HHHBB", data)
            self._fill(row, column)
            if is_error and code in _ERRORS:
                self.looks.shown[row + 1, column + 1] = _ERRORS[code]
        elif kind == _FORMULA:
            self._note_formula(data)

    def _note_formula(self, data: bytes) -> None:
        row, column, style, value, code, end = struct.unpack_from("<HHHBxBxxxH", data)
        if end != _NOT_A_NUMBER:
            self._show(row, column, style, struct.unpack_from("<d", data, 6)[0])
            return
        self._fill(row, column)
        if value == 2 and code in _ERRORS:
            self.looks.shown[row + 1, column + 1] = _ERRORS[code]

    def _show(self, row: int, column: int, style: int, value: float) -> None:
        self._fill(row, column)
        if style in self.telling:
            shown = as_shown(value, self.telling[style])
            if shown is not None:
                self.looks.shown[row + 1, column + 1] = shown

    def _fill(self, row: int, column: int) -> None:
        self.filled_rows.add(row + 1)
        self.looks.filled.add(column)


def _text(data: bytes, count: int, wide: int) -> str:
    return data[: count * 2].decode("utf-16-le") if wide & 1 else data[:count].decode("latin-1")


def _unpacked(packed: int) -> float:
    """Return a number that is packed into four bytes: the upper half of a double, or an integer."""
    if packed & 2:
        value = float((packed >> 2) - (1 << 30 if packed & 0x8000_0000 else 0))
    else:
        value = struct.unpack("<d", struct.pack("<II", 0, packed & 0xFFFF_FFFC))[0]
    return value / 100 if packed & 1 else value
