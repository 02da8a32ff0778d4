"""Writes CSV as spreadsheet programs read it: UTF-8 with its mark, quoted where it must be."""

import csv
from pathlib import Path

from bot.domain.framework import CatalogueContent
from bot.domain.text import remembered
from bot.formats.exports.language import Language
from bot.formats.exports.rows import Sheet
from bot.formats.exports.sheets import book_sheets, long_sheet
from bot.formats.exports.wide import wide_sheet
from bot.formats.tables.cells import as_cell, guarded


def write_long(content: CatalogueContent, language: Language, path: Path) -> None:
    """Write a row for each expectation."""
    _write(long_sheet(content, language), path)


def write_wide(content: CatalogueContent, language: Language, path: Path) -> None:
    """Write a row for each role and skill, with a column for each level."""
    _write(wide_sheet(content, language), path)


def write_set(content: CatalogueContent, language: Language, folder: Path) -> None:
    """Write a folder of tables: skills, roles with their levels, and expectations.

    Raises:
        FileExistsError: the folder holds other tables; together they would be read as one.
    """
    folder.mkdir(exist_ok=True)
    sheets = {f"{each.name.lower()}.csv": each for each in book_sheets(content, language)}
    others = sorted(each.name for each in folder.glob("*.csv") if each.name not in sheets)
    if others:
        raise FileExistsError(f"{folder} holds other tables: {', '.join(others)}")
    for name, sheet in sheets.items():
        _write(sheet, folder / name)


@remembered(16_384)
def cell_text(text: str) -> str:
    """Return a text as the cell of a spreadsheet: safe to open, and read back as it is."""
    return guarded(as_cell(text)) if text else ""


def _write(sheet: Sheet, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(map(cell_text, sheet.header))
        writer.writerows(map(cell_text, row) for row in sheet.rows())
