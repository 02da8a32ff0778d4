"""Workbooks as companies have them: what a sheet's name says, and what a workbook hides."""

from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from openpyxl import Workbook, load_workbook

from bot.formats.imports.catalogue_import import import_catalogue
from bot.formats.imports.drafting import draft_mapping
from bot.formats.imports.report import ImportResult
from bot.formats.mapping.reader import parse_mapping
from tests.unit.formats.imports.importing import content_of, told
from tests.unit.formats.imports.shapes import Rows, roles_of, skills_of, workbook

State = Literal["hidden", "veryHidden"]
BOTH = "Backend Engineer: Junior < Senior\nQA Engineer: Junior < Senior"


def sheets_alike(*names: str, rows: Rows) -> dict[str, Rows]:
    return {name: [list(row) for row in rows] for name in names}


SHEETS: dict[str, tuple[dict[str, Rows], int, str]] = {
    "a level each, roles across": (
        sheets_alike(
            "Senior",
            "Junior",
            rows=[("Skill", "Backend Engineer", "QA Engineer"), ("Testing", "a", "b")],
        ),
        4,
        BOTH,
    ),
    "a level each, another word for skill": (
        sheets_alike(
            *("L1", "L2", "L3"), rows=[("Area", "Data Analyst", "Data Engineer"), ("SQL", 1, 2)]
        ),
        6,
        "Data Analyst: L1 < L2 < L3\nData Engineer: L1 < L2 < L3",
    ),
    "a level each, beside a page to read": (
        {
            "Read me": [("How to use this workbook",), ("Owner", "People team")],
            **sheets_alike(
                *("初级", "高级"), rows=[("技能", "后端工程师", "测试工程师"), ("测试", "a", "b")]
            ),
        },
        4,
        "后端工程师: 初级 < 高级\n测试工程师: 初级 < 高级",
    ),
    "a level each, one role": (
        sheets_alike("Junior", "Senior", rows=[("Skill", "Expectation"), ("Testing", "a")]),
        2,
        "Engineer: Junior < Senior",
    ),
    "a title each": (
        sheets_alike(
            *("Junior Backend Engineer", "Senior Backend Engineer"),
            *("Junior QA Engineer", "Senior QA Engineer"),
            rows=[("Skill", "Expectation"), ("Testing", "a")],
        ),
        4,
        BOTH,
    ),
    "a skill each, roles down and levels across": (
        sheets_alike(
            *("Testing", "Feedback"),
            rows=[("Role", "Junior", "Senior"), ("Backend Engineer", 1, 2), ("QA Engineer", 2, 3)],
        ),
        8,
        BOTH,
    ),
    "a skill each, levels down and roles across": (
        sheets_alike(
            *("Testing", "Feedback"),
            rows=[
                ("Level", "Backend Engineer", "QA Engineer"),
                ("Junior", "a", "b"),
                ("Senior", "c", "d"),
            ],
        ),
        8,
        BOTH,
    ),
    "a list of the levels beside": (
        {
            "Levels": [("Level", "Description"), ("Amber", "x"), ("Beryl", "y"), ("Coral", "z")],
            "Matrix": [
                ("Role", "Level", "Skill", "Text"),
                *(("Dev", level, "Plan", level) for level in ("Coral", "Amber", "Beryl")),
            ],
        },
        3,
        "Dev: Amber < Beryl < Coral",
    ),
    "a group of skills each": (
        {
            "Craft": [("Skill", "Junior", "Senior"), ("Dough", "a", "b")],
            "Soft skills": [("Skill", "Junior", "Senior"), ("Service", "c", "d")],
        },
        4,
        "Engineer: Junior < Senior",
    ),
    "a legend on a sheet of its own": (
        {
            "Backend Engineer": [("Skill", "Junior", "Senior"), ("Testing", 1, 2), ("SQL", 0, 2)],
            "Legend": [("Score", "Meaning"), (0, "not needed"), (1, "Aware"), (2, "Expert")],
        },
        3,
        "Backend Engineer: Junior < Senior",
    ),
}


@pytest.mark.parametrize("name", SHEETS)
def test_the_names_of_sheets_are_understood(tmp_path: Path, name: str) -> None:
    sheets, cells, roles = SHEETS[name]
    path = workbook(tmp_path / "Engineer.xlsx", sheets)
    content = content_of(import_catalogue(path))
    assert (len(content.expectations), roles_of(content)) == (cells, roles)
    draft = draft_mapping(path)
    assert draft.text is not None
    again = content_of(import_catalogue(path, mapping=parse_mapping("m", draft.text.encode())))
    assert (len(again.expectations), roles_of(again)) == (cells, roles)


