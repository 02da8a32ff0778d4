"""The workbook is made to be read: overview, a sheet for each role, frozen and filtered tables."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from bot.domain.framework import CatalogueContent
from bot.domain.text import LocalText
from bot.formats.exports.errors import ExportError
from bot.formats.exports.registry import export
from bot.formats.native import read_folder
from tests.unit.formats.exports.exported import exported, tables


@pytest.fixture
def content(small: Path) -> CatalogueContent:
    return read_folder(small)


def named(content: CatalogueContent, *names: str) -> CatalogueContent:
    """Return the catalogue with as many roles, so named and without expectations."""
    first = content.roles[0]
    roles = tuple(
        replace(first, key=f"role-{number}", name=LocalText(name))
        for number, name in enumerate(names)
    )
    return replace(content, roles=roles, expectations=())


def test_sheets_and_their_layout(content: CatalogueContent, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(exported(content, "xlsx", tmp_path))
    assert book.sheetnames == ["Overview", "Engineer", "Analyst", "Skills", "Roles", "Expectations"]
    sheet = book["Expectations"]
    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref == f"A1:{sheet.dimensions.split(':')[1]}"
    assert sheet["F2"].alignment.wrap_text
    assert sheet.column_dimensions["F"].width == 70
    assert sheet["A1"].font.bold
    assert sheet.print_title_rows == "$1:$1"


def test_a_role_sheet_is_a_matrix(content: CatalogueContent, tmp_path: Path) -> None:
    rows = tables(exported(content, "xlsx", tmp_path))["Engineer"]
    assert rows == [
        ("Skill", "Skill group", "Junior", "Senior"),
        ("ETL", "Pipelines", "Optional · Basic\nRuns a job.", "Required\nDesigns jobs."),
    ]


def test_the_overview_counts_and_explains(content: CatalogueContent, tmp_path: Path) -> None:
    rows = tables(exported(content, "xlsx", tmp_path))["Overview"]
    assert rows[0] == ("Sample catalogue",)
    assert ("Roles", "2") in rows
    assert ("Expectations", "2") in rows
    assert any("not the same as optional" in cell for row in rows for cell in row)


def test_any_role_name_becomes_a_sheet_title(content: CatalogueContent, tmp_path: Path) -> None:
    names = ["Skills", "History", "A/B: [x]*?", "R" * 60, "R" * 60, "'quoted'", "测试", "???"]
    titles = list(tables(exported(named(content, *names), "xlsx", tmp_path)))
    assert titles[1:9] == [
        *("Skills (2)", "History (2)", "A B   x", "R" * 31, "R" * 27 + " (2)"),
        *("quoted", "测试", "Role"),
    ]


def test_many_roles_have_tables_only(content: CatalogueContent, tmp_path: Path) -> None:
    crowd = named(content, *(f"Role {number}" for number in range(201)))
    found = tables(exported(crowd, "xlsx", tmp_path))
    assert list(found) == ["Overview", "Skills", "Roles", "Expectations"]
    assert len(found["Roles"]) == 1 + 201 * 2


def test_a_list_too_long_for_a_cell_is_told(content: CatalogueContent, tmp_path: Path) -> None:
    prompts = tuple(LocalText("x" * 2000) for _ in range(20))
    first = replace(content.expectations[0], prompts=prompts)
    longer = replace(content, expectations=(first, *content.expectations[1:]))
    path = tmp_path / "catalogue.xlsx"
    with pytest.raises(ExportError, match="export as yaml or json"):
        export(longer, "xlsx", path)
    assert list(tmp_path.glob("*.xlsx")) == []
