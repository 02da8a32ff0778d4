"""Pages and nested documents of every shape are understood without a mapping."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.formats.imports.drafting import draft_mapping
from tests.unit.formats.pages.kinds_of_documents import NESTED
from tests.unit.formats.pages.kinds_of_pages import PAGES
from tests.unit.formats.pages.kinds_of_tables import TABLES
from tests.unit.formats.pages.shapes import SHARED, read, understood, write

KINDS = {**PAGES, **TABLES, **NESTED}


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_company_has_is_understood(tmp_path: Path, kind: str) -> None:
    files, expected = KINDS[kind]
    path = write(tmp_path / "Engineering", files)
    folder = "Engineering" if path.is_dir() else path.stem
    roles = tuple(role.replace("{folder}", folder) for role in expected.roles)
    assert understood(read(path)) == replace(expected, roles=roles)


CASES = {
    "15-nested.yml": (
        ("Engineer",),
        ("Junior", "Senior"),
        ("Planning",),
        2,
    ),
    "17-page-per-level": (("Engineer",), ("Engineer 1", "Engineer 2"), ("Testing", "Feedback"), 4),
    "19-html-table.html": (("Backend Engineer",), ("Junior", "Senior"), ("Testing", "Feedback"), 4),
    "22-json-list-of-objects.json": (("Backend",), ("1", "2"), ("communication",), 2),
}


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/cases is not beside this repository")
@pytest.mark.parametrize("name", CASES)
def test_shared_cases_are_read(name: str) -> None:
    found = understood(read(SHARED / name))
    assert (found.roles, found.levels, found.skills, found.expectations) == CASES[name]


@pytest.mark.parametrize("kind", KINDS)
def test_the_drafted_mapping_says_the_same(tmp_path: Path, kind: str) -> None:
    path = write(tmp_path / "Engineering", KINDS[kind][0])
    draft = draft_mapping(path)
    assert draft.text is not None, draft.remarks
    assert understood(read(path, draft.text)) == understood(read(path))


def test_a_table_in_one_that_lays_the_page_out_is_read(tmp_path: Path) -> None:
    table = (
        "<table><tr><th>Skill</th><th>Junior</th><th>Senior</th></tr>"
        "<tr><td>Testing</td><td>a</td><td>b</td></tr></table>"
    )
    page = f"<table><tr><td>{table}</td><td>menu</td></tr></table>"
    found = understood(read(write(tmp_path, {"page.html": page})))
    assert (found.levels, found.skills) == (("Junior", "Senior"), ("Testing",))


def test_one_known_role_tells_that_the_others_are_roles(tmp_path: Path) -> None:
    levels = {"L1": {"Testing": "a", "Review": "b"}, "L2": {"Testing": "c", "Review": "d"}}
    other = {"L1": {"SQL": "e", "Lakes": "f"}}
    text = json.dumps({"Backend": levels, "Data": other})
    assert understood(read(write(tmp_path, {"x.json": text}))).roles == ("Backend", "Data")


def test_numbers_of_an_outline_are_no_part_of_names(tmp_path: Path) -> None:
    page = (
        "# Baker\n\n## 1. Junior\n\n### 1.1 Dough\n\na\n\n### 1.2 Oven\n\nb\n\n"
        "## 2. Senior\n\n### 2.1 Dough\n\nc\n\n### 2.2 Oven\n\nd\n"
    )
    found = understood(read(write(tmp_path, {"Baker.md": page})))
    assert (found.levels, found.skills, found.expectations) == (
        ("Junior", "Senior"),
        ("Dough", "Oven"),
        4,
    )


def test_lists_side_by_side_say_what_words_stand_for(tmp_path: Path) -> None:
    cells = [
        {"role": role, "level": level, "skill": "d", "text": f"{role} {level}"}
        for role in ("b", "w")
        for level in ("l1", "l2")
    ]
    document = {
        "roles": [{"id": "b", "name": "Baker"}, {"id": "w", "name": "Waiter"}],
        "levels": [{"id": "l1", "name": "Helping"}, {"id": "l2", "name": "Leading"}],
        "skills": [{"id": "d", "name": "Dough"}],
        "expectations": cells,
    }
    found = understood(read(write(tmp_path, {"x.json": json.dumps(document)})))
    assert (found.roles, found.levels, found.skills, found.expectations) == (
        ("Baker", "Waiter"),
        ("Helping", "Leading"),
        ("Dough",),
        4,
    )
