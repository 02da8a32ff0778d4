"""Words of several languages in one look-up: levels, roles, connecting words."""

from dataclasses import replace

import pytest

from bot.domain.answers import GapReport
from bot.domain.framework import Ladder
from bot.domain.lookup.names.lexicon import Kind, Ref
from bot.domain.lookup.names.query import ROLE_GRAMMAR, SKILL_GRAMMAR, Query
from bot.domain.lookup.requests import ANYONE
from bot.domain.revision import Catalogue
from bot.domain.text import LocalText
from bot.services.lookup.connecting import connecting
from bot.services.lookup.promotions import gap_command
from bot.services.lookup.shelves import Shelf
from tests.strategies import REVISION
from tests.unit.samples import ALL_WORDS, built_in, workshop


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("LLM工程师", "llm-engineer"),
        ("llm 工程師", "llm-engineer"),
        ("MLOps工程师", "mlops-engineer"),
        ("大模型工程师", "llm-engineer"),
        ("数据工程师", "data-engineer"),
        ("QA工程师", "qa-automation-engineer"),
        ("site reliability 工程师", "site-reliability-engineer"),
    ],
)
def test_a_role_may_be_half_chinese(text: str, role: str) -> None:
    for grammar in (ROLE_GRAMMAR, SKILL_GRAMMAR):
        found = built_in().resolve(f"{text} 高级", grammar)
        assert found == Query(Ref(Kind.ROLE, role), level_keys=("senior",))


def levels(*names: str) -> Shelf:
    """Return the workshop with a ladder of these levels for all, known in English alone."""
    sample = workshop()
    first = sample.content.roles[0].ladder.levels[0]
    rungs = tuple(
        replace(first, key=name.casefold(), name=LocalText(name), rank=rank, aliases=())
        for rank, name in enumerate(names, 1)
    )
    ladder = Ladder("plain", LocalText("Plain"), rungs)
    roles = tuple(replace(each, ladder=ladder) for each in sample.content.roles)
    content = replace(sample.content, ladders=(ladder,), roles=roles, expectations=())
    return Shelf(Catalogue(REVISION, content), ALL_WORDS)


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ("高级", "senior"),
        ("高級", "senior"),
        ("初级", "junior"),
        ("sr", "senior"),
        ("snr", "senior"),
    ],
)
def test_a_level_is_known_by_words_that_the_framework_does_not_have(typed: str, level: str) -> None:
    shelf = levels("Junior", "Senior")
    assert shelf.resolve(typed, SKILL_GRAMMAR) == Query(level_keys=(level,))


def test_the_frameworks_own_name_goes_before_a_translation() -> None:
    shelf = levels("Senior", "高级")
    assert shelf.resolve("高级", SKILL_GRAMMAR) == Query(level_keys=("高级",))


@pytest.mark.parametrize(
    "text",
    [
        "llm-engineer lead from data-scientist senior",
        "llm-engineer lead 从 data-scientist senior",
        "LLM工程师负责人從数据科学家高级",
    ],
)
def test_a_gap_is_connected_in_any_language(text: str) -> None:
    body = gap_command(built_in(), text, ANYONE).body
    assert isinstance(body, GapReport)
    assert body.gap.origin is not None
    assert body.gap.origin.role.key == "data-scientist"
    assert (body.gap.target.role.key, body.gap.target.level.key) == ("llm-engineer", "lead")


@pytest.mark.parametrize("word", ["from", "FROM", "从"])
def test_a_connecting_word_that_nothing_follows_is_named_as_typed(word: str) -> None:
    assert gap_command(built_in(), f"llm-engineer lead {word}", ANYONE).ignored == (word,)


def test_connecting_words_are_no_part_of_a_word() -> None:
    words = connecting(ALL_WORDS)
    assert words.origin.split("platform engineer") == ["platform engineer"]
    assert words.target.split("tool maker") == ["tool maker"]
    assert words.origin.split("lead  from  senior") == ["lead", "senior"]
