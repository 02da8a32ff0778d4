"""What may be meant otherwise than it is read is told, with its place."""

from pathlib import Path

import pytest

from bot.formats.imports.catalogue_import import import_catalogue
from tests.unit.formats.imports.importing import content_of, imported, told

HEAD = ("Skill", "Junior", "Mid", "Senior")


def test_headers_of_something_else_below_a_blank_row(tmp_path: Path) -> None:
    rows = [HEAD[:3], ("Planning", "follows", "designs"), ("Marking", "marks", "moderates"), ("",)]
    others = [("Owner", "Team", "Mail"), ("Kim", "Law", "kim@example.org")]
    said = "\n".join(told(imported(tmp_path, *rows, *others)))
    assert "Engineer" not in said
    assert "line 5 stands below a blank one and reads like the headers of another table" in said
    more = [("Owning", "asks", "leads"), ("Team", "listens", "hires")]
    assert "stands below a blank one" not in "\n".join(told(imported(tmp_path, *rows, *more)))


def test_a_second_level_in_each_row(tmp_path: Path) -> None:
    def said(column: str) -> str:
        rows = [
            ("Skill", "Role", "From level", column, "Description"),
            ("Planning", "Teacher", "Junior", "Senior", "plans"),
            ("Marking", "Teacher", "Senior", "Lead", "moderates"),
        ]
        return "\n".join(told(imported(tmp_path, *rows)))

    assert "the level of a row is in 'From level'; 'To level' names levels, too" in said("To level")
    assert "names levels, too" not in said("Next level")


@pytest.mark.parametrize("text", ["as above", "Siehe oben", "s. o.", "↑", "同前", "Same as above."])
def test_words_for_the_text_of_another_cell(tmp_path: Path, text: str) -> None:
    result = imported(tmp_path, HEAD, ("Planning", "follows", text, "designs"))
    assert result.content is None
    assert "stands here for the text of another cell" in "\n".join(told(result))


def test_capital_letters_are_asked_about(tmp_path: Path) -> None:
    rows = [("Planning", "I", "R", "A"), ("Marking", "R", "R", "A"), ("Talking", "C", "I", "R")]
    assert [each.key for each in imported(tmp_path, HEAD, *rows).questions] == ["marks"]


def test_cells_of_html_over_several_columns(tmp_path: Path) -> None:
    path = tmp_path / "Teacher.html"
    path.write_text(
        "<table><tr><th rowspan=2>Skill<th colspan=2>Teacher<th colspan=2>Coach"
        "<tr><th>Junior<th>Senior<th>Junior<th>Senior"
        "<tr><td colspan=5>Classroom"
        "<tr><td>Planning<td>follows<td>designs<td>hears<td>leads"
        "<tr><td>Marking<td>marks<td>moderates<td colspan=2>none yet</table>",
        encoding="utf-8",
    )
    result = import_catalogue(path)
    assert len(content_of(result).expectations) == 7
    said = [line for line in told(result) if "merged over several columns" in line]
    assert len(said) == 1
    assert "Teacher.html:5 column 'D5'" in said[0]


def test_nothing_above_headers_of_two_rows_is_told_to_be_unread(tmp_path: Path) -> None:
    rows = [
        ("Skill", "Junior", "", "Senior", ""),
        ("", "Required?", "Expectation", "Required?", "Expectation"),
        ("Planning", "Yes", "follows", "Yes", "designs"),
        ("Marking", "No", "marks", "Yes", "moderates"),
    ]
    assert not any("stand above the headers" in line for line in told(imported(tmp_path, *rows)))


def test_cells_of_html_that_are_not_shown(tmp_path: Path) -> None:
    path = tmp_path / "Teacher.html"
    path.write_text(
        "<table><tr><th>Skill<th>Junior<th style='width:0; display: none'>Mid<th>Senior"
        "<tr><td>Planning<td>follows<td style='DISPLAY:none'>draft<td>designs"
        "<tr style='display:none'><td>Old<td>a<td>b<td>c</table>",
        encoding="utf-8",
    )
    content = content_of(import_catalogue(path))
    assert {each.level.name.base for each in content.expectations} == {"Junior", "Senior"}
    assert [each.name.base for each in content.skills] == ["Planning"]


def test_a_skill_that_reads_like_a_total(tmp_path: Path) -> None:
    rows = [HEAD[:3], ("Triage", "1", "3"), ("Drugs", "2", "4"), ("Care Total", "3", "7")]
    said = "\n".join(told(imported(tmp_path, *rows)))
    assert "line 4 ('Care Total') reads like a total" in said


