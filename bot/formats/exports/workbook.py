"""Writes an XLSX workbook to be read: an overview, a sheet for each role, and the tables."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from bot.domain.framework import CatalogueContent
from bot.formats.exports.delimited import cell_text
from bot.formats.exports.errors import ExportError
from bot.formats.exports.language import Language
from bot.formats.exports.matrix import LEGEND, Matrix, cell_of, matrices
from bot.formats.exports.rows import Sheet
from bot.formats.exports.sheets import EXPECTATIONS, ROLES, SKILLS, book_sheets

OVERVIEW = "Overview"
LONGEST_CELL = 32_767
MOST_ROLE_SHEETS = 200
"""With more roles than this the workbook has the tables only: nobody turns so many pages."""

_LONGEST_TITLE = 31
_REFUSED = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_HEADER_FONT = Font(bold=True, color="FFFFFF")
_HEADER_FILL = PatternFill("solid", fgColor="1F3A5F")
_TITLE_FONT = Font(bold=True, size=16)
_WIDTHS = {"text": 70, "prompts": 60, "requirement": 13, "proficiency": 14}
_NAME_WIDTH, _TEXT_WIDTH, _KEY_WIDTH = 26, 60, 18


def write_workbook(content: CatalogueContent, language: Language, path: Path) -> None:
    """Write a workbook. The sheets Skills, Roles and Expectations hold everything.

    Raises:
        ExportError: a list is too long for a cell of a spreadsheet.
    """
    workbook = Workbook(write_only=True)
    workbook.properties.creator = "Nextrung"
    workbook.properties.title = language.say(content.name)
    titles = _Titles((OVERVIEW, SKILLS, ROLES, EXPECTATIONS))
    roles = list(matrices(content)) if len(content.roles) <= MOST_ROLE_SHEETS else []
    pages = [(titles.unique(language.say(matrix.role.name)), matrix) for matrix in roles]
    try:
        _overview(workbook, content, language, [title for title, _ in pages])
        for title, matrix in pages:
            _role_sheet(workbook, title, matrix, language)
        for sheet in book_sheets(content, language):
            _table(workbook, sheet)
    finally:
        # Also after a fault: only saving removes the files that openpyxl writes on the way.
        workbook.save(path)


class _Titles:
    """Makes sheet titles that Excel takes, each one once."""

    def __init__(self, taken: Iterable[str]) -> None:
        # Excel keeps "History" for itself.
        self._taken = {"history", *(title.casefold() for title in taken)}

    def unique(self, name: str) -> str:
        stem = _REFUSED.sub(" ", name).strip("' ") or "Role"
        title, number = stem[:_LONGEST_TITLE].strip("' "), 1
        while title.casefold() in self._taken:
            number += 1
            end = f" ({number})"
            title = stem[: _LONGEST_TITLE - len(end)].strip("' ") + end
        self._taken.add(title.casefold())
        return title


def _overview(
    workbook: Any, content: CatalogueContent, language: Language, titles: Sequence[str]
) -> None:
    sheet = workbook.create_sheet(OVERVIEW)
    sheet.column_dimensions["A"].width = 28
    sheet.column_dimensions["B"].width = 90
    title = _cell(sheet, language.say(content.name))
    title.font = _TITLE_FONT
    sheet.append([title])
    sheet.append([])
    counts: tuple[tuple[str, str | int], ...] = (
        ("Roles", len(content.roles)),
        ("Skills", len(content.skills)),
        ("Skill groups", len(content.groups)),
        ("Expectations", len(content.expectations)),
        ("Language", language.locale or content.base_locale),
    )
    pages: tuple[tuple[str, str], ...] = (
        (SKILLS, "Every skill with its group, summary and its own texts by proficiency."),
        (ROLES, "Every role with its levels."),
        (EXPECTATIONS, "Every expectation, a row each."),
        ("To import", "Change these three sheets. Other sheets are for reading, and not imported."),
        ("Reading", LEGEND),
        *((name, "The role's skills down, its levels across.") for name in titles),
    )
    for name, value in counts:
        sheet.append([_cell(sheet, name), _cell(sheet, value)])
    sheet.append([])
    for name, text in pages:
        sheet.append([_cell(sheet, name), _cell(sheet, text)])


def _role_sheet(workbook: Any, title: str, matrix: Matrix, language: Language) -> None:
    names = [language.say(level.name) for level in matrix.levels]
    header = ("Skill", "Skill group", *names)
    rows = (
        (
            language.say(skill.name),
            language.say(skill.group.name),
            *(cell_of(each, language) for each in cells),
        )
        for skill, cells in matrix.rows
    )
    widths = [_NAME_WIDTH, _NAME_WIDTH, *(_TEXT_WIDTH for _ in names)]
    _fill(workbook.create_sheet(title), header, rows, widths, frozen="B2")


def _table(workbook: Any, sheet: Sheet) -> None:
    widths = [_width(name) for name in sheet.header]
    named = sum(name in {"role", "level", "skill"} for name in sheet.header)
    frozen = f"{get_column_letter(named + 1)}2"
    _fill(workbook.create_sheet(sheet.name), sheet.header, sheet.rows(), widths, frozen=frozen)


def _width(name: str) -> int:
    plain = name.split(".", 1)[0]
    if plain.endswith(("_summary", "_prompts")) or plain.startswith("depth_"):
        return _TEXT_WIDTH
    if plain.endswith(("_key", "_rank", "_order", "_track", "_updated")):
        return _KEY_WIDTH
    return _WIDTHS.get(plain, _NAME_WIDTH)


def _fill(
    sheet: Any,
    header: Sequence[str],
    rows: Iterator[tuple[str, ...]],
    widths: Sequence[int],
    *,
    frozen: str,
) -> None:
    """Write a table: a header that stays in view, columns to filter, texts wrapped."""
    for at, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes = frozen
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    titles = [_cell(sheet, name) for name in header]
    for cell in titles:
        cell.font, cell.fill = _HEADER_FONT, _HEADER_FILL
    sheet.append(titles)
    numbers = [name.endswith(("_order", "_rank")) for name in header]
    # One styled cell for each column is written again and again: a row is on disk at once.
    cells = [_cell(sheet, "") for _ in header]
    last = 1
    for row in rows:
        for cell, value, number in zip(cells, row, numbers, strict=True):
            cell.value = int(value) if number and value else _checked(value, sheet.title)
        sheet.append(cells)
        last += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(header))}{last}"


def _cell(sheet: Any, value: str | int) -> Any:
    shown = _checked(value, sheet.title) if isinstance(value, str) else value
    cell = WriteOnlyCell(sheet, shown)
    cell.alignment = _WRAPPED
    return cell


def _checked(text: str, title: str) -> str | None:
    if not text:
        return None
    written = _ESCAPED.sub("_x005F_", cell_text(text))
    if len(written) > LONGEST_CELL:
        raise ExportError(
            f"sheet '{title}' would need a cell of {len(written):,} characters, and a spreadsheet"
            f" takes {LONGEST_CELL:,}; shorten the list of growth prompts that begins with"
            f" '{text[:40]}', or export as yaml or json"
        )
    return written
