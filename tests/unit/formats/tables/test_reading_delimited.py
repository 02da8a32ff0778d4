"""CSV and its relatives: every delimiter, encoding and line break; faults with their line."""

import csv
import html
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formats.mapping.headers import is_heading
from bot.formats.tables.cells import as_cell, clean_cell, guarded
from bot.formats.tables.source import TableFault, TableFileError, TableLimits, open_tables
from tests.properties import examples
from tests.unit.formats.tables.tables import lines, problems, read, warnings

TEXT = 'role,level,text\r\nData Scientist,Senior,"Plans, ships\r\nand ""runs"" 模型"\r\n'
ROWS = [("role", "level", "text"), ("Data Scientist", "Senior", 'Plans, ships\nand "runs" 模型')]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "table.csv"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode_with_and_without_its_mark(path: Path, encoding: str) -> None:
    path.write_bytes(TEXT.encode(encoding))
    assert read(path) == ROWS
    assert warnings(path) == []


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_breaks_of_any_system(path: Path, ending: str) -> None:
    path.write_bytes(TEXT.replace("\r\n", ending).encode())
    assert read(path) == ROWS
    assert lines(path) == [1, 2]


def test_windows_1252_is_read_with_a_warning(path: Path) -> None:
    path.write_bytes("skill,text\nCafé,“naïve” – €5\n".encode("cp1252"))
    assert read(path)[1] == ("Café", "“naïve” – €5")
    (warning,) = warnings(path)
    assert warning.fault is TableFault.ENCODING
    assert "Windows-1252" in warning.message
    assert "UTF-8" in warning.message


def test_gb_18030_is_read_with_a_warning(path: Path) -> None:
    path.write_bytes("技能,要求\n模型监控,必需\n数据质量,可选\n".encode("gb18030"))
    assert read(path)[1] == ("模型监控", "必需")
    (warning,) = warnings(path)
    assert "GB 18030" in warning.message


def test_a_named_encoding_is_taken(path: Path) -> None:
    path.write_bytes("skill,text\nŠkoda,žluťoučký\n".encode("cp1250"))
    assert read(path, encoding="cp1250")[1] == ("Škoda", "žluťoučký")


@pytest.mark.parametrize("name", ["klingon", "rot13", "base64", "undefined", "a\x00b"])
def test_an_unknown_encoding_is_told(path: Path, name: str) -> None:
    path.write_bytes(TEXT.encode())
    with pytest.raises(TableFileError, match="no encoding"), open_tables(path, encoding=name):
        pass


def test_a_wrong_encoding_is_told_with_its_line(path: Path) -> None:
    path.write_bytes("skill\nPlan\nCafé\n".encode("cp1252"))
    with pytest.raises(TableFileError) as caught, open_tables(path, encoding="utf-8"):
        pass
    (problem,) = caught.value.problems
    assert (problem.line, problem.fault) == (3, TableFault.ENCODING)
    assert "UTF-8" in problem.message


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(path: Path, delimiter: str) -> None:
    buffer = io.StringIO()
    rows = [
        ("role", "level", "text"),
        *(("Dev", "Lead", f"Plans, ships; runs | {n}") for n in range(9)),
    ]
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    path.write_text(buffer.getvalue(), encoding="utf-8")
    assert read(path) == rows


