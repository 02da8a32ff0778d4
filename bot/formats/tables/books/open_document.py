"""What python-calamine does not tell of an OpenDocument sheet: its size, and shown percentages."""

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any, NoReturn

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from bot.domain.said import Said, said
from bot.formats.tables.damaged_zip import DamagedZip, zip_damage
from bot.formats.tables.kinds import MUST_BE_SAVED, FileKind
from bot.formats.tables.model import TableFault
from bot.formats.tables.reading import Reading
from bot.values import dataclass

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TYPE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"
_SHEET, _ROW, _CELL, _COVERED = (
    f"{_TABLE}{name}" for name in ("table", "table-row", "table-cell", "covered-table-cell")
)
_REPEATED_ROWS = f"{_TABLE}number-rows-repeated"
_REPEATED_CELLS = f"{_TABLE}number-columns-repeated"
_MOST_REPEATED = 1_000
"""A cell that is shown as a percentage more often, side by side, is read as its number."""

Percents = Mapping[tuple[int, int], str]
"""What cells show, by row and column as a person counts."""


@dataclass(slots=True)
class _Sheet:
    name: str
    rows: int = 0
    height: int = 0
    width: int = 0
    percents: dict[tuple[int, int], str] = field(default_factory=dict)


def checked_percents(
    path: Path, reading: Reading, *, most: int, too_many: Said
) -> Mapping[str, Percents]:
    """Return the shown percentages of each sheet; refuse one that spans more than `most` cells.

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


def _checked(source: Any, reading: Reading, *, most: int, too_many: Said) -> Mapping[str, Percents]:
    found: dict[str, Percents] = {}
    try:
        for sheet in _sheets(source):
            if sheet.height * sheet.width > most:
                reading.fail(TableFault.UNSAFE, too_many, table=sheet.name)
            found[sheet.name] = sheet.percents
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
    sheet, cells = _Sheet(""), list[tuple[int, str, bool]]()
    for event, element in iterparse(source, events=("start", "end")):
        tag = element.tag
        if event == "start":
            if tag == _SHEET:
                sheet = _Sheet(element.get(f"{_TABLE}name", ""))
            elif tag == _ROW:
                cells = []
        elif tag in {_CELL, _COVERED}:
            count = int(element.get(_REPEATED_CELLS, "1"))
            percentage = element.get(_TYPE) == "percentage"
            cells.append((count, "".join(element.itertext()), percentage))
        elif tag == _ROW:
            _end_row(sheet, cells, int(element.get(_REPEATED_ROWS, "1")))
            element.clear()
        elif tag == _SHEET:
            yield sheet


def _end_row(sheet: _Sheet, cells: list[tuple[int, str, bool]], count: int) -> None:
    last = max((at for at, (_, text, _) in enumerate(cells, 1) if text), default=0)
    column = 0
    for repeated, text, percentage in cells[:last]:
        if percentage and text and repeated * count <= _MOST_REPEATED:
            sheet.percents |= {
                (sheet.rows + row, column + at): text
                for row in range(1, count + 1)
                for at in range(1, repeated + 1)
            }
        column += repeated
    sheet.rows += count
    if last:
        sheet.height, sheet.width = sheet.rows, max(sheet.width, column)
