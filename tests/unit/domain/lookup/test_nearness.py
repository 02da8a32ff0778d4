"""What is offered for a text that names nothing here, and what is left of it."""

import pytest

from bot.domain.lookup.names.query import MAX_SUGGESTIONS, SKILL_GRAMMAR, Choices, NotFound
from bot.domain.lookup.names.wordings import Wordings
from tests.unit.samples import built_in

SHELF = built_in()


def not_found(text: str) -> NotFound:
    found = SHELF.resolve(text, SKILL_GRAMMAR)
    assert isinstance(found, NotFound)
    return found


@pytest.mark.parametrize("text", ["senior blockchain", "blockchain senior", "Blockchain, senior"])
def test_a_level_at_either_end_is_kept_for_the_next_try(text: str) -> None:
    found = not_found(text)
    assert (found.typed.casefold(), found.query.level_keys) == ("blockchain", ("senior",))


@pytest.mark.parametrize("text", ["人工智能", "火星技能"])
def test_chinese_that_is_also_a_courtesy_stays_part_of_its_word(text: str) -> None:
    found = SHELF.resolve(text, SKILL_GRAMMAR)
    assert isinstance(found, NotFound | Choices)
    assert found.typed.endswith("能")


@pytest.mark.parametrize("text", ["trailing", "support engineer", "ml researcher"])
def test_as_many_as_are_near_are_offered_and_never_more_than_three(text: str) -> None:
    assert len(not_found(text).suggestions) == MAX_SUGGESTIONS == 3


@pytest.mark.parametrize("typed", ["or", "at", "as", "to", "go", "us"])
def test_a_short_word_is_an_acronym_and_no_word_between_others(typed: str) -> None:
    wordings = Wordings(SHELF.catalogue)
    assert not wordings.mention(typed)
    assert wordings.mention("it"), "IT as it is written there"