def test_rows_that_say_no_more_than_a_skill_at_a_level(tmp_path: Path) -> None:
    rows = [
        ("Role", "Level", "Skill", "Min", "Max"),
        ("Nurse", "Junior", "Triage", "1", "2"),
        ("Nurse", "Senior", "Triage", "3", "4"),
    ]
    said = "\n".join(told(imported(tmp_path, *rows)))
    assert "each row is a required skill; 'Min', 'Max' are not read" in said


@pytest.mark.parametrize("level", ["Mid+", "Mid and above", "from Mid", "Mid 以上", "All levels"])
def test_a_level_that_holds_for_others_is_asked_about(tmp_path: Path, level: str) -> None:
    rows = [
        ("Role", "Level", "Skill", "Expectation"),
        ("Nurse", "Junior", "Triage", "asks"),
        ("Nurse", level, "Hygiene", "teaches"),
        ("Nurse", "Mid", "Triage", "decides"),
    ]
    assert "level-lists" in {each.key for each in imported(tmp_path, *rows).questions}


def test_a_role_that_is_everybody_is_told(tmp_path: Path) -> None:
    rows = [
        ("Role", "Level", "Skill", "Expectation"),
        ("All roles", "Junior", "Hygiene", "washes"),
        ("Nurse", "Junior", "Triage", "asks"),
    ]
    said = "\n".join(told(imported(tmp_path, *rows)))
    assert "'All roles' in 'Role' is read as a role of its own" in said


@pytest.mark.parametrize(
    "marks", [("(X)", "X", "X"), ("M", "R", "O"), ("Q", "Q", "Q"), ("▲", "▲", "▲")]
)
def test_marks_that_mean_something_else_beside_others_are_asked_about(
    tmp_path: Path, marks: tuple[str, ...]
) -> None:
    found = imported(tmp_path, HEAD, ("Triage", *marks), ("Drugs", *marks[::-1]))
    assert [each.key for each in found.questions] == ["marks"]


def test_circles_and_crosses_of_the_east_are_asked_about(tmp_path: Path) -> None:
    rows = [("Triage", "O", "O"), ("Drugs", "X", "O")]
    eastern = imported(tmp_path, ("역량", "주니어", "시니어"), *rows)
    assert [each.key for each in eastern.questions] == ["marks"]
    assert not imported(tmp_path, ("Skill", "Junior", "Senior"), *rows).questions


def test_words_of_an_own_scale_are_asked_about(tmp_path: Path) -> None:
    rows = [
        ("Triage", "Shadowing", "Supervised", "Autonomous"),
        ("Drugs", "Shadowing", "Shadowing", "Supervised"),
        ("Talk", "Supervised", "Autonomous", "Autonomous"),
    ]
    assert [each.key for each in imported(tmp_path, HEAD, *rows).questions] == ["marks"]


def test_roles_as_columns_with_a_level_in_each_cell_are_no_levels(tmp_path: Path) -> None:
    rows = [("Triage", "Junior", "Senior"), ("Drugs", "Senior", "Junior")]
    found = imported(tmp_path, ("Skill", "Nurse", "Midwife"), *rows, ("Birth", "Senior", "Senior"))
    assert found.questions


def test_skills_that_are_listed_in_a_cell_are_asked_about(tmp_path: Path) -> None:
    rows = [("Junior", "Triage, Drugs"), ("Senior", "Triage, Drugs, Birth")]
    found = imported(tmp_path, ("Level", "Skills"), *rows)
    assert [each.key for each in found.questions] == ["skill-lists"]
    others = [("Junior", "Planning, daily"), ("Senior", "Planning, weekly")]
    assert not imported(tmp_path, ("Level", "Skills"), *others).questions


def test_the_twin_of_an_export_with_all_rows_is_read_alone(tmp_path: Path) -> None:
    stem = "Nurse 1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d"
    head = "Skill,Junior,Senior\nTriage,asks,decides\n"
    (tmp_path / f"{stem}.csv").write_text(head, encoding="utf-8")
    (tmp_path / f"{stem}_all.csv").write_text(f"{head}Drugs,gives,checks\n", encoding="utf-8")
    result = import_catalogue(tmp_path)
    content = content_of(result)
    assert [role.name.base for role in content.roles] == ["Nurse"]
    assert len(content.expectations) == 4
    assert f"{stem}.csv" in "\n".join(told(result))


def test_r_beside_m_in_a_column_is_told(tmp_path: Path) -> None:
    head = ("Role", "Level", "Skill", "Importance")
    rows = [("Nurse", "Junior", "Triage", "M"), ("Nurse", "Junior", "Drugs", "R")]
    assert "'R' in 'Importance' is read as required" in "\n".join(
        told(imported(tmp_path, head, *rows))
    )
