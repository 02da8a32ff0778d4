"""Tables with a column for each level, sheets for each role, and tables of skills and roles."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.domain.framework import Requirement
from bot.formats.imports.catalogue_import import import_catalogue
from tests.unit.formats.imports.importing import cell, content_of, csv_text, imported, told

WIDE = (
    ("Skill", "Skill Group", "Junior", "Middle", "Senior"),
    ("Code Review", "Practice", "Answers comments.", "", "Reviews designs."),
    ("Debugging", "Practice", "-", "Reads traces.", "Finds races."),
)


def test_reads_a_column_for_each_level(tmp_path: Path) -> None:
    rows = [
        (("Role", *row) if at == 0 else ("Backend Engineer", *row)) for at, row in enumerate(WIDE)
    ]
    content = content_of(imported(tmp_path, *rows))
    assert [level.key for level in content.roles[0].ladder.levels] == ["junior", "middle", "senior"]
    assert len(content.expectations) == 4
    found = cell(content, "backend-engineer", "senior", "debugging")
    assert found.text is not None
    assert found.text.base == "Finds races."


def test_the_file_names_the_role_where_no_column_does(tmp_path: Path) -> None:
    result = imported(tmp_path, *WIDE, name="Backend Engineer.csv")
    assert [role.name.base for role in content_of(result).roles] == ["Backend Engineer"]
    assert "name of the file" in told(result)[0]


def test_columns_of_one_level_complete_each_other(tmp_path: Path) -> None:
    rows = (
        (
            "Role",
            "Skill",
            "Junior",
            "Junior required?",
            "Junior proficiency",
            "Senior",
            "Senior required?",
        ),
        ("Backend Engineer", "Code Review", "Answers.", "no", "Working", "", "yes"),
    )
    content = content_of(imported(tmp_path, *rows))
    junior = cell(content, "backend-engineer", "junior", "code-review")
    assert (junior.requirement, junior.proficiency and junior.proficiency.key) == (
        Requirement.OPTIONAL,
        "working",
    )
    senior = cell(content, "backend-engineer", "senior", "code-review")
    assert (senior.requirement, senior.text) == (Requirement.REQUIRED, None)


@pytest.mark.parametrize(
    ("cells", "requirements", "depths"),
    [
        (("x", "o"), ["required", "optional"], [None, None]),
        (("✓", "✓"), ["required", "required"], [None, None]),
        (("Working", "Expert"), ["required", "required"], ["working", "expert"]),
        (("2", "4"), ["required", "required"], ["2", "4"]),
    ],
)
def test_marks_depths_and_numbers_are_told_apart(
    tmp_path: Path, cells: tuple[str, str], requirements: list[str], depths: list[str | None]
) -> None:
    rows = (("Role", "Skill", "Junior", "Senior"), ("Backend Engineer", "Code Review", *cells))
    content = content_of(imported(tmp_path, *rows))
    assert [each.requirement.value for each in content.expectations] == requirements
    found = [each.proficiency and each.proficiency.key for each in content.expectations]
    assert found == depths


def test_levels_may_stand_from_high_to_low(tmp_path: Path) -> None:
    rows = (
        ("Role", "Skill", "Senior", "Junior"),
        ("Backend Engineer", "Review", "Leads.", "Learns."),
    )
    content = content_of(imported(tmp_path, *rows))
    assert [level.name.base for level in content.roles[0].ladder.levels] == ["Junior", "Senior"]


def test_codes_of_levels_stand_as_the_columns_do(tmp_path: Path) -> None:
    rows = (
        ("Role", "Skill", "IC1", "IC2", "IC10"),
        ("Engineer", "Review", "Learns.", "Does.", "Leads."),
    )
    content = content_of(imported(tmp_path, *rows))
    assert [level.name.base for level in content.roles[0].ladder.levels] == ["IC1", "IC2", "IC10"]


def test_a_workbook_with_a_sheet_for_each_role(tmp_path: Path) -> None:
    workbook = Workbook()
    del workbook["Sheet"]
    for role in ("Backend Engineer", "Data Engineer"):
        sheet = workbook.create_sheet(role)
        sheet.append([f"What we expect of a {role}"])
        for row in WIDE:
            sheet.append(row)
    notes = workbook.create_sheet("Read me")
    notes.append(["Ask the platform guild about this file."])
    path = tmp_path / "framework.xlsx"
    workbook.save(path)
    result = import_catalogue(path)
    content = content_of(result)
    assert [role.name.base for role in content.roles] == ["Backend Engineer", "Data Engineer"]
    assert len(content.expectations) == 8
    assert len(content.ladders) == 1
    assert any("Read me" in line for line in told(result))


def test_markdown_tables_under_headings_of_roles(tmp_path: Path) -> None:
    table = (
        "| Skill | Junior | Senior |\n| --- | --- | --- |\n"
        "| Code Review | Answers<br>- fast | Reviews \\| designs |\n"
    )
    path = tmp_path / "framework.md"
    path.write_text(f"# Backend Engineer\n\n{table}\n# Data Engineer\n\n{table}", encoding="utf-8")
    content = content_of(import_catalogue(path))
    assert [role.key for role in content.roles] == ["backend-engineer", "data-engineer"]
    found = cell(content, "data-engineer", "senior", "code-review")
    assert found.text is not None
    assert found.text.base == "Reviews | designs"


def test_two_tables_are_joined_by_skill(tmp_path: Path) -> None:
    (tmp_path / "roles.csv").write_text(
        csv_text(
            [
                ("Role", "Level", "Skill", "Skill Level"),
                ("Backend Engineer", "Junior", "Code Review", "Working"),
                ("Backend Engineer", "Senior", "code review ", "Expert"),
            ]
        )
    )
    (tmp_path / "skills.csv").write_text(
        csv_text(
            [
                ("Skill", "Description", "Awareness", "Working", "Expert"),
                ("Code Review", "Reading changes.", "Looks on.", "Answers.", "Leads."),
                ("Debugging", "Finding causes.", "", "Reads traces.", ""),
            ]
        )
    )
    content = content_of(import_catalogue(tmp_path))
    assert [each.name.base for each in content.proficiencies] == ["Awareness", "Working", "Expert"]
    skill = content.skills[0]
    assert skill.summary is not None
    assert skill.summary.base == "Reading changes."
    found = cell(content, "backend-engineer", "senior", "code-review")
    assert found.text is None
    assert found.wording is not None
    assert found.wording.base == "Leads."
    assert [skill.key for skill in content.skills] == ["code-review", "debugging"]


def test_depths_may_stand_in_rows(tmp_path: Path) -> None:
    (tmp_path / "1.csv").write_text(
        csv_text(
            [
                ("Role", "Level", "Skill", "Proficiency"),
                ("Backend Engineer", "Junior", "Code Review", "Working"),
            ]
        )
    )
    (tmp_path / "2.csv").write_text(
        csv_text(
            [
                ("Skill", "Level", "Description"),
                ("Code Review", "Awareness", "Looks on."),
                ("Code Review", "Working", "Answers."),
            ]
        )
    )
    content = content_of(import_catalogue(tmp_path))
    assert content.expectations[0].wording is not None
    assert content.expectations[0].wording.base == "Answers."


def test_a_table_of_roles_adds_what_it_says(tmp_path: Path) -> None:
    (tmp_path / "expectations.csv").write_text(
        csv_text([("Role", "Level", "Skill", "Text"), ("Engineer", "Junior", "Review", "Answers.")])
    )
    (tmp_path / "roles.csv").write_text(
        csv_text([("Role", "Role Family", "Description"), ("Engineer", "Software", "Builds it.")])
    )
    (role,) = content_of(import_catalogue(tmp_path)).roles
    assert role.family.name.base == "Software"
    assert role.summary is not None
    assert role.summary.base == "Builds it."


def test_texts_of_a_depth_are_kept_once_where_asked(tmp_path: Path) -> None:
    mapping = """\
tables:
  - shape: long
    columns: {role: Role, level: Level, skill: Skill, proficiency: Depth, text: Text}
    proficiency_columns: {Working: Working}
fold_texts: yes
"""
    rows = (
        ("Role", "Level", "Skill", "Depth", "Text", "Working"),
        ("Engineer", "Junior", "Review", "Working", "Answers.", "Answers."),
        ("Engineer", "Senior", "Review", "Working", "Leads.", ""),
    )
    content = content_of(imported(tmp_path, *rows, mapping=mapping))
    texts = [each.text.base if each.text else None for each in content.expectations]
    assert texts == [None, "Leads."]