def test_a_legend_names_the_proficiencies(tmp_path: Path) -> None:
    sheets, _, _ = SHEETS["a legend on a sheet of its own"]
    content = content_of(import_catalogue(workbook(tmp_path / "x.xlsx", sheets)))
    assert [each.name.base for each in content.proficiencies] == ["Aware", "Expert"]


@pytest.mark.parametrize("aside", ["Overview", "Template", "模板"])
@pytest.mark.parametrize(("answer", "roles"), [("no", 1), ("yes", 2)])
def test_a_sheet_that_may_stand_aside_is_asked_about(
    tmp_path: Path, aside: str, answer: str, roles: int
) -> None:
    sheets = sheets_alike(aside, "QA", rows=[("Skill", "Junior", "Senior"), ("Testing", "a", "b")])
    path = workbook(tmp_path / "x.xlsx", sheets)
    (question,) = import_catalogue(path).questions
    assert question.key == f"sheet-{aside}"
    content = content_of(import_catalogue(path, answers={question.key: answer}))
    assert len(content.roles) == roles


def merged(path: Path) -> Path:
    """Write a sheet with text and depth below each level, its headers and headings merged."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Backend Engineer"
    for row in (
        ("What we expect", None, None, None, None),
        ("Competency", "Junior", None, "Senior", None),
        (None, "Depth", "Expectation", "Depth", "Expectation"),
        ("Craft", None, None, None, None),
        ("Testing", "Working", "writes tests", "Expert", "plans them"),
        ("Debugging", "Awareness", "simple bugs", "Advanced", "any bug"),
    ):
        sheet.append(row)
    for span in ("A1:E1", "A2:A3", "B2:C2", "D2:E2", "A4:E4"):
        sheet.merge_cells(span)
    book.save(path)
    return path


def test_merged_headers_of_two_rows_and_headings(tmp_path: Path) -> None:
    content = content_of(import_catalogue(merged(tmp_path / "merged.xlsx")))
    assert roles_of(content) == "Backend Engineer: Junior < Senior"
    assert skills_of(content) == "Craft: Testing, Debugging"
    assert [
        (each.text and each.text.base, each.proficiency and each.proficiency.name.base)
        for each in content.expectations
    ] == [
        ("writes tests", "Working"),
        ("simple bugs", "Awareness"),
        ("plans them", "Expert"),
        ("any bug", "Advanced"),
    ]


def hiding(path: Path, state: State) -> Path:
    """Write a workbook whose second sheet is in a state; its first hides a row and a column."""
    workbook(
        path,
        {
            "Backend Engineer": [
                ("Skill", "Draft", "Junior", "Senior"),
                ("Testing", "old", "a", "b"),
                ("Secret", "old", "c", "d"),
                ("Feedback", "old", "e", "f"),
            ],
            "Draft 2024": [("Skill", "Junior", "Senior"), ("Old", "a", "b")],
        },
    )
    book = load_workbook(path)
    book["Draft 2024"].sheet_state = state
    book["Backend Engineer"].row_dimensions[3].hidden = True
    book["Backend Engineer"].column_dimensions["B"].hidden = True
    book["Backend Engineer"].column_dimensions["Z"].hidden = True
    book.save(path)
    return path


def names(result: ImportResult) -> str:
    return skills_of(content_of(result))


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_what_is_hidden_is_left_out_and_named(tmp_path: Path, state: State) -> None:
    result = import_catalogue(hiding(tmp_path / "x.xlsx", state))
    assert names(result) == "Skills: Testing, Feedback"
    said = "\n".join(told(result))
    assert "a hidden sheet is left out" in said
    assert "[Draft 2024]" in said
    assert "hidden rows are left out: 3;" in said
    assert "hidden columns are left out: B;" in said


@pytest.mark.parametrize(
    ("options", "skills"),
    [
        ("hidden: read\n", "Skills: Testing, Secret, Feedback, Old"),
        ("", "Skills: Testing, Feedback, Old"),
    ],
)
def test_a_mapping_may_read_what_is_hidden(tmp_path: Path, options: str, skills: str) -> None:
    mapping = """\
