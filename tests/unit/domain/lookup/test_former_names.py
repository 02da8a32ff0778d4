"""What something was called before it moved is an alias of what took over, and told as one."""

from pathlib import Path

import pytest

from bot.cards.render import render
from bot.domain.answers import Answer
from bot.domain.catalogue.goings import GoingKey, GoingPart, keys_of, moves_by
from bot.domain.framework import CatalogueContent
from bot.domain.lookup.requests import ANYONE
from bot.domain.moves import NO_MOVES, Moves, carried_on, taken_back
from bot.domain.revision import Catalogue
from bot.services.lookup.lookups import skill_command
from bot.services.lookup.promotions import gap_command
from bot.services.lookup.shelves import Shelf
from bot.text.translator import load_translators
from tests.strategies import REVISION
from tests.unit.formats.imports.importing import content_of, imported
from tests.unit.samples import ALL_WORDS

ENGLISH = load_translators().for_locale("en")
HEADER = ("Role", "role_aliases", "Level", "Skill", "Skill (Chinese)", "Text")
OLD = (
    ("Baker", "oven hand", "Junior", "Dough making", "和面", "a"),
    ("Baker", "oven hand", "Middle", "Dough making", "和面", "b"),
    ("Baker", "oven hand", "Middle", "Ovens", "", "c"),
)
NEW = (
    ("Pastry cook", "", "Junior", "Batters", "", "a"),
    ("Pastry cook", "", "Intermediate", "Batters", "", "b"),
    ("Pastry cook", "", "Intermediate", "Ovens", "", "c"),
)


@pytest.fixture
def contents(tmp_path: Path) -> tuple[CatalogueContent, CatalogueContent]:
    old, new = (content_of(imported(tmp_path, HEADER, *rows)) for rows in (OLD, NEW))
    return old, new


def moved(old: CatalogueContent, new: CatalogueContent) -> Moves:
    decisions = {
        GoingKey(GoingPart.ROLE, "baker"): "pastry-cook",
        GoingKey(GoingPart.SKILL, "dough-making"): "batters",
    }
    return carried_on(NO_MOVES, moves_by(decisions, old, new), keys_of(new))


def shelf_of(contents: tuple[CatalogueContent, CatalogueContent]) -> Shelf:
    old, new = contents
    return Shelf(Catalogue(REVISION, new, moved(old, new)), ALL_WORDS)


def told(answer: Answer) -> list[tuple[str, str]]:
    return [(typed, name.base) for typed, name in answer.former]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("dough making", [("dough making", "Batters")]),
        ("Dough-Making junior", [("Dough Making", "Batters")]),
        ("和面", [("和面", "Batters")]),
        ("baker", [("baker", "Pastry cook")]),
        ("oven hand", [("oven hand", "Pastry cook")]),
        ("batters middle", [("middle", "Intermediate")]),
        (
            "dough making middle baker",
            [
                ("dough making", "Batters"),
                ("baker", "Pastry cook"),
                ("middle", "Intermediate"),
            ],
        ),
        ("ovens", []),
    ],
)
def test_an_old_name_opens_what_took_over(
    contents: tuple[CatalogueContent, CatalogueContent],
    typed: str,
    shown: list[tuple[str, str]],
) -> None:
    answer = skill_command(shelf_of(contents), typed, ANYONE)
    assert sorted(told(answer)) == sorted(shown)
    assert not answer.corrections
    text = str(render(answer, ENGLISH).blocks)
    for old, now in shown:
        assert f"“{old}” is now *{now}*." in text


def test_a_gap_is_found_by_old_names_too(
    contents: tuple[CatalogueContent, CatalogueContent],
) -> None:
    answer = gap_command(shelf_of(contents), "baker middle", ANYONE)
    assert told(answer) == [("baker", "Pastry cook"), ("middle", "Intermediate")]


def test_what_is_there_is_never_meant_by_an_old_name(
    contents: tuple[CatalogueContent, CatalogueContent], tmp_path: Path
) -> None:
    old, _ = contents
    rows = (*NEW, ("Baker (nights)", "baker", "Junior", "Dough making", "", "d"))
    new = content_of(imported(tmp_path, HEADER, *rows))
    moves = moves_by({GoingKey(GoingPart.ROLE, "baker"): "pastry-cook"}, old, new)
    shelf = Shelf(Catalogue(REVISION, new, moves), ALL_WORDS)
    assert told(skill_command(shelf, "baker", ANYONE)) == []
    assert told(skill_command(shelf, "dough making", ANYONE)) == []


def test_names_stay_on_a_way_of_two_steps_and_go_on_the_way_back(
    contents: tuple[CatalogueContent, CatalogueContent], tmp_path: Path
) -> None:
    old, new = contents
    rows = [("Cook", "", *row[2:]) for row in NEW]
    newest = content_of(imported(tmp_path, HEADER, *rows))
    step = moves_by({GoingKey(GoingPart.ROLE, "pastry-cook"): "cook"}, new, newest)
    twice = carried_on(moved(old, new), step, keys_of(newest))
    assert twice.names["role", "baker"] == ("Baker", "oven hand")
    assert twice.names["role", "pastry-cook"] == ("Pastry cook",)
    back = taken_back(moved(old, new), NO_MOVES, keys_of(old))
    shelf = Shelf(Catalogue(REVISION, old, back), ALL_WORDS)
    assert told(skill_command(shelf, "pastry cook", ANYONE)) == [("pastry cook", "Baker")]
