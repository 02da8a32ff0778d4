"""Stable keys: readable, unique, and the same again when the spreadsheet comes back changed."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formats.imports.building.keys import MAX_KEY, assign_keys, is_key, slug
from tests.strategies import NAMES
from tests.unit.formats.imports.importing import LONG, codes, content_of, imported

ROWS = (
    ("Backend Engineer", "Junior", "Code Review", "required", "", "Answers."),
    ("Backend Engineer", "Senior", "Code Review", "required", "", "Leads."),
    ("Backend Engineer", "Senior", "C++", "required", "", "Knows it."),
)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("ML Experiment Tracking", "ml-experiment-tracking"),
        ("C", "c"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
        ("Research & Development", "research-and-development"),
        ("People's choice", "peoples-choice"),
        ("机器学习", "ji-qi-xue-xi"),
        ("🎨 Creative", "creative"),
        ("🚀", "rocket"),
        ("Größe", "grosse"),
        ("Ведущий", "vedushchiy"),
        ("...", "unnamed"),
    ],
)
def test_keys_are_readable(name: str, key: str) -> None:
    assert slug(name) == key


@given(NAMES)
def test_every_name_has_a_key(name: str) -> None:
    assert is_key(slug(name))
    assert len(slug(name)) <= MAX_KEY


@given(st.lists(NAMES, max_size=30), st.randoms(use_true_random=False))
def test_keys_are_unique_and_do_not_depend_on_order(names: list[str], rng: random.Random) -> None:
    things = dict(enumerate(dict.fromkeys(names)))
    keys, _ = assign_keys(things, {}, {})
    assert len(set(keys.values())) == len(things)
    assert all(map(is_key, keys.values()))
    shuffled = list(things.items())
    rng.shuffle(shuffled)
    renumbered = {at: name for at, (_, name) in enumerate(shuffled)}
    again, _ = assign_keys(renumbered, {}, {})
    assert {renumbered[at]: key for at, key in again.items()} == {
        things[at]: key for at, key in keys.items()
    }


def test_given_keys_win_over_known_ones_and_these_over_new_ones() -> None:
    names = {0: "Review", 1: "Debugging", 2: "Testing"}
    keys, clashes = assign_keys(names, {2: "review"}, {"debugging": "bugs"})
    assert keys == {2: "review", 1: "bugs", 0: "review-2"}
    assert clashes == [0]


def test_a_key_that_is_none_is_made_one() -> None:
    keys, _ = assign_keys({0: "Review"}, {0: "SKILL_001"}, {})
    assert keys == {0: "skill-001"}


def test_what_keeps_its_name_keeps_its_key(tmp_path: Path) -> None:
    keyed = (
        (*LONG, "role_key", "level_key", "skill_key", "aliases"),
        *((*row, "be", f"x-{row[1].lower()}", "review", "peer review") for row in ROWS[:2]),
    )
    before = content_of(imported(tmp_path, *keyed))
    after = content_of(imported(tmp_path, LONG, *ROWS, previous=before))
    assert [role.key for role in after.roles] == ["be"]
    assert [level.key for level in after.roles[0].ladder.levels] == ["x-junior", "x-senior"]
    assert [skill.key for skill in after.skills] == ["review", "c-plus-plus"]


def test_an_alias_of_before_keeps_the_key(tmp_path: Path) -> None:
    header = ("Role", "Level", "Skill", "Aliases", "Text")
    row = ("Engineer", "Junior", "k8s", "Kubernetes", "Runs.")
    before = content_of(imported(tmp_path, header, row))
    rows = (("Role", "Level", "Skill", "Text"), ("Engineer", "Junior", "Kubernetes", "Runs."))
    assert content_of(imported(tmp_path, *rows, previous=before)).skills[0].key == "k8s"


def test_key_columns_win_over_what_was_before(tmp_path: Path) -> None:
    before = content_of(imported(tmp_path, LONG, *ROWS))
    keys = {"Code Review": "reviewing", "C++": "cpp"}
    rows = ((*LONG, "skill_key"), *((*row, keys[row[2]]) for row in ROWS))
    after = content_of(imported(tmp_path, *rows, previous=before))
    assert [skill.key for skill in after.skills] == ["reviewing", "cpp"]


def test_new_rows_without_a_key_join_an_exported_table(tmp_path: Path) -> None:
    rows = (
        (*LONG, "skill_key"),
        (*ROWS[0], "review"),
        (*ROWS[1], ""),
        (*ROWS[2], ""),
    )
    result = imported(tmp_path, *rows)
    assert [skill.key for skill in content_of(result).skills] == ["review", "c-plus-plus"]


def test_the_catalogue_keeps_its_name(tmp_path: Path) -> None:
    before = content_of(imported(tmp_path, LONG, *ROWS, name="Our framework.csv"))
    after = content_of(imported(tmp_path, LONG, *ROWS, name="new_export-2.csv", previous=before))
    assert after.name.base == "Our framework"


def test_names_that_lead_to_one_key_are_reported(tmp_path: Path) -> None:
    rows = [("Engineer", "Junior", name, "required", "", "Does.") for name in ("Naïve", "Naive")]
    result = imported(tmp_path, LONG, *rows)
    assert sorted(skill.key for skill in content_of(result).skills) == ["naive", "naive-2"]
    assert codes(result) == ["key-taken"]
