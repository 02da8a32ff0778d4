"""What sheets of old Excel and OpenDocument hide, merge and show is told as of an XLSX sheet.

`looks.xls` has two sheets with hidden rows and columns, merged cells, formats and an error; xlwt
wrote it.
"""

import random
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.formats.tables.books.number_formats import as_shown, tells_more
from bot.formats.tables.books.old_excel import Unreadable, looks_of
from bot.formats.tables.source import open_tables
from tests.unit.formats.tables.test_reading_spreadsheets import cell, ods, row

OLD = Path(__file__).with_name("looks.xls")
_HEAD = row(cell("Skill"), cell("Junior"), cell("Mid"), cell("Senior"))


def figure(kind: str, value: float, inside: str) -> str:
    told = f'office:value-type="{kind}" office:value="{value}"'
    return f"<table:table-cell {told}>{inside}</table:table-cell>"


def read(path: Path, *, hidden: bool = False) -> tuple[dict[str, list[tuple[str, ...]]], list[str]]:
    """Return the tables of a workbook, and what is told of them."""
    with open_tables(path, hidden=hidden) as file:
        tables = {table.name: [each.cells for each in table.rows()] for table in file}
        found = (*file.problems, *file.warnings)
        return tables, [f"{each.path}: {str(each.message).partition(';')[0]}" for each in found]


def test_old_excel_as_it_looks() -> None:
    tables, said = read(OLD)
    assert tables == {
        "Nurse": [
            ("Skill", "Level 1", "", "Level 2", "Note"),
            ("Triage", "asks", "", "decides"),
            ("Drugs", "gives", "", "#REF!", "both"),
            ("Hygiene", "", "", "teaches"),
        ],
        "Shares": [
            ("Skill", "Junior", "Senior", "Lead"),
            ("Triage", "50%", "100%", "12.5 %"),
            ("Drugs", "25%", "150%", "200.0 %"),
            ("Hygiene", "washes"),
        ],
    }
    assert said == [
        "Nurse!D4: the cell shows #REF!",
        "Nurse: hidden rows are left out: 3",
        "Nurse: hidden columns are left out: C",
        "Nurse!E5: the cell is one with that above it, whose text the first row alone has",
        "Shares!B4: cells are merged over several columns, and read for the first of them alone",
    ]


def test_all_of_old_excel_is_read_where_a_mapping_says_so() -> None:
    tables, said = read(OLD, hidden=True)
    assert tables["Nurse"][2] == ("Old", "x", "draft", "y")
    assert not any("hidden" in each for each in said)


