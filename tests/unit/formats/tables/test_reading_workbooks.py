"""XLSX: values as a person sees them, never a formula run; hostile files refused."""

import shutil
import zipfile
from copy import copy
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.chart import BarChart

from bot.formats.tables.source import TableFault, TableLimits, open_tables
from tests.properties import examples
from tests.unit.formats.tables.tables import all_tables, problems, workbook


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "table.xlsx"


def edited(path: Path, part: str, old: str, new: str) -> Path:
    """Replace a text inside one part of a workbook."""
    copy = path.with_name("before.xlsx")
    shutil.move(path, copy)
    with zipfile.ZipFile(copy) as source, zipfile.ZipFile(path, "w") as target:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == part:
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode())
            target.writestr(info, data)
    return path


def test_every_sheet_is_a_table(path: Path) -> None:
    workbook(path, Backend=[["skill", "Senior"], ["SQL", "Plans"]], 前端=[["技能"], ["无障碍"]])
    assert all_tables(path) == {
        "Backend": [("skill", "Senior"), ("SQL", "Plans")],
        "前端": [("技能",), ("无障碍",)],
    }


def test_values_are_shown_as_a_person_reads_them(path: Path) -> None:
    row = [
        3,
        2.5,
        4.0,
        True,
        date(2026, 2, 22),
        datetime.fromisoformat("2026-02-22T09:30:00"),
        time(9, 30),
        None,
        "x",
    ]
    workbook(path, Values=[row])
    shown = ("3", "2.5", "4", "true", "2026-02-22", "2026-02-22 09:30:00", "09:30:00", "", "x")
    assert all_tables(path) == {"Values": [shown]}


def test_rows_are_counted_as_the_sheet_counts_them(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["B3"], sheet["A7"], sheet["C7"] = "header", "one", "two"
    book.save(path)
    with open_tables(path) as file:
        rows = list(file[0].rows())
    assert [(row.line, row.cells) for row in rows] == [(3, ("", "header")), (7, ("one", "", "two"))]


def test_a_formula_gives_its_last_value(path: Path) -> None:
    workbook(path, Sums=[["total"], ["=1+1"]])
    edited(path, "xl/worksheets/sheet1.xml", "<v /></c>", "<v>2</v></c>")
    assert all_tables(path) == {"Sums": [("total",), ("2",)]}


def test_every_formula_without_a_value_is_told(path: Path) -> None:
    workbook(path, Sums=[["a", "b"], ["=1+1", "x"], ["y", '=HYPERLINK("http://example.com")']])
    found = problems(path)
    assert [(each.path, each.line, each.column) for each in found] == [
        ("Sums!A2", 2, 1),
        ("Sums!B3", 3, 2),
    ]
    assert {each.fault for each in found} == {TableFault.FORMULA}
    assert "save it" in found[0].message


def test_a_cell_that_shows_an_error_is_told(path: Path) -> None:
    workbook(path, Sums=[["a"], ["#REF!"]])
    (problem,) = problems(path)
    assert (problem.fault, problem.path) == (TableFault.CELL_ERROR, "Sums!A2")


def test_line_breaks_written_by_old_programs(path: Path) -> None:
    workbook(path, Old=[["one_x000D_\ntwo"], ["_x005F_x0041_"]])
    assert all_tables(path) == {"Old": [("one\ntwo",), ("_x0041_",)]}


def test_guarded_cells_come_back(path: Path) -> None:
    workbook(path, Safe=[["'=1+1"], ["'- item"]])
    assert all_tables(path) == {"Safe": [("=1+1",), ("- item",)]}


def test_a_wrong_dimension_hides_no_cell(path: Path) -> None:
    workbook(path, Rows=[["a", "b"], ["c", "d"]])
    edited(path, "xl/worksheets/sheet1.xml", 'ref="A1:B2"', 'ref="A1"')
    assert all_tables(path) == {"Rows": [("a", "b"), ("c", "d")]}


def test_a_zip_bomb_is_refused(path: Path) -> None:
    workbook(path, Rows=[["a"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/huge.xml", b" " * (8 << 20))
    (problem,) = problems(path)
    assert problem.fault is TableFault.UNSAFE
    assert "huge.xml" in problem.message


@pytest.mark.parametrize("times", [2, 3])
def test_parts_that_share_their_bytes_are_refused(path: Path, times: int) -> None:
    """So an archive of some KB unpacks to many GB, each part of it no more than is allowed."""
    workbook(path, Rows=[["a"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("xl/media/first.bin", bytes(1 << 16))
        (first,) = [each for each in archive.filelist if each.filename.endswith("first.bin")]
        for number in range(1, times):
            other = copy(first)
            other.filename = f"xl/media/other{number}.bin"
            archive.filelist.append(other)
    (problem,) = problems(path)
    assert problem.fault is TableFault.UNSAFE
    assert "overlap" in problem.message


@pytest.mark.parametrize(
    ("limits", "fault"),
    [
        (TableLimits(archive_entries=3), TableFault.UNSAFE),
        (TableLimits(expanded_bytes=2000), TableFault.TOO_LARGE),
        (TableLimits(shared_bytes=100), TableFault.TOO_LARGE),
        (TableLimits(tables=1), TableFault.TOO_LARGE),
        (TableLimits(rows=1), TableFault.TOO_LARGE),
        (TableLimits(columns=1), TableFault.TOO_LARGE),
        (TableLimits(file_bytes=1000), TableFault.TOO_LARGE),
    ],
)
def test_limits_refuse_the_workbook(path: Path, limits: TableLimits, fault: TableFault) -> None:
    workbook(path, One=[["a", "b"], ["c", "d"]], Two=[["e"]])
    assert problems(path) == []
    (problem,) = problems(path, limits)
    assert problem.fault is fault


def test_entities_are_refused(path: Path) -> None:
    workbook(path, Rows=[["a"]])
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet'
    edited(path, "xl/worksheets/sheet1.xml", "<worksheet", bomb)
    (problem,) = problems(path)
    assert problem.fault is TableFault.UNSAFE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('r="B1"', 'r="ZZZZZZZ1"'),
        ('r="1"', 'r="99999999999"'),
        ('r="2"', 'r="1"'),
        ('r="A1"', 'r="!!"'),
        ("</sheetData>", ""),
        ("<sheetData>", "<sheetData><row r='x'></row>"),
    ],
)
def test_a_sheet_that_no_program_writes_is_refused(path: Path, old: str, new: str) -> None:
    workbook(path, Rows=[["a", "b"], ["c", "d"]])
    edited(path, "xl/worksheets/sheet1.xml", old, new)
    (problem,) = problems(path)
    assert problem.fault is TableFault.DAMAGED
    assert "save it as XLSX" in problem.message


def test_a_workbook_of_charts_only_has_no_table(path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_chartsheet("Chart").add_chart(BarChart())
    book.remove(book.worksheets[0])
    book.save(path)
    (problem,) = problems(path)
    assert problem.fault is TableFault.NO_TABLE


@examples(60, one_fixture=True)
@given(at=st.floats(0, 1), noise=st.binary(min_size=1, max_size=40), cut=st.booleans())
def test_a_damaged_workbook_is_read_or_told(path: Path, at: float, noise: bytes, cut: bool) -> None:
    workbook(path, Rows=[["skill", "Senior"], ["SQL", "Plans"]])
    data = path.read_bytes()
    place = int(at * (len(data) - 1))
    path.write_bytes(data[:place] + noise + (b"" if cut else data[place + len(noise) :]))
    assert all(problem.message for problem in problems(path))
