"""What a mapping may say about tables, and files that stand in the way."""

import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.formats.imports.catalogue_import import ImportFormat, import_catalogue
from bot.formats.imports.drafting import draft_mapping
from bot.formats.mapping.reader import parse_mapping
from bot.formats.tables.source import TableLimits
from tests.unit.formats.imports.importing import codes, content_of, csv_text, imported, told

HEADER = ("Role", "Level", "Skill", "Text")
LONG = """\
tables:
  - shape: long
    columns: {role: Role, level: Level, skill: Skill, text: Text}
"""


def test_fill_down_stops_where_the_value_to_the_left_changes(tmp_path: Path) -> None:
    mapping = LONG + "    fill_down: [role, level]\n"
    rows = (
        ("Engineer", "Junior", "Review", "Answers."),
        ("", "", "Tests", "Writes them."),
        ("Analyst", "", "SQL", "Reads plans."),
    )
    result = imported(tmp_path, HEADER, *rows, mapping=mapping)
    assert result.content is None
    (problem,) = result.problems
    assert (problem.code, problem.places[0].line) == ("no-level", 4)


def test_rows_may_be_left_out_by_what_they_hold(tmp_path: Path) -> None:
    mapping = LONG + "    ignore_rows: {role: [Total, Draft]}\n"
    rows = (("Engineer", "Junior", "Review", "Answers."), ("TOTAL", "-", "-", "12"))
    result = imported(tmp_path, HEADER, *rows, mapping=mapping)
    assert len(content_of(result).roles) == 1
    assert list(result.accounting.ignored.values()) == [1]


def test_columns_are_joined_and_values_are_given_to_every_row(tmp_path: Path) -> None:
    mapping = """\
tables:
  - shape: long
    columns: {role: Role, level: Level, skill: [Area, Skill], text: [Text, column E]}
    values: {domain: "{file}", requirement: optional}
"""
    header = ("Role", "Level", "Skill", "Text", "", "Area")
    row = ("Engineer", "Junior", "Review", "Answers.", "Asks.", "Code")
    content = content_of(imported(tmp_path, header, row, mapping=mapping))
    (found,) = content.expectations
    assert found.skill.name.base == "Code Review"
    assert found.text is not None
    assert found.text.base == "Answers.\n\nAsks."
    assert (found.requirement.value, found.skill.group.domain.name.base) == (
        "optional",
        "framework",
    )


def test_rows_above_the_header_are_skipped(tmp_path: Path) -> None:
    mapping = LONG + "    skip_rows: 2\n"
    rows = (("Role", "Level"), ("x", "y"), HEADER, ("Engineer", "Junior", "Review", "Answers."))
    assert len(content_of(imported(tmp_path, *rows, mapping=mapping)).expectations) == 1


def test_a_base_language_column_is_the_text_itself(tmp_path: Path) -> None:
    mapping = """\
base_locale: zh
tables:
  - shape: long
    columns: {role: Role, level: Level, skill: Skill, text.zh: 描述, text.en: Text}
"""
    header = ("Role", "Level", "Skill", "描述", "Text")
    row = ("工程师", "初级", "代码评审", "回答每条评论。", "Answers every comment.")
    (found,) = content_of(imported(tmp_path, header, row, mapping=mapping)).expectations
    assert found.text is not None
    assert (found.text.base, found.text.in_locale("en")) == (row[3], row[4])
    assert found.skill.key == "dai-ma-ping-shen"


def test_one_language_alone_stands_for_the_base_language(tmp_path: Path) -> None:
    header = ("Role", "Level", "Skill", "text.zh")
    row = ("Engineer", "Junior", "Review", "回答每条评论。")
    (found,) = content_of(imported(tmp_path, header, row)).expectations
    assert found.text is not None
    assert found.text.base == "回答每条评论。"


def test_sheets_that_the_mapping_does_not_name_are_left_alone(tmp_path: Path) -> None:
    workbook = Workbook()
    del workbook["Sheet"]
    for name in ("Roles 1", "Roles 2", "Notes"):
        sheet = workbook.create_sheet(name)
        sheet.append(HEADER)
        sheet.append(("Engineer", "Junior", name, "Answers.", "a stray remark"))
    path = tmp_path / "framework.xlsx"
    workbook.save(path)
    mapping = parse_mapping("m.yaml", (LONG + '    sheets: ["roles *"]\n').encode())
    result = import_catalogue(path, mapping=mapping)
    assert [skill.name.base for skill in content_of(result).skills] == ["Roles 1", "Roles 2"]
    lines = "\n".join(told(result))
    assert "left unread (framework.xlsx [Notes])" in lines
    assert "column without a header" in lines


