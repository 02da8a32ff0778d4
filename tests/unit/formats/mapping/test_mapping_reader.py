"""Mapping files: what they say, and every fault of them at once, each with its line."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from bot.domain.framework import Requirement
from bot.formats.bundled import data_folder
from bot.formats.mapping.fields import Field, FieldSlot, slot_of
from bot.formats.mapping.headers import FIELD_BY_HEADER
from bot.formats.mapping.model import BadRows, Duplicates, Holds, LevelOrder, Shape
from bot.formats.mapping.reader import parse_mapping, read_mapping
from bot.formats.problems import CatalogueFileErrors

FULL = """\
name: Our framework
base_locale: en
tables:
  - files: ["*.csv"]
    sheets: [Roles]
    shape: long
    skip_rows: 2
    columns:
      role: Role
      level: Level
      skill: [Skill, Sub-skill]
      skill.zh: 技能
      depth_working: depth_working
    proficiency_columns: {Expert: Expert}
    fill_down: [role]
    values: {domain: "{sheet}"}
    ignore_rows: {role: [Total]}
    split:
      - {column: Path, by: /, into: ["-", group]}
  - shape: wide
    columns: {skill: Skill, role: Role}
    level_columns:
      - {column: Jr, level: Junior, key: junior}
      - {column: Jr ok, level: Junior, holds: requirement}
      - {column: 初级, level: Junior, language: zh}
levels:
  - Junior
  - - {name: Expert, track: technical}
    - {name: Manager, track: management}
roles:
  Engineer: {key: swe, family: Software, aliases: [dev], levels: [Only]}
proficiencies:
  - {name: Working, key: working, words: ["2"]}
ignore: [TBC]
empty_words: ["-"]
separators: [/]
required_words: [muss]
optional_words: [kann]
defaults: {requirement: optional, group: Other, domain: Things, family: People, level: "{role}"}
duplicates: last
bad_rows: skip
level_order: file
fold_texts: yes
"""


def problems(text: str) -> list[str]:
    with pytest.raises(CatalogueFileErrors) as raised:
        parse_mapping("mapping.yaml", text.encode())
    return [str(problem) for problem in raised.value.problems]


def test_reads_everything() -> None:
    mapping = parse_mapping("mapping.yaml", FULL.encode())
    long, wide = mapping.tables
    assert (long.shape, long.files, long.sheets, long.skip_rows) == (
        Shape.LONG,
        ("*.csv",),
        ("Roles",),
        2,
    )
    assert long.columns[FieldSlot(Field.SKILL)] == ("Skill", "Sub-skill")
    assert long.columns[FieldSlot(Field.SKILL, "zh")] == ("技能",)
    assert [(each.name, each.key) for each in long.depth_columns] == [
        ("Expert", ""),
        ("", "working"),
    ]
    assert long.fill_down == frozenset({Field.ROLE})
    assert dict(long.values) == {FieldSlot(Field.DOMAIN): "{sheet}"}
    assert dict(long.ignore_rows) == {Field.ROLE: ("Total",)}
    assert long.split[0].into == (None, FieldSlot(Field.GROUP))
    assert [(each.key, each.holds, each.locale) for each in wide.level_columns] == [
        ("junior", Holds.TEXT, ""),
        ("", Holds.REQUIREMENT, ""),
        ("", Holds.TEXT, "zh"),
    ]
    assert [(each.name, each.rank, each.track) for each in mapping.levels] == [
        ("Junior", 1, None),
        ("Expert", 2, "technical"),
        ("Manager", 2, "management"),
    ]
    (role,) = mapping.roles
    assert (role.key, role.family, role.aliases) == ("swe", "Software", ("dev",))
    assert mapping.defaults.requirement is Requirement.OPTIONAL
    assert (mapping.duplicates, mapping.bad_rows, mapping.level_order, mapping.fold_texts) == (
        Duplicates.LAST,
        BadRows.SKIP,
        LevelOrder.FILE,
        True,
    )


def test_all_faults_are_told_at_once_with_their_lines() -> None:
    text = """\
tables:
  - shape: long
    columns: {role: Role, levle: Level, skill: Skill}
  - shape: wide
    columns: {skill: Skill, role.zh: x, role_key.zh: y}
    fill_down: [roel]
  - shape: tall
    columns: {}
    values: {wages: 1}
levels: [Junior, junior, [{name: A, track: x}, {name: B, track: x}]]
proficiencies: [Working, {name: Expert, words: [working]}]
roles:
  Engineer: {levels: [a, b, c, d, e, f, g, h, i, j, k, l, m]}
nmae: x
"""
    found = problems(text)
    assert [each.split(": ")[0].removeprefix("mapping.yaml:") for each in found] == [
        "3 tables[0].columns",
        "3 tables[0].columns.levle",
        "4 tables[1]",
        "5 tables[1].columns.role_key.zh",
        "6 tables[1].fill_down[0]",
        "7 tables[2].shape",
        "9 tables[2].values.wages",
        "10 levels[1]",
        "10 levels[2][1]",
        "11 proficiencies[1]",
        "13 roles.Engineer.levels",
        "14 nmae",
    ]
    said = "\n".join(found)
    for words in (
        "a long table needs 'level'; add the header of its column",
        "no such field 'levle'; did you mean 'level'?",
        "a wide table needs 'level_columns'; list the columns with their levels",
        "'role_key' has no languages; only these have: domain, group,",
        "the level 'junior' is listed twice",
        "levels side by side need a track each; give this one another",
        "'working' stands for two proficiencies; keep it at one",
        "has 13 levels; a ladder has at most 12",
    ):
        assert words in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the file is empty"),
        ("tables: []", "at least 1"),
        ("- a\n- b\n", "is a list; write a mapping"),
        ("tables: &x\n  - *x\n", "the alias *x is not read"),
        ("tables:\n\t- x\n", "not valid YAML"),
        ("base_locale: english please\ntables: []", "does not fit"),
    ],
)
def test_other_files_are_refused(text: str, said: str) -> None:
    assert said in "\n".join(problems(text))


def test_a_table_given_as_the_mapping_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "framework.csv"
    path.write_bytes(b"Role,Level\n" * 200_000)
    with pytest.raises(CatalogueFileErrors, match="larger than 1 MiB"):
        read_mapping(path)


def test_the_schema_is_valid_and_describes_every_field_of_its_own() -> None:
    path = data_folder() / "schema" / "mapping.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    table = schema["$defs"]["table"]["properties"]
    assert set(table["shape"]["enum"]) == {shape.value for shape in Shape}
    assert set(schema["properties"]["duplicates"]["enum"]) == {each.value for each in Duplicates}
    assert set(schema["properties"]["bad_rows"]["enum"]) == {each.value for each in BadRows}
    assert set(schema["properties"]["level_order"]["enum"]) == {each.value for each in LevelOrder}
    holds = table["level_columns"]["items"]["properties"]["holds"]["enum"]
    assert set(holds) == {each.value for each in Holds}


@pytest.mark.parametrize("path", sorted((data_folder() / "samples" / "mappings").iterdir()))
def test_the_samples_are_valid(path: Path) -> None:
    assert read_mapping(path).tables


def test_every_field_is_known_by_its_own_name() -> None:
    for field in Field:
        assert FIELD_BY_HEADER[field.value.replace("_", " ")] is field
        assert slot_of(field.value) == FieldSlot(field)
