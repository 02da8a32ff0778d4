"""Which expectations evidence may support, as a member types."""

import pytest

from bot.domain.framework import CellKey, Expectation, key_of
from bot.domain.lookup.rung import Rung
from bot.domain.revision import Catalogue
from bot.services.growth.evidence_targets import MAX_CELLS, Supporting
from bot.services.lookup.shelves import Shelf
from bot.services.lookup.typeahead import MAX_SUGGESTED, suggest_skills
from tests.factories import big_catalogue
from tests.strategies import REVISION
from tests.unit.samples import ALL_WORDS, built_in, revision, workshop

SHELF = built_in()


def rung(role_key: str, level_key: str, shelf: Shelf = SHELF) -> Rung:
    role = shelf.catalogue.role(role_key)
    level = role.ladder.level(level_key) if role else None
    assert role
    assert level
    return Rung(role, level)


def supporting(*rungs: Rung, shelf: Shelf = SHELF) -> Supporting:
    return Supporting(shelf, (shelf.catalogue,), rungs)


LEAD, SENIOR = rung("llm-engineer", "lead"), rung("llm-engineer", "senior")
MINE = supporting(LEAD, SENIOR)


def places(found: tuple[Expectation, ...]) -> list[tuple[str, str]]:
    return [(each.role.key, each.level.key) for each in found]


def test_nothing_typed_offers_what_the_member_works_on_required_first() -> None:
    found = MINE.suggest("  ")
    asked = SHELF.catalogue.expectations_at(LEAD.role, LEAD.level)
    assert set(places(found[: len(asked)])) == {("llm-engineer", "lead")}
    assert set(places(found[len(asked) :])) == {("llm-engineer", "senior")}
    required = [each.required for each in found[: len(asked)]]
    assert required == sorted(required, reverse=True)


def test_someone_without_role_and_goal_is_offered_the_catalogue() -> None:
    assert len(supporting().suggest("")) == MAX_CELLS


@pytest.mark.parametrize("typed", ["prompt", "Prompt & Context", "提示词", "promt enginering"])
def test_a_skill_comes_at_the_members_own_levels_first(typed: str) -> None:
    found = MINE.suggest(typed)
    assert [key_of(each) for each in found[:2]] == [
        CellKey("llm-engineer", "lead", "prompt-engineering"),
        CellKey("llm-engineer", "senior", "prompt-engineering"),
    ]
    cells = SHELF.catalogue.expectations_of(found[0].skill)
    assert set(cells) <= set(found)


@pytest.mark.parametrize("typed", ["mlops junior", "junior MLOps", "mlops 初级"])
def test_a_level_beside_the_skill_narrows_it_down(typed: str) -> None:
    found = MINE.suggest(typed)
    assert {each.level.key for each in found} == {"junior"}
    assert {each.skill.group.key for each in found} == {"mlops"}


def test_a_role_beside_the_skill_narrows_it_down() -> None:
    found = MINE.suggest("ml-experiment-tracking data scientist")
    assert {each.role.key for each in found} == {"data-scientist"}
    assert len(found) == len({each.level.key for each in found}) > 1


@pytest.mark.parametrize("typed", ["qqqqqqqqqqqqqqqqqqqqqq", "?!", "<!channel>" * 30, "\x00"])
def test_what_means_nothing_offers_nothing_or_little(typed: str) -> None:
    assert len(MINE.suggest(typed)) <= MAX_CELLS


def test_nothing_is_offered_twice() -> None:
    for typed in ("", "mlops", "data", "e"):
        found = MINE.suggest(typed)
        assert len(found) == len({key_of(each) for each in found}) <= MAX_CELLS


def test_a_cell_is_named_by_the_newest_catalogue_that_has_it() -> None:
    newest, older = Shelf(workshop(), ALL_WORDS), Catalogue(revision(7), SHELF.catalogue.content)
    both = Supporting(newest, (newest.catalogue, older), ())
    only_older = key_of(SHELF.catalogue.content.expectations[0])
    gone = CellKey("nobody", "never", "nothing")
    own = key_of(newest.catalogue.content.expectations[0])

    named = dict(both.named({gone, only_older, own}))

    assert list(named) == sorted(named)
    assert named[own] is newest.catalogue.content.expectations[0]
    assert named[only_older] is SHELF.catalogue.content.expectations[0]
    assert named[gone] is None
    assert {own, only_older} <= set(both.known_cells())


def test_skills_are_suggested_by_their_own_name_and_by_their_groups() -> None:
    def names(typed: str) -> list[str]:
        return [each.name.base for each in suggest_skills(SHELF, typed)]

    assert names("experiment tracking") == ["ML Experiment Tracking"]
    assert "ML Pipelines" in names("mlops")
    assert len(names("")) == MAX_SUGGESTED
    assert names("qqqqqqqqqqqqqqqqqqqqqqqq") == []


@pytest.mark.parametrize("typed", ["", "e", "model tracing", "x" * 5000, "a " * 4000])
def test_a_large_catalogue_offers_a_few(typed: str) -> None:
    content = big_catalogue(skills=400, roles=40, expectations=2000)
    shelf = Shelf(Catalogue(REVISION, content), ALL_WORDS)
    role = content.roles[0]
    many = supporting(Rung(role, role.ladder.levels[1]), shelf=shelf)
    assert len(many.suggest(typed)) <= MAX_CELLS
