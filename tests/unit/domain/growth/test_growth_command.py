"""What may be typed after `/growth`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import QueryTooLong
from bot.domain.growth.command import GrowthCommand, Topic, growth_reader
from bot.domain.lookup.names.query import MAX_TEXT
from bot.services.lookup.matching import nearest
from tests.strategies import HOSTILE
from tests.unit.samples import ALL_WORDS

SPELLINGS = [(Topic(key), name) for key, names in ALL_WORDS.topics.items() for name in names]
READER = growth_reader(ALL_WORDS)


def parse(text: str) -> GrowthCommand:
    return READER.read(text, nearest)


@pytest.mark.parametrize(
    ("text", "topic", "rest"),
    [
        ("", Topic.HUB, ""),
        ("  \n ", Topic.HUB, ""),
        ("…", Topic.HUB, ""),
        ("role", Topic.ROLE, ""),
        ("role llm-engineer senior", Topic.ROLE, "llm-engineer senior"),
        ("ROLE: LLM Engineer, Senior", Topic.ROLE, "LLM Engineer, Senior"),
        ("“role” senior", Topic.ROLE, "senior"),
        ("goal lead from data-scientist", Topic.GOAL, "lead from data-scientist"),
        ("目标高级", Topic.GOAL, "高级"),
        ("目标 llm-engineer", Topic.GOAL, "llm-engineer"),
        ("status", Topic.STATUS, ""),
        ("progress", Topic.STATUS, ""),
        ("nudges weekly tue 10:00", Topic.NUDGES, "weekly tue 10:00"),
        ("提醒每周二", Topic.NUDGES, "每周二"),
        ("pause 2w", Topic.PAUSE, "2w"),
        ("暂停两周", Topic.PAUSE, "两周"),
        ("resume", Topic.RESUME, ""),
        ("stop", Topic.STOP, ""),
        ("stop nudges", Topic.STOP, ""),
        ("language zh", Topic.LANGUAGE, "zh"),
        ("export", Topic.EXPORT, ""),
        ("forget-me", Topic.FORGET_ME, ""),
        ("Forget me!", Topic.FORGET_ME, ""),
        ("forgetme", Topic.FORGET_ME, ""),
        ("FORGET_ME", Topic.FORGET_ME, ""),
        ("help", Topic.HELP, ""),
        ("ｒｏｌｅ senior", Topic.ROLE, "senior"),
    ],
)
def test_topic_and_what_follows(text: str, topic: Topic, rest: str) -> None:
    found = parse(text)
    assert (found.topic, found.rest, found.corrected) == (topic, rest, "")


@pytest.mark.parametrize(
    ("text", "topic", "rest", "corrected", "taken_for"),
    [
        ("staus", Topic.STATUS, "", "staus", "status"),
        ("gaol lead", Topic.GOAL, "lead", "gaol", "goal"),
        ("forgot me", Topic.FORGET_ME, "", "forgot me", "forget me"),
        ("languge english", Topic.LANGUAGE, "english", "languge", "language"),
        ("Exprot", Topic.EXPORT, "", "Exprot", "export"),
    ],
)
def test_slips_are_understood_and_said(
    text: str, topic: Topic, rest: str, corrected: str, taken_for: str
) -> None:
    assert parse(text) == GrowthCommand(topic, rest, corrected=corrected, taken_for=taken_for)


@pytest.mark.parametrize("text", ["llm-engineer senior", "weekly tuesday", "42", "rolodex?"])
def test_anything_else_is_the_hub_with_what_was_typed(text: str) -> None:
    found = parse(text)
    assert found.topic is Topic.HUB
    assert found.unknown == text.rstrip("?")


@pytest.mark.parametrize(("topic", "name"), SPELLINGS)
def test_every_spelling_is_its_own_topic(topic: Topic, name: str) -> None:
    for text in (name, name.upper(), f"  {name} ", f"{name} senior"):
        assert parse(text).topic is topic


@given(st.text(max_size=MAX_TEXT) | st.sampled_from(HOSTILE).map(lambda each: each[:MAX_TEXT]))
def test_any_text_is_answered_and_nothing_is_made_up(text: str) -> None:
    found = parse(text)
    assert len(found.rest) + len(found.corrected) + len(found.unknown) <= 4 * len(text) + 4
    assert not (found.unknown and found.topic is not Topic.HUB)


@given(st.sampled_from(SPELLINGS), st.text(max_size=100))
def test_what_follows_is_kept(spelling: tuple[Topic, str], rest: str) -> None:
    topic, name = spelling
    found = parse(f"{name} x{rest}x")
    assert found.topic is topic
    assert found.rest.startswith("x")


def test_longer_than_any_name_is_refused() -> None:
    with pytest.raises(QueryTooLong):
        parse("role " + "x" * MAX_TEXT)
