"""What python-calamine does not tell of an OpenDocument sheet: its size, and how it looks."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any, NoReturn

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from bot.domain.said import Said, said
from bot.formats.tables.books.looks import Looks
from bot.formats.tables.cells import SHEET_ERRORS
from bot.formats.tables.damaged_zip import DamagedZip, zip_damage
from bot.formats.tables.kinds import MUST_BE_SAVED, FileKind
from bot.formats.tables.model import TableFault
from bot.formats.tables.reading import Reading
from bot.values import dataclass

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TYPE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"
_SHEET, _ROW, _CELL, _COVERED, _COLUMN = (
    f"{_TABLE}{name}"
    for name in ("table", "table-row", "table-cell", "covered-table-cell", "table-column")
)
_REPEATED_ROWS = f"{_TABLE}number-rows-repeated"
_REPEATED_CELLS = f"{_TABLE}number-columns-repeated"
_WIDE, _HIGH = f"{_TABLE}number-columns-spanned", f"{_TABLE}number-rows-spanned"
_FORMULA, _VISIBILITY = f"{_TABLE}formula", f"{_TABLE}visibility"
_PARAGRAPH, _BREAK, _SPACE, _TAB = (f"{_TEXT}{name}" for name in ("p", "line-break", "s", "tab"))
_UNSEEN = frozenset({"collapse", "filter"})
_MOST_REPEATED = 1_000
"""A cell that is shown as a percentage more often, side by side, is read as its number."""
_MOST_HIDDEN = 1_000
_ERROR = re.compile(r"Err:\d{3}")
_UNIT = re.compile(r"(?!.*\d[eE][-+]?\d).*[^\W\d_]", re.DOTALL)
"""A figure with words around it, such as L1: what is shown is its name."""


@dataclass(slots=True)
class _Cell:
    count: int
    filled: bool
    shown: str | None = None
    """What it shows where python-calamine gives something else; None where it does not."""
    uncomputed: bool = False
    spans: tuple[int, int] = (1, 1)


@dataclass(slots=True)
class _Sheet:
    name: str
    rows: int = 0
    columns: int = 0
    height: int = 0
    width: int = 0
    looks: Looks = field(default_factory=Looks)


def checked_looks(
    path: Path, reading: Reading, *, most: int, too_many: Said
) -> Mapping[str, Looks]:
    """Return how each sheet looks; refuse one that spans more than `most` cells.

    A sheet may say in a few bytes that a cell stands there a million times.

    Raises:
        TableFileError: it does, or its XML is none.
    """
    try:
        with (
            zip_damage(),
            zipfile.ZipFile(path) as archive,
            archive.open("content.xml") as source,
        ):
            return _checked(source, reading, most=most, too_many=too_many)
    except (SyntaxError, DamagedZip):
        _refuse(reading)


def _checked(source: Any, reading: Reading, *, most: int, too_many: Said) -> Mapping[str, Looks]:
    found: dict[str, Looks] = {}
    try:
        for sheet in _sheets(source):
            if sheet.height * sheet.width > most:
                reading.fail(TableFault.UNSAFE, too_many, table=sheet.name)
            sheet.looks.end()
            found[sheet.name] = sheet.looks
    except DefusedXmlException:
        message = said(
            "the workbook defines XML entities, which no spreadsheet program writes;"
            " save it as XLSX again"
        )
        reading.fail(TableFault.UNSAFE, message)
    return found


def _refuse(reading: Reading) -> NoReturn:
    fault, message = MUST_BE_SAVED[FileKind.OPEN_DOCUMENT]
    reading.fail(fault, message)


def _sheets(source: Any) -> Iterator[_Sheet]:
    """Yield each sheet with the cells it spans, up to the last one that says something."""
    sheet, cells = _Sheet(""), list[_Cell]()
    for event, element in iterparse(source, events=("start", "end")):
        tag = element.tag
        if event == "start":
            if tag == _SHEET:
                sheet = _Sheet(element.get(f"{_TABLE}name", ""))
            elif tag == _ROW:
                cells = []
        elif tag == _CELL:
            cells.append(_cell(element))
        elif tag == _COVERED:
            text = "".join(element.itertext())
            count = int(element.get(_REPEATED_CELLS, "1"))
            cells.append(_Cell(count, bool(text), "" if text else None))
        elif tag == _COLUMN:
            _note_column(sheet, element)
        elif tag == _ROW:
            unseen = element.get(_VISIBILITY) in _UNSEEN
            _end_row(sheet, cells, int(element.get(_REPEATED_ROWS, "1")), unseen=unseen)
            element.clear()
        elif tag == _SHEET:
            yield sheet


def _note_column(sheet: _Sheet, element: Any) -> None:
    count = int(element.get(_REPEATED_CELLS, "1"))
    if element.get(_VISIBILITY) in _UNSEEN:
        last = sheet.columns + min(count, _MOST_HIDDEN)
        sheet.looks.unseen.columns.update(range(sheet.columns, last))
    sheet.columns += count


def _cell(element: Any) -> _Cell:
    kind = element.get(_TYPE)
    text = "".join(element.itertext())
    found = _Cell(int(element.get(_REPEATED_CELLS, "1")), bool(text))
    if element.get(_WIDE) or element.get(_HIGH):
        found.spans = int(element.get(_WIDE, "1")), int(element.get(_HIGH, "1"))
    if text:
        found.shown = _shown(element, kind, text)
    elif kind is None and element.get(_FORMULA):
        found.uncomputed = True
    return found


def _shown(element: Any, kind: str | None, text: str) -> str | None:
    """Return what a cell shows, where python-calamine gives something else."""
    if kind == "percentage":
        return _written(element)
    if kind == "float" and _UNIT.match(text):
        return _written(element)
    if element.get(_FORMULA) and (_ERROR.fullmatch(text) or text in SHEET_ERRORS):
        return text
    if element.find(f".//{_BREAK}") is not None:
        return _written(element)
    return None


def _written(element: Any) -> str:
    """Return the text of a cell's paragraphs, without the comment on it."""
    return "\n".join("".join(_parts(each)) for each in element if each.tag == _PARAGRAPH)


