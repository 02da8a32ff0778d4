"""Whether a typed alias says by itself what is shown, or the card has to."""

import pytest

from bot.domain.framework import Role, Skill, SkillGroup
from bot.domain.lookup.names.aliases import needs_saying
from bot.domain.lookup.names.lexicon import words_of
from bot.domain.lookup.names.query import SKILL_GRAMMAR, Query
from bot.services.lookup.lookups import alias_in, name_of
from tests.unit.samples import ALL_WORDS, built_in

SHELF = built_in()
CONTENT = SHELF.catalogue.content
NAMED: list[Skill | SkillGroup | Role] = [
    *CONTENT.skills,
    *CONTENT.groups,
    *CONTENT.roles,
]


def test_a_name_in_any_language_is_no_alias() -> None:
    for each in NAMED:
        for name in (each.key, *each.name.all_languages()):
            assert not needs_saying(words_of(name, ALL_WORDS), each.name, SHELF.lexicon), name


def test_whatever_alias_opens_a_card_is_explained_by_its_own_words_or_by_the_card() -> None:
    for each in NAMED:
        for alias in each.aliases:
            found = SHELF.resolve(alias, SKILL_GRAMMAR)
            if not isinstance(found, Query) or found.subject is None:
                continue
            said = alias_in(SHELF, found)
            shown = name_of(SHELF.catalogue, found.subject)
            if said:
                assert (said.kind, said.name) == (found.subject.kind, shown)
                continue
            names = [words_of(name, ALL_WORDS) for name in shown.all_languages()]
            named = {word.key for name in names for word in name}
            words = {word.key for word in words_of(alias, ALL_WORDS)}
            assert alias[:1].casefold() in {key[0] for key in named} or words & named, alias


@pytest.mark.parametrize(
    ("typed", "key", "says"),
    [
        ("vLLM", "llm-inference-optimization", True),
        ("argocd", "ci-cd", True),
        ("k8s", "containers-kubernetes", False),
        ("rag", "retrieval-augmented-generation", False),
    ],
)
def test_only_what_does_not_look_like_the_name_is_said(typed: str, key: str, says: bool) -> None:
    skill = SHELF.catalogue.skill(key)
    assert skill is not None
    assert needs_saying(words_of(typed, ALL_WORDS), skill.name, SHELF.lexicon) is says


def test_a_slip_is_told_as_a_slip_and_not_as_an_alias() -> None:
    found = SHELF.resolve("langchian", SKILL_GRAMMAR)
    assert isinstance(found, Query)
    assert found.corrections
    assert alias_in(SHELF, found) is None
