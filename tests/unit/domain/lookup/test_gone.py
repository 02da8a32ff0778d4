"""Which part of what a card names is gone: the first that is, from the whole to the detail."""

import pytest

from bot.domain.framework import CellKey
from bot.domain.lookup.gone import gone_cell, gone_rung
from tests.unit.samples import built_in

CATALOGUE = built_in().catalogue
ROLE, LEVEL, SKILL = "llm-engineer", "lead", "mlops"
NAME = "LLM Engineer"


@pytest.mark.parametrize(
    ("role", "level", "params"),
    [
        (ROLE, LEVEL, None),
        ("baker", LEVEL, {"kind": "role", "key": "baker", "role": ""}),
        (ROLE, "apprentice", {"kind": "level", "key": "apprentice", "role": NAME}),
        ("baker", "apprentice", {"kind": "role", "key": "baker", "role": ""}),
    ],
)
def test_a_rung(role: str, level: str, params: dict[str, str] | None) -> None:
    found = gone_rung(CATALOGUE, role, level)
    assert (found and {name: found.params[name] for name in ("kind", "key", "role")}) == params


@pytest.mark.parametrize(
    ("cell", "kind", "key"),
    [
        (CellKey(ROLE, LEVEL, "dough"), "skill", "dough"),
        (CellKey("baker", LEVEL, "dough"), "skill", "dough"),
        (CellKey("baker", LEVEL, "hiring"), "role", "baker"),
        (CellKey(ROLE, "apprentice", "hiring"), "level", "apprentice"),
    ],
)
def test_an_expectation(cell: CellKey, kind: str, key: str) -> None:
    found = gone_cell(CATALOGUE, cell).params
    assert (found["kind"], found["key"]) == (kind, key)


def test_a_cell_that_is_empty_is_told_by_names() -> None:
    asked = {
        each.skill.key
        for each in CATALOGUE.content.expectations
        if (each.role.key, each.level.key) == (ROLE, LEVEL)
    }
    skill = next(each for each in CATALOGUE.content.skills if each.key not in asked)
    found = gone_cell(CATALOGUE, CellKey(ROLE, LEVEL, skill.key)).params
    assert found["kind"] == "expectation"
    assert (found["key"], found["role"], found["level"]) == (skill.name.base, NAME, "Lead")