def _parts(element: Any) -> Iterator[str]:
    yield element.text or ""
    for each in element:
        if each.tag == _BREAK:
            yield "\n"
        elif each.tag in (_SPACE, _TAB):
            yield " "
        else:
            yield from _parts(each)
        yield each.tail or ""


def _end_row(sheet: _Sheet, cells: list[_Cell], count: int, *, unseen: bool) -> None:
    last = max((at for at, cell in enumerate(cells, 1) if cell.filled), default=0)
    looks, column = sheet.looks, 0
    for cell in cells[:last] if not cells or cells[-1].count > _MOST_REPEATED else cells:
        few = cell.count * count <= _MOST_REPEATED
        if cell.spans != (1, 1):
            wide, high = cell.spans
            looks.unseen.merge(sheet.rows + 1, column + 1, sheet.rows + high, column + wide)
        if few and (cell.shown is not None or cell.uncomputed):
            places = [
                (sheet.rows + row, column + at)
                for row in range(1, count + 1)
                for at in range(1, cell.count + 1)
            ]
            if cell.uncomputed:
                looks.uncomputed.update(places)
            else:
                looks.shown |= dict.fromkeys(places, cell.shown or "")
        if cell.filled and looks.unseen.columns:
            looks.filled.update(range(column, column + min(cell.count, _MOST_HIDDEN)))
        column += cell.count
    if unseen and last:
        looks.unseen.rows.update(range(sheet.rows + 1, sheet.rows + min(count, _MOST_HIDDEN) + 1))
    sheet.rows += count
    if last:
        sheet.height = sheet.rows
        sheet.width = max(sheet.width, sum(cell.count for cell in cells[:last]))
