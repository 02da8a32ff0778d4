"""What a select suggests while a member types."""

import pytest

from bot.domain.lookup.names.lexicon import Kind
from bot.domain.lookup.requests import ShowGap, ShowGroup, ShowRole, ShowSkill
from bot.domain.revision import Catalogue
from bot.services.lookup.shelves import Shelf
from bot.services.lookup.typeahead import (
    MAX_SUGGESTED,
    suggest_roles,
    suggest_subjects,
    suggest_targets,
)
from tests.factories import big_catalogue
from tests.strategies import REVISION
from tests.unit.samples import ALL_WORDS, built_in, workshop

SHELF = built_in()


def names(typed: str) -> list[str]:
    return [offer.name.base for offer in suggest_subjects(SHELF, typed)]


def test_a_name_that_begins_so_comes_before_one_that_contains_it() -> None:
    found = names("data")
    begins = [name.casefold().startswith("data") for name in found]
    assert True in begins
    assert begins.index(True) == 0
    assert "MLOps" not in found


def test_the_shorter_name_comes_first() -> None:
    assert names("mlops")[0] == "MLOps"
    assert "MLOps Engineer" in names("mlops")


@pytest.mark.parametrize("typed", ["experiment tracking", "TRACKING ml", "ml-experiment", "实验"])
def test_words_in_any_order_and_language(typed: str) -> None:
    assert "ML Experiment Tracking" in names(typed)


@pytest.mark.parametrize("typed", ["experment trackng", "mlosp"])
def test_a_slip_still_finds(typed: str) -> None:
    assert {"ML Experiment Tracking", "MLOps"} & set(names(typed))


def test_nothing_typed_offers_the_beginning_of_everything() -> None:
    assert suggest_subjects(SHELF, "")
    assert len(suggest_roles(SHELF, "")) == len(SHELF.catalogue.content.roles)
    assert names("qqqqqqqqqqqqqqqqqqqqqqqq") == []


def test_each_kind_leads_to_its_card() -> None:
    shelf = Shelf(workshop(), ALL_WORDS)
    kinds = {Kind.SKILL: ShowSkill, Kind.GROUP: ShowGroup, Kind.ROLE: ShowRole}
    found = suggest_subjects(shelf, "")
    assert {offer.kind for offer in found} == set(kinds)
    assert all(isinstance(offer.request, kinds[offer.kind]) for offer in found)
    assert len({offer.request for offer in found}) == len(found)


def test_roles_and_targets_offer_roles_only() -> None:
    shelf = Shelf(workshop(), ALL_WORDS)
    assert [offer.request for offer in suggest_roles(shelf, "joi")] == [ShowRole("joiner")]
    assert [offer.request for offer in suggest_targets(shelf, "joi")] == [ShowGap("joiner")]
    assert suggest_roles(shelf, "sawing") == ()


@pytest.mark.parametrize("typed", ["", "e", "engineering", "x" * 5000])
def test_a_large_catalogue_suggests_a_few(typed: str) -> None:
    content = big_catalogue(skills=400, roles=40, expectations=400)
    found = suggest_subjects(Shelf(Catalogue(REVISION, content), ALL_WORDS), typed)
    assert len(found) <= MAX_SUGGESTED
    assert bool(found) is (len(typed) < 100)
