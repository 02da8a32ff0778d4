"""An installation with a prefix: its commands work, and nothing it says names another."""

import json
import random
from collections.abc import AsyncIterator

import pytest

from bot.cli.local import beside
from bot.sandbox.handles.surface import NoAnswer
from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.samples import ENGINEER
from bot.slack.installs.manifest import build_manifest
from tests.prefixed import named_plainly
from tests.scenario.desk import Desk, captured_logs, running_desk
from tests.scenario.door.test_random_walk import walk

TYPED = (
    "/skill help",
    "/skill xylophone",
    "/promote-gap nobody lead",
    "/growth",
    "/growth help",
    "/growth nonsense",
    "/growth role llm-engineer",
    "/growth role nobody",
    "/growth role llm-engineer senior",
    "/growth goal llm-engineer junior",
    "/growth goal llm-engineer lead",
    "/growth status",
    "/growth nudges",
    "/growth nudges weekly tue 10:00",
    "/growth nudges sometimes",
    "/growth pause",
    "/growth pause 9 years",
    "/growth pause 2w",
    "/growth resume",
    "/growth stop",
    "/growth language klingon",
)


@pytest.fixture(autouse=True)
def prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEXTRUNG_COMMAND_PREFIX", "acme")


@pytest.fixture
async def early_desk(sqlite_bot_url: str, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Desk]:
    """A bot with a prefix whose app in Slack still has the names from before."""
    async with running_desk(sqlite_bot_url, caplog) as desk:
        yield desk


def assert_named_with_prefix(desk: Desk) -> None:
    """Hold that nothing that the bot sent, as an answer or by a call, names a command plainly."""
    for entry in desk.slack.inspector:
        ours = entry.response if entry.direction == "to_bot" else entry.request
        text = json.dumps(ours, ensure_ascii=False, default=str)
        assert not named_plainly(text), entry.as_json()


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
async def test_nothing_that_is_said_names_a_command_without_it(
    early_desk: Desk, locale: str
) -> None:
    member = early_desk.admin if locale == "en-US" else early_desk.chinese
    await early_desk.home(member)
    for each in TYPED:
        await member.command_outcome(each)
    await early_desk.home(member)
    assert "/acme-growth" in str([entry.response for entry in early_desk.answers])
    assert_named_with_prefix(early_desk)


async def test_no_way_through_cards_leads_to_another_name(early_desk: Desk) -> None:
    chance = random.Random(8)  # noqa: S311 - a walk that can be walked again
    for member in (early_desk.engineer, early_desk.chinese):
        await walk(early_desk, member.id, "/promote-gap llm-engineer lead", chance)
    assert_named_with_prefix(early_desk)


async def test_commands_are_offered_and_answered_by_their_names(sqlite_bot_url: str) -> None:
    with captured_logs():
        async with (
            LocalSlack(manifest=build_manifest(command_prefix="acme")) as slack,
            beside(slack, database_url=sqlite_bot_url),
        ):
            member = slack.member(ENGINEER)
            card = await member.command("/acme-skill mlops senior")
            assert "Try `/acme-skill " in card.plain
            assert "Lead" in (await member.command("/acme-promote-gap")).plain
            assert "LLM Engineer" in (await member.command("/acme-growth")).plain
            with pytest.raises(NoAnswer, match="/skill is not a valid command"):
                await member.command_outcome("/skill mlops")


async def test_what_was_typed_is_shown_as_typed(early_desk: Desk) -> None:
    card = await early_desk.engineer.command("/growth please type /skill")
    assert "“please type /skill”" in card.plain
    assert "/acme-growth" in card.plain
