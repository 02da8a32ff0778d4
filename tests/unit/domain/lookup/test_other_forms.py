"""Names in another form: offered for what is no name here, and never shown."""

from dataclasses import replace

import pytest

from bot.domain.lookup.names.lexicon import spelling_of
from bot.domain.lookup.names.other_forms import initials_of
from bot.domain.lookup.names.query import SKILL_GRAMMAR, Choices, NotFound, Query
from bot.domain.revision import Catalogue
from bot.services.lookup.shelves import Shelf
from tests.strategies import REVISION
from tests.unit.samples import ALL_WORDS, built_in


def without_aliases() -> Shelf:
    """Return the built-in framework as a company's own mostly is: with names, and no aliases."""
    content = built_in().catalogue.content
    names = replace(
        content,
        skills=tuple(replace(each, aliases=()) for each in content.skills),
        groups=tuple(replace(each, aliases=()) for each in content.groups),
        roles=tuple(replace(each, aliases=()) for each in content.roles),
    )
    return Shelf(Catalogue(REVISION, names), ALL_WORDS)


BARE = without_aliases()


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("sre", "site-reliability-engineer"),
        ("rag", "retrieval-augmented-generation"),
        ("iac", "infrastructure-as-code"),
        ("slos", "service-level-objectives"),
        ("em", "engineering-manager"),
        ("pm", "product-manager"),
        ("mentorship", "mentoring"),
        ("prompting", "prompt-engineering"),
        ("deploying containers", "containers-kubernetes"),
        ("infra guy", "cloud-infrastructure"),
        ("backend developer", "backend-engineer"),
        ("frontend dev", "frontend-engineer"),
        ("runbooks", "incident-response"),
        ("embeddings", "retrieval-augmented-generation"),
        ("kuberntes cluster", "containers-kubernetes"),
    ],
)
def test_what_a_framework_without_aliases_offers(typed: str, near: str) -> None:
    found = BARE.resolve(typed, SKILL_GRAMMAR)
    assert not isinstance(found, Query)
    offered = found.options if isinstance(found, Choices) else found.suggestions
    assert near in [ref.key for ref in offered]


@pytest.mark.parametrize(
    ("typed", "right"),
    [("k8s", "containers-kubernetes"), ("a11y", "accessibility"), ("i18n", "internationalization")],
)
def test_a_word_that_is_always_written_short_needs_no_alias(typed: str, right: str) -> None:
    found = BARE.resolve(typed, SKILL_GRAMMAR)
    if isinstance(found, Query):
        assert found.subject is not None
        assert found.subject.key == right
    else:
        assert isinstance(found, NotFound)
        assert right in [ref.key for ref in found.suggestions]


def test_what_shortens_a_word_is_no_part_of_a_longer_name() -> None:
    # "Dev" is a developer, but not within "DevSecOps".
    found = built_in().resolve("dev sec ops", SKILL_GRAMMAR)
    assert isinstance(found, Query)
    assert found.subject is not None
    assert found.subject.key == "secure-development"
    assert found.role_key is None


def test_a_question_about_nothing_is_answered_with_everything() -> None:
    for typed in ("skills", "what can you do", "请问"):
        assert built_in().resolve(typed, SKILL_GRAMMAR) == Query(ignored=(typed,))


def test_of_two_levels_one_is_shown_and_the_other_named() -> None:
    found = built_in().resolve("mlops middle vs senior", SKILL_GRAMMAR)
    assert not isinstance(found, Query), "vs is not a courtesy"
    typed = "difference between middle and senior mlops"
    found = built_in().resolve(typed, SKILL_GRAMMAR)
    assert isinstance(found, Query)
    assert found.level_keys == ("senior",)
    assert "middle" in found.ignored


@pytest.mark.parametrize(
    ("words", "short"),
    [
        (["site", "reliability", "engineer"], ["sre", "sr", "srengineer"]),
        (["ci", "cd"], ["cc"]),
        (["mentoring"], []),
        (["3d", "vision"], []),
        (["机", "器"], []),
    ],
)
def test_initials(words: list[str], short: list[str]) -> None:
    assert list(initials_of(words)) == short


@pytest.mark.parametrize(
    "alike",
    [
        ("mentoring", "mentorship"),
        ("prompting", "prompt"),
        ("testing", "tester", "test"),
        ("prototype", "prototyping"),
        ("management", "manager", "managing"),
        ("automate", "automation"),
    ],
)
def test_forms_of_a_word_have_one_stem(alike: tuple[str, ...]) -> None:
    stem = spelling_of(ALL_WORDS).stem
    assert len({stem(word) for word in alike}) == 1


@pytest.mark.parametrize(
    "different", [("embedding", "embedded"), ("test", "team"), ("red", "ring")]
)
def test_other_words_have_another(different: tuple[str, ...]) -> None:
    stem = spelling_of(ALL_WORDS).stem
    assert len({stem(word) for word in different}) == len(different)
