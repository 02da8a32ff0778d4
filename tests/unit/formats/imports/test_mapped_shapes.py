"""Mappings of the shapes that a single header above its columns does not tell."""

from pathlib import Path

from bot.formats.imports.catalogue_import import import_catalogue
from bot.formats.mapping.reader import parse_mapping
from tests.unit.formats.imports.importing import cell, content_of, csv_text, imported
from tests.unit.formats.imports.shapes import roles_of, skills_of

WIDE = "columns: {skill: Skill}\n    level_columns: [{column: Junior, level: Junior}]\n"


def test_rows_that_differ_are_joined_as_lines(tmp_path: Path) -> None:
    mapping = f"tables:\n  - shape: wide\n    values: {{role: Dev}}\n    {WIDE}duplicates: join\n"
    rows = (("Skill", "Junior"), ("Testing", "a"), ("SQL", "b"), ("Testing", "c\nd"), ("SQL", "b"))
    content = content_of(imported(tmp_path, *rows, mapping=mapping))
    text = cell(content, "dev", "junior", "testing").text
    assert text is not None
    assert text.base == "a\nc\nd"
    again = cell(content, "dev", "junior", "sql").text
    assert again is not None
    assert again.base == "b"


def test_columns_are_joined_to_no_more_than_a_catalogue_holds(tmp_path: Path) -> None:
    columns = "[{column: Does, level: Junior}, {column: Shows, level: Junior}]"
    mapping = (
        "tables:\n  - shape: wide\n    values: {role: Dev}\n    columns: {skill: Skill}\n"
        f"    level_columns: {columns}\n"
    )
    header = ("Skill", "Does", "Shows")
    rows = (header, ("SQL", "a" * 900, "b" * 900), ("Testing", "a" * 1200, "b" * 1200))
    result = imported(tmp_path, *rows, mapping=mapping)
    (found,) = result.problems
    assert (found.code, found.count) == ("too-long", 1)
    assert "2,401 characters" in str(found.places[0])
    assert imported(tmp_path, *rows[:2], mapping=mapping).problems == ()


def test_several_entries_read_several_parts_of_one_sheet(tmp_path: Path) -> None:
    mapping = """\
tables:
  - shape: wide
    skip_rows: 1
    last_row: 3
    columns: {skill: Skill}
    values: {role: Dev}
    level_columns: [{column: Junior, level: Junior}]
  - shape: wide
    skip_rows: 4
    columns: {skill: Skill}
    values: {role: QA}
    level_columns: [{column: Lead, level: Lead}]
"""
    rows = (
        ("Dev", ""),
        ("Skill", "Junior"),
        ("Testing", "a"),
        ("QA", ""),
        ("Skill", "Lead"),
        ("Testing", "b"),
        ("SQL", "c"),
    )
    content = content_of(imported(tmp_path, *rows, mapping=mapping))
    assert roles_of(content) == "Dev: Junior\nQA: Lead"
    assert len(content.expectations) == 3


def test_headings_of_two_heights(tmp_path: Path) -> None:
    mapping = (
        "tables:\n  - shape: wide\n    heading_rows: [domain, group]\n    values: {role: Dev}\n    "
        + WIDE
    )
    rows = (
        ("Skill", "Junior"),
        ("Engineering", ""),
        ("Craft", ""),
        ("Testing", "a"),
        ("Data", ""),
        ("SQL", "b"),
        ("People", ""),
        ("Team", ""),
        ("Feedback", "c"),
    )
    content = content_of(imported(tmp_path, *rows, mapping=mapping))
    assert skills_of(content) == "Craft: Testing\nData: SQL\nTeam: Feedback"
    assert {group.name.base: group.domain.name.base for group in content.groups} == {
        "Craft": "Engineering",
        "Data": "Engineering",
        "Team": "People",
    }


def test_a_table_is_turned(tmp_path: Path) -> None:
    mapping = """\
tables:
  - shape: wide
    orientation: columns
    skip_rows: 1
    columns: {skill: Skill, group: Group}
    values: {role: Dev}
    level_columns: [{column: Junior, level: Junior}, {column: Senior, level: Senior}]
"""
    rows = (
        ("Our matrix", "", ""),
        ("Skill", "Testing", "Feedback"),
        ("Group", "Craft", "Team"),
        ("Junior", "a", ""),
        ("Senior", "b", "c"),
    )
    content = content_of(imported(tmp_path, *rows, mapping=mapping))
    assert skills_of(content) == "Craft: Testing\nTeam: Feedback"
    assert len(content.expectations) == 3


def test_titles_are_what_the_mapping_says(tmp_path: Path) -> None:
    mapping = """\
tables:
  - shape: long
    columns: {title: Title, skill: Skill, text: Text}
titles:
  SDE Two: {role: Developer, level: Middle}
"""
    rows = (
        ("Title", "Skill", "Text"),
        ("Junior Developer", "Testing", "a"),
        ("SDE two", "Testing", "b"),
    )
    content = content_of(imported(tmp_path, *rows, mapping=mapping))
    assert roles_of(content) == "Developer: Junior < Middle"


def test_skills_and_roles_may_be_columns(tmp_path: Path) -> None:
    mapping = """\
tables:
  - shape: wide
    columns: {role: Role, level: Level}
    level_columns: [{column: Testing, skill: Testing}, {column: SQL, skill: SQL}]
    empty_words: ["0"]
"""
    rows = (
        ("Role", "Level", "Testing", "SQL"),
        ("Dev", "Junior", "a", "0"),
        ("QA", "Lead", "b", "c"),
    )
    content = content_of(imported(tmp_path, *rows, mapping=mapping))
    assert roles_of(content) == "Dev: Junior\nQA: Lead"
    assert len(content.expectations) == 3


def test_translations_come_from_a_second_file(tmp_path: Path) -> None:
    head = ("Role", "Level", "Skill", "Text")
    folder = tmp_path / "two"
    folder.mkdir()
    for name, text in (("en.csv", "Answers."), ("zh.csv", "回答。")):
        rows = [head, ("Dev", "Junior", "Review", text)]
        (folder / name).write_text(csv_text(rows), encoding="utf-8")
    mapping = """\
tables:
  - files: [en.csv]
    shape: long
    columns: {role: Role, level: Level, skill: Skill, text: Text}
  - files: [zh.csv]
    shape: long
    columns: {role: Role, level: Level, skill: Skill, text.zh: Text}
"""
    read = parse_mapping("m.yaml", mapping.encode())
    (found,) = content_of(import_catalogue(folder, mapping=read)).expectations
    assert found.text is not None
    assert (found.text.base, found.text.in_locale("zh")) == ("Answers.", "回答。")


def test_translations_come_from_a_second_column(tmp_path: Path) -> None:
    rows = (("Testing", "tests", "测试"), ("SQL", "asks", "查询"))
    header = ("Skill", "Junior", "Junior (中文)", "Senior", "Senior (中文)")
    table = [header, *((*row, f"{row[1]} more", f"更{row[2]}") for row in rows)]
    content = content_of(imported(tmp_path, *table, name="Dev.csv"))
    text = cell(content, "dev", "senior", "testing").text
    assert text is not None
    assert (text.base, text.in_locale("zh")) == ("tests more", "更测试")
