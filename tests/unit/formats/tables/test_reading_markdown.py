"""Markdown pipe tables, named after their headings."""

from pathlib import Path

import pytest

from bot.formats.tables.source import TableFault, TableLimits
from tests.unit.formats.tables.tables import all_tables, lines, problems


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "ladder.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_each_table_is_named_after_the_heading_above(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "# Ladder\n\n## Backend ##\n| Skill | Senior |\n|---|:---:|\n| SQL | Plans |\n\nText.\n\n"
        "| Skill | Lead |\n| --- | --- |\n| SQL | Decides |\n\nFrontend\n========\n\n"
        "Skill | Senior\n--- | ---\nHTML | Writes\n",
    )
    assert all_tables(path) == {
        "Backend": [("Skill", "Senior"), ("SQL", "Plans")],
        "Backend (2)": [("Skill", "Lead"), ("SQL", "Decides")],
        "Frontend": [("Skill", "Senior"), ("HTML", "Writes")],
    }


def test_cells_keep_bars_breaks_and_marks(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "| a | b | c |\n|---|---|---|\n| x \\| y | one<br>- two | **bold** |\n"
        "| \\*\\*kept\\*\\* | \\<b> | C:\\\\dir |\n",
    )
    assert all_tables(path)[""][1:] == [
        ("x | y", "one\n- two", "bold"),
        ("**kept**", "<b>", "C:\\dir"),
    ]


def test_empty_and_further_cells_are_kept_in_place(tmp_path: Path) -> None:
    path = write(tmp_path, "| a | b |\n|---|---|\n|  | 2 |\n| 1 |\n| 1 | 2 | 3 |\n")
    assert all_tables(path)[""][1:] == [("", "2"), ("1",), ("1", "2", "3")]


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    assert lines(write(tmp_path, "text\n\n| a |\n|---|\n| 1 |\n| 2 |\n")) == [3, 5, 6]


def test_tables_inside_code_are_none(tmp_path: Path) -> None:
    path = write(tmp_path, "```\n| a |\n|---|\n| 1 |\n```\n| b |\n|---|\n| 2 |\n")
    assert all_tables(path) == {"": [("b",), ("2",)]}


@pytest.mark.parametrize(
    "text", ["# Only a heading\n", "a | b\n\n", "| a | b |\n|---|\n", "```\n| a |\n"]
)
def test_without_a_table_it_says_what_one_is(tmp_path: Path, text: str) -> None:
    (problem,) = problems(write(tmp_path, text))
    assert problem.fault is TableFault.NO_TABLE
    assert "| --- |" in problem.message


def test_limits_refuse_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, "| a |\n|---|\n\n| b |\n|---|\n")
    assert problems(path) == []
    for limits in (TableLimits(tables=1), TableLimits(whole_bytes=5)):
        (problem,) = problems(path, limits)
        assert problem.fault is TableFault.TOO_LARGE


def test_a_table_under_another_name_is_known_by_its_rule(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("Ladder\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n", encoding="utf-8")
    assert all_tables(path) == {"": [("a", "b"), ("1", "2")]}
