"""Records of nested JSON documents, named by paths."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.domain.framework import Requirement
from bot.domain.text import LocalText
from bot.formats.imports.catalogue_import import import_catalogue
from bot.formats.mapping.reader import parse_mapping
from bot.formats.nested.records import JsonRecords
from tests.unit.formats.imports.importing import cell, codes, content_of

DOCUMENT: dict[str, Any] = {
    "title": "Company",
    "departments": [
        {
            "title": "Engineering",
            "roles": [
                {"title": "Engineer", "levels": [{"title": "Junior", "asks": ["a/1", "b/2"]}]}
            ],
            "departments": [
                {
                    "title": "Platform",
                    "roles": [
                        {"title": "Operator", "levels": [{"title": "Senior", "asks": ["a/2"]}]}
                    ],
                }
            ],
        }
    ],
    "roles": [{"title": "Founder", "levels": [{"title": "Only", "asks": []}]}],
}


def rows(path: str, *columns: str, document: Any = DOCUMENT) -> list[tuple[str, ...]]:
    return [row.cells for row in JsonRecords(path, document, columns).rows()][1:]


def test_finds_records_at_any_depth_with_what_is_above_them() -> None:
    found = rows("**.roles[].levels[]", "title", "roles.title", "roles^.title", "$.title")
    assert found == [
        ("Only", "Founder", "Company", "Company"),
        ("Junior", "Engineer", "Engineering", "Company"),
        ("Senior", "Operator", "Platform", "Company"),
    ]


def test_a_record_may_be_a_word() -> None:
    found = rows("**.roles[].levels[].asks[]", ".", "roles.title", "levels.title")
    assert found == [
        ("a/1", "Engineer", "Junior"),
        ("b/2", "Engineer", "Junior"),
        ("a/2", "Operator", "Senior"),
    ]


def test_lists_and_objects_become_lines() -> None:
    more = {"deep": True, "words": ["three"]}
    document = {"items": [{"words": ["one", "two"], "more": more, "none": None}]}
    found = rows("items[]", "words", "more", "more.deep", "none", "absent", document=document)
    assert found == [("one\ntwo", "true\nthree", "true", "", "")]


def test_a_path_that_leads_nowhere_finds_nothing() -> None:
    assert rows("people[].levels[]", "title") == []
    assert rows("**.people[]", "title", document=[[[]]]) == []


def test_references_are_cut_into_fields_and_joined_by_key(tmp_path: Path) -> None:
    (tmp_path / "roles.json").write_text(json.dumps(DOCUMENT), encoding="utf-8")
    skills = {
        "skills": [
            {"path": "a", "title": "Attitude", "steps": [{"n": 1, "text": "Looks."}]},
            {"path": "b", "title": "Building", "steps": [{"n": 2, "text": "Builds."}]},
        ]
    }
    (tmp_path / "skills.json").write_text(json.dumps(skills), encoding="utf-8")
    mapping = parse_mapping(
        "mapping.yaml",
        b"""\
tables:
  - files: [skills.json]
    shape: skills
    records: skills[].steps[]
    columns: {skill_key: skills.path, skill: skills.title, proficiency: n, text: text}
  - files: [roles.json]
    shape: long
    records: '**.roles[].levels[].asks[]'
    columns: {role: roles.title, level: levels.title, role_family: roles^.title}
    split:
      - {column: ., by: /, into: [skill_key, proficiency]}
    values: {requirement: optional}
""",
    )
    content = content_of(import_catalogue(tmp_path, mapping=mapping))
    found = cell(content, "engineer", "junior", "b")
    assert found.wording is not None
    assert (found.wording.base, found.requirement.value) == ("Builds.", "optional")
    assert [role.family.name.base for role in content.roles] == ["Engineering", "Platform"]


def test_a_reference_to_nothing_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "roles.json").write_text(json.dumps(DOCUMENT), encoding="utf-8")
    mapping = parse_mapping(
        "mapping.yaml",
        b"""\
