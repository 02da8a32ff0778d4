"""What is offered for a text that names nothing here, and what is left of it."""

from collections.abc import Iterator

import pytest

from bot.domain.lookup.names.lexicon import Kind, Ref, words_of
from bot.domain.lookup.names.query import (
    MAX_SUGGESTIONS,
    ROLE_GRAMMAR,
    SKILL_GRAMMAR,
    Choices,
    Grammar,
    NotFound,
    Query,
)
from bot.domain.lookup.names.wordings import Wordings
from bot.domain.text import LocalText
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


def test_chinese_that_begins_like_a_courtesy_is_called_as_it_was_typed() -> None:
    assert not_found("技术管理").typed == "技术管理"
    assert not_found("请问火星").typed == "火星"


@pytest.mark.parametrize("text", ["trailing", "support engineer", "ml researcher"])
def test_as_many_as_are_near_are_offered_and_never_more_than_three(text: str) -> None:
    assert len(not_found(text).suggestions) == MAX_SUGGESTIONS == 3


@pytest.mark.parametrize("typed", ["or", "at", "as", "to", "go", "us"])
def test_a_short_word_is_an_acronym_and_no_word_between_others(typed: str) -> None:
    wordings = Wordings(SHELF.catalogue)
    assert not wordings.mention(typed)
    assert wordings.mention("it"), "IT as it is written there"


def offered(text: str) -> tuple[Ref, ...]:
    found = SHELF.resolve(text, SKILL_GRAMMAR)
    assert not isinstance(found, Query)
    return found.options if isinstance(found, Choices) else found.suggestions


def named() -> Iterator[tuple[Ref, LocalText]]:
    content = SHELF.catalogue.content
    yield from ((Ref(Kind.SKILL, each.key), each.name) for each in content.skills)
    yield from ((Ref(Kind.GROUP, each.key), each.name) for each in content.groups)
    yield from ((Ref(Kind.ROLE, each.key), each.name) for each in content.roles)
    yield from ((Ref(Kind.DOMAIN, each.key), each.name) for each in content.domains)


SHOWN = {
    ref: {
        word.key
        for each in (ref.key, *name.all_languages())
        for word in words_of(each, SHELF.typed)
    }
    for ref, name in named()
}


def shown_with(word: str) -> set[Ref]:
    """Return what is shown with the word in its name, in any language."""
    return {ref for ref, words in SHOWN.items() if word in words}


SHORT = sorted(
    word
    for word in SHELF.lexicon.having
    if len(word) == 2 and word.isascii() and shown_with(word) and word not in SHELF.lexicon.exact
)


def test_ai_is_among_the_short_words_of_names() -> None:
    assert "ai" in SHORT


@pytest.mark.parametrize("word", SHORT)
def test_a_short_word_of_a_shown_name_is_offered_those_names(word: str) -> None:
    assert offered(word)
    assert set(offered(word)) <= shown_with(word)


COMMON = sorted(
    word
    for word in SHELF.lexicon.having
    if len(word) > 1 and word.isascii() and word not in SHELF.lexicon.exact
    if len(shown_with(word)) >= 3
)


@pytest.mark.parametrize("word", COMMON)
def test_a_common_part_of_names_offers_what_is_shown_with_it(word: str) -> None:
    """Never something that has the word in an alias alone, and is shown without it."""
    assert set(offered(word)) <= shown_with(word)


@pytest.mark.parametrize("word", ["engineer", "工程师"])
@pytest.mark.parametrize("grammar", [SKILL_GRAMMAR, ROLE_GRAMMAR])
def test_a_part_of_many_roles_names_offers_roles_and_says_there_are_more(
    word: str, grammar: Grammar
) -> None:
    found = SHELF.resolve(word, grammar)
    assert isinstance(found, Choices)
    assert found.many
    assert {each.kind for each in found.options} == {Kind.ROLE}


@pytest.mark.parametrize("typed", ["leadership", "领导", "领导力"])
def test_what_two_cover_offers_both(typed: str) -> None:
    assert {each.key for each in offered(typed)} == {"technical-leadership", "people-leadership"}


@pytest.mark.parametrize("typed", ["开发", "工程"])
def test_a_common_part_of_chinese_names_offers_what_is_shown_with_it(typed: str) -> None:
    found = SHELF.resolve(typed, SKILL_GRAMMAR)
    assert isinstance(found, Choices)
    lexicon = SHELF.lexicon
    shown = [each for each in lexicon.subjects.containing(typed) if each in lexicon.own]
    assert set(found.options) <= {ref for each in shown for ref in lexicon.exact[each]}


@pytest.mark.parametrize("text", ["banane de code", "code de banane", "kumquat be programming"])
def test_two_letters_beside_strange_words_are_a_word_of_another_language(text: str) -> None:
    # "De" is a data engineer, and "be" a backend engineer, where nothing strange is beside them.
    assert not isinstance(SHELF.resolve(text, SKILL_GRAMMAR), Query)
    found = SHELF.resolve("programming senior de", SKILL_GRAMMAR)
    assert isinstance(found, Query)
    assert found.role_key == "data-engineer"


def test_what_is_no_plural_stays_as_it_is() -> None:
    found = SHELF.resolve("https", SKILL_GRAMMAR)
    assert isinstance(found, Query)
    assert found.subject == Ref(Kind.SKILL, "cloud-networking")