@pytest.mark.parametrize("end", [0, 600, 3_000])
def test_a_torn_workbook_does_not_tell_how_it_looks(tmp_path: Path, end: int) -> None:
    path = tmp_path / "torn.xls"
    path.write_bytes(OLD.read_bytes()[:end])
    with pytest.raises(Unreadable):
        looks_of(path)


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_damaged_is_at_most_not_told(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - repeatable damage
    path = tmp_path / "damaged.xls"
    for _ in range(10):
        data = bytearray(OLD.read_bytes())
        for at in rng.sample(range(len(data)), rng.choice((1, 3, 30))):
            data[at] = rng.randrange(256)
        path.write_bytes(data)
        with suppress(Unreadable):
            assert set(looks_of(path)), "it has no sheet"


def test_a_ring_of_sectors_is_no_workbook(tmp_path: Path) -> None:
    data = bytearray(OLD.read_bytes())
    first = int.from_bytes(data[0x30:0x34], "little")
    links = 512 + int.from_bytes(data[0x4C:0x50], "little") * 512
    data[links + first * 4 : links + first * 4 + 4] = first.to_bytes(4, "little")
    path = tmp_path / "ring.xls"
    path.write_bytes(data)
    with pytest.raises(Unreadable):
        looks_of(path)


def test_hidden_rows_and_columns_of_open_document(tmp_path: Path) -> None:
    columns = (
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse"/>'
        '<table:table-column table:number-columns-repeated="900"/>'
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="9"/>'
    )
    path = ods(
        tmp_path,
        columns,
        _HEAD,
        row(cell("Old"), cell("a"), cell("b"), cell("c"), more=' table:visibility="collapse"'),
        row(cell("Out"), cell("a"), cell("b"), cell("c"), more=' table:visibility="filter"'),
        row(more=' table:visibility="collapse" table:number-rows-repeated="7"'),
        row(cell("Triage"), cell("asks"), cell("draft"), cell("decides")),
    )
    tables, said = read(path)
    assert tables["Backend"] == [
        ("Skill", "Junior", "", "Senior"),
        ("Triage", "asks", "", "decides"),
    ]
    assert said == [
        "Backend: hidden rows are left out: 2-3",
        "Backend: hidden columns are left out: C",
    ]
    assert len(read(path, hidden=True)[0]["Backend"]) == 4


def test_merged_cells_of_open_document(tmp_path: Path) -> None:
    wide = ' table:number-columns-spanned="2" table:number-rows-spanned="1"'
    covered = "<table:covered-table-cell/>"
    below = "<table:covered-table-cell><text:p>old</text:p></table:covered-table-cell>"
    high = ' table:number-columns-spanned="1" table:number-rows-spanned="2"'
    both = ' table:number-columns-spanned="2" table:number-rows-spanned="2"'
    path = ods(
        tmp_path,
        _HEAD,
        row(cell("Triage"), cell("asks", wide), below, cell("decides")),
        row(cell("Drugs"), cell("gives"), cell("doses", high), cell("checks")),
        row(cell("Hygiene"), cell("washes"), covered, cell("teaches")),
        row(cell("Care", ' table:number-columns-spanned="4"'), covered * 3),
        row(cell("Talk"), cell("hears", both), covered, cell("leads")),
        row(cell("Birth"), covered * 2, cell("decides")),
    )
    tables, said = read(path)
    assert tables["Backend"][1:] == [
        ("Triage", "asks", "", "decides"),
        ("Drugs", "gives", "doses", "checks"),
        ("Hygiene", "washes", "", "teaches"),
        ("Care",),
        ("Talk", "hears", "", "leads"),
        ("Birth", "", "", "decides"),
    ]
    assert [each.partition(":")[0] for each in said] == [
        *("Backend!B2", "Backend!C4", "Backend!B6", "Backend!B7"),
    ]


def test_what_cells_of_open_document_show(tmp_path: Path) -> None:
    comment = "<office:annotation><text:p>was 40</text:p></office:annotation>"
    path = ods(
        tmp_path,
        row(
            cell("Skill"),
            figure("float", 1, "<text:p>L1</text:p>"),
            figure("float", 3.5, "<text:p>3,5</text:p>"),
        ),
        row(
            cell("Triage"),
            figure("percentage", 0.5, f"{comment}<text:p>50%</text:p>"),
            '<table:table-cell office:value-type="string"><text:p>asks<text:line-break/>a'
            "<text:s/>lot</text:p><text:p><text:span>twice</text:span></text:p></table:table-cell>",
        ),
    )
    tables, said = read(path)
    assert tables["Backend"] == [("Skill", "L1", "3.5"), ("Triage", "50%", "asks\na lot\ntwice")]
    assert not said


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ('office:value-type="string"><text:p>#REF!</text:p>', "the cell shows #REF!"),
        ('office:value-type="string"><text:p>Err:508</text:p>', "the cell shows Err:508"),
        (">", "the formula has no value yet"),
        ('office:value-type="string" office:string-value="">', ""),
    ],
)
def test_formulas_of_open_document_without_a_value(tmp_path: Path, more: str, told: str) -> None:
    formula = f'<table:table-cell table:formula="of:=[.A9]" {more}</table:table-cell>'
    tables, said = read(ods(tmp_path, _HEAD, row(cell("Triage"), formula, cell("x"))))
    assert len(tables["Backend"]) == 2
    assert said == ([f"Backend!B2: {told}"] if told else [])


@pytest.mark.parametrize(
    ("value", "shape", "shown"),
    [
        (0.5, "0%", "50%"),
        (0.125, "0.0 %", "12.5 %"),
        (2, '"Level "0', "Level 2"),
        (2, '0" years"', "2 years"),
        (2.5, '"Level "0', None),
        (2, "0.00", None),
        (2, "General", None),
    ],
)
def test_what_a_format_shows(value: float, shape: str, shown: str | None) -> None:
    assert (as_shown(value, shape) if tells_more(shape) else None) == shown


def test_rows_and_columns_without_a_size_are_hidden(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for each in (("Skill", 1, "Mid", "Senior"), ("Old", "a", "b", "c"), ("New", "a", "b", "c")):
        sheet.append(each)
    sheet["B1"].number_format = '"Grade "0'
    sheet.row_dimensions[2].height = 0.00001
    sheet.column_dimensions["C"].width = 0.00001
    path = tmp_path / "sizes.xlsx"
    book.save(path)
    tables, said = read(_without_sizes(path))
    assert tables["Sheet"] == [("Skill", "Grade 1", "", "Senior"), ("New", "a", "", "c")]
    assert len(said) == 2


def _without_sizes(path: Path) -> Path:
    """Return a copy of a workbook in which what is very small is nothing."""
    copy = path.with_name("copy.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(b'"1e-05"', b'"0"')
            new.writestr(name, data)
    return copy