tables:
  - shape: wide
    sheets: [Backend Engineer, Draft 2024]
    columns: {skill: Skill}
    values: {role: Engineer}
    level_columns: [{column: Junior, level: Junior}, {column: Senior, level: Senior}]
"""
    read = parse_mapping("m.yaml", (mapping + options).encode())
    assert names(import_catalogue(hiding(tmp_path / "x.xlsx", "hidden"), mapping=read)) == skills


def test_cells_are_read_as_they_are_shown(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "Engineer.xlsx",
        {
            "Sheet1": [
                ("Skill", "Junior", "Senior", "Last updated"),
                ("Testing", 0.25, 0.755, date(2026, 3, 2)),
                ("SQL", 0, 1, "2026-03-02 10:30"),
            ]
        },
    )
    book = load_workbook(path)
    for row in book["Sheet1"]["B2:C3"]:
        for cell in row:
            cell.number_format = "0 %" if cell.value != 0.755 else "0.0%"
    book.save(path)
    content = content_of(import_catalogue(path))
    assert [each.name.base for each in content.proficiencies] == ["25 %", "75.5%", "100 %"]
    assert {str(skill.updated_on) for skill in content.skills} == {"2026-03-02"}


def test_cells_merged_over_levels_are_told(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "Engineer.xlsx",
        {
            "Matrix": [
                ("Engineering", None, None, None),
                ("Skill", "Junior", "Middle", "Senior"),
                ("Testing", "tests", None, "plans"),
                ("SQL", "reads", "tunes", "designs"),
            ]
        },
    )
    book = load_workbook(path)
    book["Matrix"].merge_cells("A1:D1")
    book["Matrix"].merge_cells("B3:C3")
    book.save(path)
    (told,) = [each for each in import_catalogue(path).warnings if "merged" in each.message]
    assert [(place.line, place.column) for place in told.places] == [(3, "Matrix!B3")]


def test_texts_merged_over_skills_are_told_and_groups_are_not(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "Engineer.xlsx",
        {
            "Matrix": [
                ("Group", "Skill", "Junior", "Senior"),
                ("Craft", "Testing", "tests", "plans"),
                (None, "SQL", None, "designs"),
                (None, "Review", "reads", "decides"),
            ]
        },
    )
    book = load_workbook(path)
    book["Matrix"].merge_cells("A2:A4")
    book["Matrix"].merge_cells("C2:C3")
    book.save(path)
    result = import_catalogue(path)
    (told,) = [each for each in result.warnings if "the first row alone" in each.message]
    assert [(place.line, place.column) for place in told.places] == [(3, "Matrix!C3")]
    assert skills_of(content_of(result)) == "Craft: Testing, SQL, Review"


def test_figures_of_all_sheets_say_together_what_they_are(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "Level 1": [("Competency", "Backend Engineer", "QA Engineer"), ("Safety", 1, 0)],
        "Level 2": [("Competency", "Backend Engineer", "QA Engineer"), ("Safety", 3, 2)],
    }
    content = content_of(import_catalogue(workbook(tmp_path / "Engineer.xlsx", sheets)))
    assert len(content.expectations) == 3
    assert [each.name.base for each in content.proficiencies] == ["1", "2", "3"]


def test_a_legend_may_explain_its_names(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "Clerk": [("Skill", "Junior", "Senior"), ("Filing", 1, 2), ("Phone", 1, 3)],
        "Scale": [
            ("Score", "Name", "What it means"),
            (1, "Aware", "has heard of it"),
            (2, "Solid", "does it alone"),
            (3, "Expert", "teaches it"),
        ],
    }
    content = content_of(import_catalogue(workbook(tmp_path / "Engineer.xlsx", sheets)))
    assert [each.name.base for each in content.proficiencies] == ["Aware", "Solid", "Expert"]


def test_a_legend_is_not_said_to_be_left_out(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "Clerk": [("Skill", "Junior", "Senior"), ("Filing", 1, 2)],
        "Scale": [("Score", "Meaning"), (1, "Aware"), (2, "Solid")],
        "Lists": [("Score", "Colour"), ("x", "red"), ("y", "blue")],
    }
    lines = told(import_catalogue(workbook(tmp_path / "Engineer.xlsx", sheets)))
    left_out = [line for line in lines if "is left out" in line]
    assert all("[Lists]" in line for line in left_out)