def test_a_skill_of_several_groups_may_go_to_a_shared_one(tmp_path: Path) -> None:
    mapping = """\
tables:
  - shape: long
    columns: {role: Role, level: Level, skill: Skill, text: Text, group: Role}
defaults: {shared_group: Everybody}
"""
    rows = (
        ("Engineer", "Junior", "Review", "Answers."),
        ("Analyst", "Junior", "Review", "Answers too."),
        ("Analyst", "Junior", "SQL", "Reads plans."),
    )
    content = content_of(imported(tmp_path, HEADER, *rows, mapping=mapping))
    assert {skill.key: skill.group.name.base for skill in content.skills} == {
        "review": "Everybody",
        "sql": "Analyst",
    }


def test_roles_whose_rows_are_all_skipped_are_left_out(tmp_path: Path) -> None:
    rows = (("Engineer", "Junior", "Review", "Answers."), ("Analyst", "x" * 120, "SQL", "Reads."))
    result = imported(tmp_path, HEADER, *rows, mapping=LONG + "bad_rows: skip\n")
    assert [role.key for role in content_of(result).roles] == ["engineer"]
    assert codes(result) == ["too-long", "role-left-out"]


def test_the_ladder_of_before_keeps_its_name(tmp_path: Path) -> None:
    header = (*HEADER, "Ladder", "ladder_key")
    rows = [("Engineer", name, "Review", f"As {name}.") for name in ("Junior", "Senior")]
    before = content_of(imported(tmp_path, header, *((*row, "Our ladder", "ours") for row in rows)))
    after = content_of(imported(tmp_path, HEADER, *rows, previous=before))
    assert after.ladders == before.ladders


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (ImportFormat.TWO_TABLE, "two tables are needed"),
        (ImportFormat.MARKDOWN, "ends with .md"),
        (ImportFormat.JSON, "ends with .json"),
        (ImportFormat.NATIVE, "framework.csv"),
        (ImportFormat.LONG, "the level is missing"),
    ],
)
def test_a_format_that_the_file_is_not(tmp_path: Path, chosen: ImportFormat, said: str) -> None:
    path = tmp_path / "framework.csv"
    path.write_text(csv_text([("Role", "Skill", "Junior"), ("Engineer", "Review", "Answers.")]))
    result = import_catalogue(path, format=chosen)
    assert result.content is None
    assert said in "\n".join(told(result))


def test_files_beyond_the_limits_are_refused(tmp_path: Path) -> None:
    document = tmp_path / "framework.json"
    document.write_text(json.dumps([{"role": "x" * 500}]), encoding="utf-8")
    records = LONG.replace("shape: long", "shape: long\n    records: items[]")
    mapping = parse_mapping("m.yaml", records.encode())
    result = import_catalogue(document, mapping=mapping, limits=TableLimits(whole_bytes=100))
    assert "larger than" in told(result)[0]
    rows = [("Engineer", "Junior", f"Skill {at}", "Does.") for at in range(20)]
    table = tmp_path / "framework.csv"
    table.write_text(csv_text([HEADER, *rows]))
    result = import_catalogue(table, limits=TableLimits(rows=10))
    assert result.content is None
    assert "10" in told(result)[0]


def test_a_folder_of_too_many_files_is_refused(tmp_path: Path) -> None:
    for number in range(301):
        (tmp_path / f"{number}.csv").touch()
    assert "more than 300 files" in told(import_catalogue(tmp_path))[0]


def test_roles_with_levels_of_their_own_are_drafted_one_by_one(tmp_path: Path) -> None:
    rows = [
        (role, f"{word} {role}", "Review", f"Reviews as {word} {role}.")
        for role in ("engineer", "analyst", "designer")
        for word in ("Junior", "Middle", "Senior", "Lead", "Head")
    ]
    path = tmp_path / "framework.csv"
    path.write_text(csv_text([HEADER, *reversed(rows)]))
    draft = draft_mapping(path)
    assert draft.text is not None
    assert "  analyst:\n    levels:\n      - Junior analyst\n      - Middle analyst\n" in draft.text
    mapping = parse_mapping("m.yaml", draft.text.encode())
    drafted, alone = import_catalogue(path, mapping=mapping), import_catalogue(path)
    assert content_of(drafted).roles == content_of(alone).roles