tables:
  - shape: long
    records: '**.roles[].levels[].asks[]'
    columns: {role: roles.title, level: levels.title, skill_key: .}
""",
    )
    result = import_catalogue(tmp_path / "roles.json", mapping=mapping)
    assert result.content is None
    assert codes(result) == ["unknown-reference"]
    assert result.problems[0].count == 3


def test_a_flat_list_needs_no_mapping(tmp_path: Path) -> None:
    path = tmp_path / "framework.json"
    records = [{"role": "Engineer", "level": "Junior", "skill": "Review", "text": "Answers."}]
    path.write_text(json.dumps(records), encoding="utf-8")
    assert len(content_of(import_catalogue(path)).expectations) == 1


@pytest.mark.parametrize("name", ["dev.jsonl", "dev.ndjson", "dev.json"])
def test_an_object_on_each_line_is_a_record(tmp_path: Path, name: str) -> None:
    lines = [
        json.dumps({"role": "Dev", "level": level, "skill": "Testing", "text": f"{level} tests"})
        for level in ("Junior", "Senior")
    ]
    path = tmp_path / name
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    content = content_of(import_catalogue(path))
    texts = [each.text.base for each in content.expectations if each.text]
    assert texts == ["Junior tests", "Senior tests"]


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "dev.jsonl"
    path.write_text('{"role": "Dev"}\n\n{"role": Dev}\n', encoding="utf-8")
    (problem,) = import_catalogue(path).problems
    assert problem.places[0].line == 3
    assert "not valid JSON" in problem.message


@pytest.mark.parametrize("name", ["Desc.", "What is expected (v1.2)"])
def test_a_name_with_a_dot_is_one_step_of_a_path(tmp_path: Path, name: str) -> None:
    def asked(role: str, level: str) -> list[dict[str, str]]:
        return [{"name": each, name: f"{role} {level} does {each} well"} for each in ("Git", "SQL")]

    two = ("Junior", "Senior")
    roles = [
        {"name": role, "v2.0": [{"level": each, "skills": asked(role, each)} for each in two]}
        for role in ("Dev", "Ops")
    ]
    path = tmp_path / "career.json"
    path.write_text(json.dumps({"roles": roles}), "utf-8")

    result = import_catalogue(path)

    assert result.problems == ()
    assert cell(content_of(result), "ops", "senior", "sql").text == LocalText(
        "Ops Senior does SQL well"
    )
    assert len(content_of(result).expectations) == 8
    records = r"roles[].v2\.0[].skills[]"
    found = rows(records, rf"skills.{name.replace('.', chr(92) + '.')}", document={"roles": roles})
    assert found[0] == ("Dev Junior does Git well",)


@pytest.mark.parametrize("more", [{"by": "Ada Lovelace of the people team"}, {"version": "1"}])
def test_what_is_called_a_text_is_read_before_what_only_reads_like_one(
    tmp_path: Path, more: dict[str, str]
) -> None:
    records = [
        {"role": "Dev", "level": each, "skill": "SQL", "description": f"{each}: reads plans"}
        | {"meta": more}
        for each in ("Junior", "Senior")
    ]
    path = tmp_path / "career.json"
    path.write_text(json.dumps({"framework": records}), "utf-8")
    found = cell(content_of(import_catalogue(path)), "dev", "senior", "sql")
    assert found.text == LocalText("Senior: reads plans")


def test_records_that_only_grade_are_expectations(tmp_path: Path) -> None:
    levels = [
        {"name": level, "skills": [{"name": "Git", "required": must}, {"name": "SQL"}]}
        for level, must in (("Junior", False), ("Senior", True))
    ]
    path = tmp_path / "career.json"
    path.write_text(json.dumps({"roles": [{"name": "Dev", "levels": levels}]}), "utf-8")
    content = content_of(import_catalogue(path))
    assert [each.name.base for each in content.roles] == ["Dev"]
    told = {(each.level.key, each.skill.key): each.requirement for each in content.expectations}
    assert told["junior", "git"] is Requirement.OPTIONAL
    assert told["senior", "git"] is Requirement.REQUIRED


def test_lists_within_lists_are_no_table(tmp_path: Path) -> None:
    """Their columns would be numbered, and what stands in them taken for levels."""
    scores = [{"level": level, "score": at} for at, level in enumerate(("Junior", "Senior"))]
    competencies = [{"name": each, "scale": scores} for each in ("SQL", "Git", "Talks")]
    path = tmp_path / "career.json"
    path.write_text(json.dumps({"competencies": competencies}), "utf-8")
    (found,) = import_catalogue(path).problems
    assert "career.json: there are lists within lists" in found.message
    assert "'records'" in found.message


@pytest.mark.parametrize("above", ["career", "levels"])
@pytest.mark.parametrize("names", [("Junior", "Senior"), ("Engineer", "Senior Engineer")])
def test_a_level_with_a_number_is_called_by_its_name(
    tmp_path: Path, above: str, names: tuple[str, str]
) -> None:
    """The number was the level, and each level a role of its own."""
    levels = [
        {"level": at, "name": name, "skills": [{"name": "SQL", "text": f"{name}: reads plans"}]}
        for at, name in enumerate(names, 1)
    ]
    path = tmp_path / "career.json"
    path.write_text(json.dumps({above: levels}), "utf-8")
    content = content_of(import_catalogue(path))
    (role,) = content.roles
    assert [each.name.base for each in role.ladder.levels] == list(names)


@pytest.mark.parametrize(("many", "called"), [(2, True), (300, True), (300, False)])
def test_what_keys_stand_for_is_called_as_it_is_in_full(
    tmp_path: Path, many: int, called: bool
) -> None:
    """Where one of them has no name in full, all are called by their keys."""
    levels = {"Junior": "Does it well", "Senior": "Leads it well"}
    skills: dict[str, Any] = {
        f"s{at}": {"name": f"Skill {at}", "levels": levels} for at in range(many)
    }
    if not called:
        del skills["s7"]["name"]
    path = tmp_path / "career.json"
    path.write_text(json.dumps({"skills": skills}), "utf-8")
    found = content_of(import_catalogue(path)).skills
    assert [each.key for each in found] == [*skills]
    names = [each.name.base for each in found]
    assert names == [f"Skill {at}" if called else f"s{at}" for at in range(many)]


def test_keys_of_other_languages_name_levels_and_skills(tmp_path: Path) -> None:
    levels = [
        {"nom": name, "compétences": [{"nom": "TIG", "attendu": f"soude {name}"}]}
        for name in ("Débutant", "Expert")
    ]
    path = tmp_path / "x.json"
    path.write_text(json.dumps({"métier": "Soudeur", "niveaux": levels}), encoding="utf-8")
    content = content_of(import_catalogue(path))
    (role,) = content.roles
    assert role.name.base == "Soudeur"
    assert [level.name.base for level in role.ladder.levels] == ["Débutant", "Expert"]
    assert [skill.name.base for skill in content.skills] == ["TIG"]


def test_levels_may_be_keys_over_lists_of_skills(tmp_path: Path) -> None:
    levels = {
        "Junior": [
            {"skill": "Dough", "required": True, "text": "kneads"},
            {"skill": "Oven", "required": False, "text": "watches"},
        ],
        "Senior": [{"skill": "Dough", "required": True, "text": "invents"}],
    }
    path = tmp_path / "x.json"
    path.write_text(json.dumps({"role": "Baker", "levels": levels}), encoding="utf-8")
    content = content_of(import_catalogue(path))
    assert len(content.expectations) == 3
    assert cell(content, "baker", "junior", "oven").requirement is Requirement.OPTIONAL