@pytest.mark.parametrize(
    "rows",
    [
        # Signs that cannot be typed, as our exports write them; each escape ends in a semicolon.
        [("role", "skill", "zero&#x200b;width&#x200d;here&#xfeff; &#x5b;l4] requirement")],
        [
            ("role", '"quoted" [l0]', "zero&#x200b;width"),
            ("Dev", "SQL", "left&#x202e;right&#x2066;"),
        ],
        # As many of another sign in every row, within cells that are quoted for the delimiter.
        [("role, or job", "Lead; Staff; Chief"), *[("Dev, Ops", "Plans; ships; runs")] * 9],
        [("role", 'the "whole" text; all | of; it'), ("Dev", '"Plans"; ships | runs; all')],
        [("Rolle, Stufe", "Text; Tiefe; Art"), ("Dev, Lead", "Plant; baut; hilft")],
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_no_other_sign_parts_cells(path: Path, rows: list[tuple[str, ...]], delimiter: str) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL).writerows(rows)
    path.write_text(buffer.getvalue(), encoding="utf-8")
    assert read(path) == [tuple(map(html.unescape, row)) for row in rows]


def test_the_delimiter_gives_the_names_of_columns(path: Path) -> None:
    text = "role,skill,a; b; c; d; e\nDev,SQL,f; g; h; i; j\n"
    path.write_text(text, encoding="utf-8")
    rows = [("role", "skill", "a; b; c; d; e"), ("Dev", "SQL", "f; g; h; i; j")]
    assert read(path, is_heading=is_heading) == rows
    path.write_text(text.replace(",", "|").replace("; ", ","), encoding="utf-8")
    assert read(path, is_heading=is_heading)[0] == ("role", "skill", "a,b,c,d,e")


def test_excels_own_first_line_names_the_delimiter(path: Path) -> None:
    path.write_text("sep=;\nrole;text\nDev;a, b, c\n", encoding="utf-8")
    assert read(path) == [("role", "text"), ("Dev", "a, b, c")]
    assert lines(path) == [2, 3]


def test_a_named_delimiter_is_taken(path: Path) -> None:
    path.write_text("role~text\nDev~a,b\n", encoding="utf-8")
    assert read(path, delimiter="~") == [("role", "text"), ("Dev", "a,b")]


@pytest.mark.parametrize("delimiter", ["", "::", '"', "\n"])
def test_an_impossible_delimiter_is_told(path: Path, delimiter: str) -> None:
    path.write_text("a,b\n", encoding="utf-8")
    with pytest.raises(TableFileError, match="cannot part"), open_tables(path, delimiter=delimiter):
        pass


def test_a_table_of_one_column(path: Path) -> None:
    path.write_text("skill\nPlanning\nShipping\n", encoding="utf-8")
    assert read(path) == [("skill",), ("Planning",), ("Shipping",)]


def test_lines_are_physical_and_blank_rows_are_left_out(path: Path) -> None:
    path.write_text('a,b\n\n"1\n2",x\n,,\n3,y\n', encoding="utf-8")
    assert read(path) == [("a", "b"), ("1\n2", "x"), ("3", "y")]
    assert lines(path) == [1, 3, 6]


def test_a_quotation_mark_that_is_not_closed(path: Path) -> None:
    path.write_text('role,text\nDev,fine\nDev,"never closed\nDev,more\n', encoding="utf-8")
    (problem,) = problems(path)
    assert (problem.line, problem.fault) == (3, TableFault.SYNTAX)
    assert "not closed" in problem.message


def test_an_unclosed_cell_of_a_large_file_is_found_before_memory_ends(path: Path) -> None:
    path.write_text('role,text\nDev,"open\n' + "Dev,more text\n" * 20_000, encoding="utf-8")
    assert [each.line for each in problems(path)] == [2]


def test_every_stray_quotation_mark_is_told(path: Path) -> None:
    path.write_text('role,text\nDev,"a"b\nDev,ok\nDev,"c"d\n', encoding="utf-8")
    assert [(each.line, each.fault) for each in problems(path)] == [
        (2, TableFault.SYNTAX),
        (4, TableFault.SYNTAX),
    ]


def test_a_line_without_end_is_refused(path: Path) -> None:
    path.write_text("a,b\n" + "x" * (5 << 20), encoding="utf-8")
    (problem,) = problems(path)
    assert (problem.line, problem.fault) == (2, TableFault.SYNTAX)


def test_reading_twice_tells_a_problem_once(path: Path) -> None:
    path.write_text('a,b\n1,"x"y\n', encoding="utf-8")
    with open_tables(path) as file:
        for _ in range(2):
            list(file[0].rows())
        assert len(file.problems) == 1


def test_a_cell_that_is_too_long_is_told_and_kept_whole(path: Path) -> None:
    path.write_text("role,text\nDev," + "x" * 41 + "\n", encoding="utf-8")
    with open_tables(path, limits=TableLimits(cell_characters=40)) as file:
        assert [row.cells for row in file[0].rows()][1] == ("Dev", "x" * 41)
        (problem,) = file.problems
    assert (problem.line, problem.column, problem.path) == (2, 2, "B2")
    assert problem.fault is TableFault.LONG_CELL


@pytest.mark.parametrize(
    ("limits", "word"),
    [
        (TableLimits(rows=2), "rows"),
        (TableLimits(columns=1), "columns"),
        (TableLimits(file_bytes=10), "MB"),
    ],
)
def test_limits_refuse_the_file(path: Path, limits: TableLimits, word: str) -> None:
    path.write_text("a,b\n1,2\n3,4\n", encoding="utf-8")
    (problem,) = problems(path, limits)
    assert problem.fault is TableFault.TOO_LARGE
    assert word in problem.message


CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@examples(150)
@given(
    rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=2, max_size=8),
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_any_written_table_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], delimiter: str, encoding: str
) -> None:
    path = tmp_path_factory.mktemp("csv") / "table.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(["role", "level", "text"])
        writer.writerows([guarded(as_cell(cell)) for cell in row] for row in rows)
    found = read(path, delimiter=delimiter, encoding=encoding)
    padded = [(*row, *[""] * (3 - len(row))) for row in found[1:]]
    assert padded == [tuple(row) for row in rows if any(row)]


@examples(200)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_told(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("bytes") / "table.csv"
    path.write_bytes(data)
    for problem in problems(path):
        assert problem.message
        assert problem.file == "table.csv"


def test_clean_cells_reach_the_reader(path: Path) -> None:
    raw = " <b>Team</b>\xa0lead\u200b "
    path.write_text(f"role\n'=1+1\n{raw}\n", encoding="utf-8")
    assert read(path) == [("role",), ("=1+1",), (clean_cell(raw),)]
