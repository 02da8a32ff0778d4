"""Workbooks of old Excel and of OpenDocument, read by python-calamine.

`framework.xls` holds two shown sheets and a hidden one; xlwt wrote it.
"""

import zipfile
from pathlib import Path
from typing import cast
from xml.sax.saxutils import escape

import pytest
from python_calamine import CalamineWorkbook

from bot.formats.imports.catalogue_import import import_catalogue
from bot.formats.tables.books.spreadsheet import SpreadsheetTable
from bot.formats.tables.kinds import FileKind
from bot.formats.tables.reading import Reading
from bot.formats.tables.source import TableFault, TableLimits, open_tables
from tests.unit.formats.imports.importing import content_of
from tests.unit.formats.tables.tables import all_tables, problems

OLD = Path(__file__).with_name("framework.xls")
_HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    "<office:body><office:spreadsheet>"
)
_TAIL = "</office:spreadsheet></office:body></office:document-content>"
_KIND = "application/vnd.oasis.opendocument.spreadsheet"


def cell(text: str, more: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="string"{more}>'
        f"<text:p>{escape(text)}</text:p></table:table-cell>"
    )


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def ods(folder: Path, *rows: str, head: str = _HEAD) -> Path:
    """Write a sheet of these rows as an OpenDocument file."""
    path = folder / "framework.ods"
    body = f'{head}<table:table table:name="Backend">{"".join(rows)}</table:table>{_TAIL}'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _KIND)
        archive.writestr("content.xml", body)
        archive.writestr(
            "META-INF/manifest.xml",
            "<manifest:manifest"
            ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_KIND}"/>'
            "</manifest:manifest>",
        )
    return path


def test_old_excel_gives_its_sheets_and_which_are_hidden() -> None:
    with open_tables(OLD) as tables:
        shown = {table.name: getattr(table, "hidden", None) for table in tables}
        assert shown == {"Backend": False, "QA": False, "Draft 2024": True}
        assert [each.cells for each in tables[0].rows()] == [
            ("Skill", "Junior", "Senior", "Updated"),
            ("Testing", "Backend writes", "plans", "2026-03-02"),
            ("测试", "写", "2"),
        ]


def test_open_document_is_a_table(tmp_path: Path) -> None:
    path = ods(
        tmp_path,
        row(cell("Skill"), cell("Junior"), cell("Senior")),
        row(cell("Tests & more"), cell("writes"), cell("plans")),
    )
    assert all_tables(path) == {
        "Backend": [("Skill", "Junior", "Senior"), ("Tests & more", "writes", "plans")]
    }
    content = content_of(import_catalogue(path))
    assert [role.name.base for role in content.roles] == ["Backend"]
    assert len(content.expectations) == 2


def percent(value: str, text: str, more: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="percentage" office:value="{value}"{more}>'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def test_open_document_shows_its_percentages(tmp_path: Path) -> None:
    path = ods(
        tmp_path,
        row(cell("Skill"), cell("Junior"), cell("Middle"), cell("Senior")),
        row(cell("Tests"), percent("0.5", "50%", ' table:number-columns-repeated="2"'), cell("x")),
        row(cell("SQL"), percent("0.25", "25 %"), percent("1", "100%"), cell("1")),
        row(cell("Git"), percent("0.1", "10%"), more=' table:number-rows-repeated="2"'),
    )
    assert all_tables(path)["Backend"][1:] == [
        ("Tests", "50%", "50%", "x"),
        ("SQL", "25 %", "100%", "1"),
        ("Git", "10%"),
        ("Git", "10%"),
    ]


class FakeSheet:
    """A sheet of old Excel with these values."""

    def __init__(self, *rows: list[object]) -> None:
        self.values = list(rows)
        self.total_height = len(rows)
        self.end = (len(rows), max(map(len, rows), default=0))

    def get_sheet_by_name(self, _: str) -> "FakeSheet":
        return self

    def to_python(self, *, skip_empty_area: bool) -> list[list[object]]:
        assert not skip_empty_area
        return self.values


@pytest.mark.parametrize(
    ("figures", "warned"),
    [
        ((0.75, 0.5), ["B"]),
        ((1.0, 0.5, 0.0), ["B"]),
        ((1.0, 1.0), []),
        ((0.5, 2.0), []),
        ((0.5, "x"), []),
        ((), []),
    ],
)
def test_shares_of_one_in_old_excel_are_warned_of(
    figures: tuple[object, ...], warned: list[str]
) -> None:
    sheet = FakeSheet(["Skill", "Junior"], *(["a", each] for each in figures))
    reading = Reading("a.xls", TableLimits())
    table = SpreadsheetTable("S", cast("CalamineWorkbook", sheet), reading, FileKind.OLD_EXCEL)
    assert len(list(table.rows())) == len(figures) + 1
    assert [each.path for each in reading.warnings] == [f"S!{column}" for column in warned]


@pytest.mark.parametrize(
    "more",
    [
        (' table:number-columns-repeated="16384"', ' table:number-rows-repeated="1048576"'),
        (' table:number-columns-repeated="999999999"', ""),
    ],
)
def test_a_cell_that_stands_there_a_million_times_is_refused(
    tmp_path: Path, more: tuple[str, str]
) -> None:
    path = ods(tmp_path, row(cell("x", more[0]), more=more[1]))
    (problem,) = problems(path)
    assert problem.fault is TableFault.UNSAFE
    assert "5,000,000 cells" in problem.message


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    path = ods(tmp_path, row(cell("x")), head=f"{bomb}{_HEAD}")
    (problem,) = problems(path)
    assert problem.fault is TableFault.UNSAFE


@pytest.mark.parametrize("content", ["", "<a", "<office/>"])
def test_what_is_no_spreadsheet_says_so(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.odt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
    (problem,) = problems(path)
    assert problem.fault is TableFault.OPEN_DOCUMENT


@pytest.mark.parametrize("end", [1_000, 3_000, 5_000])
def test_a_torn_old_workbook_says_so(tmp_path: Path, end: int) -> None:
    path = tmp_path / "torn.xls"
    path.write_bytes(OLD.read_bytes()[:end])
    found = problems(path)
    assert {problem.fault for problem in found} <= {TableFault.OLD_EXCEL, TableFault.NO_TABLE}
    assert found
