"""Rows that something is wrong with are found again in the file, with the names of their cells."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.formats.imports import shown_rows
from bot.formats.imports.report import ShownRow
from bot.formats.imports.uploaded import import_uploaded

HEAD = ["role", "level", "skill", "requirement", "text"]
ROWS = [
    ["Baker", "Junior", "Dough", "required", "Kneads."],
    ["Baker", "Senior", "", "required", "Plans."],
    ["Baker", "Senior", "Oven", "sometimes", ""],
]


def found(path: Path) -> dict[tuple[str, str, int], ShownRow]:
    return {**import_uploaded(path).rows}


def test_a_sheet_below_a_title_keeps_its_own_rows(tmp_path: Path) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("Skills 2026")
    for cells in (["Our framework"], [], HEAD, *ROWS):
        sheet.append(cells)
    path = tmp_path / "ours.xlsx"
    book.save(path)

    rows = found(path)

    assert [*rows] == [("ours.xlsx", "Skills 2026", 5), ("ours.xlsx", "Skills 2026", 6)]
    row = rows["ours.xlsx", "Skills 2026", 5]
    assert row.cells[:3] == (("role", "Baker"), ("level", "Senior"), ("skill", ""))
    assert row.letters["skill"] == "C"
    assert row.exact


@pytest.mark.parametrize(("text", "exact"), [("Kneads.", True), ('"Kneads.\nBakes."', False)])
def test_lines_of_a_text_file_are_rows_only_while_no_cell_has_several(
    tmp_path: Path, text: str, exact: bool
) -> None:
    path = tmp_path / "ours.csv"
    lines = [HEAD, [*ROWS[0][:4], text], *ROWS[1:]]
    path.write_text("\n".join(",".join(line) for line in lines) + "\n", encoding="utf-8")

    assert {row.exact for row in found(path).values()} == {exact}
    assert [row.cells[0] for row in found(path).values()] == [("role", "Baker")] * 2


def test_what_is_far_down_is_not_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shown_rows, "FURTHEST", 3)
    path = tmp_path / "ours.csv"
    path.write_text("\n".join(",".join(line) for line in [HEAD, *ROWS]) + "\n", encoding="utf-8")

    assert [line for _, _, line in found(path)] == [3]


def test_a_damaged_file_has_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "ours.xlsx"
    path.write_bytes(b"PK\x03\x04" + bytes(40))

    assert found(path) == {}


def test_what_comes_of_the_first_answers_is_tried(tmp_path: Path) -> None:
    path = tmp_path / "numbers.csv"
    path.write_text("Skill,Junior,Senior\nTesting,0,1\nFeedback,1,1\n", encoding="utf-8")

    result = import_uploaded(path)
    assert result.content is None
    assert [each.key for each in result.questions] == ["numbers"]
    assert result.supposed is not None
    assert len(result.supposed.expectations) == 3

    answered = import_uploaded(path, answers={"numbers": "required"})
    assert answered.content == result.supposed
    assert answered.supposed is None
