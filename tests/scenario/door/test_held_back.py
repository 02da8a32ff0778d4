"""Whoever asks for very much at once waits, kindly told, and nobody else notices."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from bot.domain.tenancy import Tenant
from bot.sandbox.samples import ENGINEER, OTHER_ENGINEER, WORKSPACE
from bot.services.installs.limits import Limits
from tests.scenario.desk import Desk, as_modal, interaction_fields, running_desk

MEMBER = 4


@dataclass
class Seconds:
    """Counts on only where a test says so."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
async def limited(
    sqlite_bot_url: str, caplog: pytest.LogCaptureFixture, seconds: Seconds
) -> AsyncIterator[Desk]:
    limits = Limits(member=MEMBER, workspace=12, counted=seconds)
    async with running_desk(sqlite_bot_url, caplog, limits=limits) as desk:
        yield desk


async def use_up(desk: Desk, slack_id: str = ENGINEER) -> None:
    """Let a member ask for all that they may at once."""
    limits = desk.nextrung.services.limits
    while limits.take(Tenant(WORKSPACE), slack_id, cost=0.5) is None:
        pass


async def test_a_command_is_answered_with_how_long_to_wait(limited: Desk, seconds: Seconds) -> None:
    for _ in range(MEMBER):
        assert "MLOps" in (await limited.engineer.command("/skill mlops")).plain
    logged = len(limited.logs)
    card = await limited.engineer.command("/skill mlops")
    assert "That was a lot at once" in card.plain
    assert "Please try again in 15 seconds." in card.plain
    assert card.text.startswith("That was a lot at once")
    assert card.message.ephemeral_to == ENGINEER
    assert len(limited.logs) == logged + 1
    seconds.now += 15
    assert "MLOps" in (await limited.engineer.command("/skill mlops")).plain


async def test_others_are_answered_meanwhile(limited: Desk) -> None:
    await use_up(limited)
    assert "MLOps" in (await limited.manager.command("/skill mlops")).plain
    other = limited.slack.member(OTHER_ENGINEER)
    assert "MLOps" in (await other.command("/skill mlops")).plain


async def test_it_is_said_in_the_members_language(limited: Desk) -> None:
    await limited.chinese.command("/skill mlops")
    await use_up(limited, limited.chinese.id)
    assert "短时间内操作太多" in (await limited.chinese.command("/skill mlops")).plain


async def test_a_whole_workspace_waits_and_another_one_does_not(limited: Desk) -> None:
    for number in range(12):
        limited.nextrung.services.limits.take(Tenant(WORKSPACE), f"U{number}")
    told = (await limited.engineer.command("/skill mlops")).plain
    assert "Very many people here ask me something just now." in told
    other = limited.slack.member(OTHER_ENGINEER)
    assert "MLOps" in (await other.command("/skill mlops")).plain


async def test_a_press_is_told_once_and_changes_nothing(limited: Desk) -> None:
    card = await limited.engineer.command("/skill ml-experiment-tracking senior")
    before = card.plain
    for _ in range(MEMBER - 1):
        await limited.engineer.command("/skill mlops")
    seen = len(limited.engineer.messages("general"))
    payload = interaction_fields(
        "block_actions",
        actions=[{"type": "button", "action_id": "show.0", "block_id": "b", "value": "x"}],
        response_url=limited.response_url(),
    )
    for number in range(5):
        answered = await limited.interact(payload | {"trigger_id": f"t{number}"})
        assert (answered.status_code, answered.text) == (200, "")
    assert card.plain == before
    told = limited.engineer.messages("general")[seen:]
    assert ["That was a lot at once" in each.plain for each in told] == [True]


async def test_what_was_typed_into_a_form_stays(limited: Desk, seconds: Seconds) -> None:
    form = as_modal(await limited.engineer.command_view("/growth nudges"))
    await use_up(limited)
    told = as_modal(await form.submit())
    assert "That was a lot at once" in str(told.errors)
    assert told.is_open
    seconds.now += 60
    await form.submit()
    assert "errors" not in str(limited.last.response)


async def test_a_home_stays_as_it_is(limited: Desk) -> None:
    before = (await limited.home(limited.engineer)).plain
    await use_up(limited)
    assert (await limited.home(limited.engineer)).plain == before


async def test_what_slack_tells_by_itself_is_never_held_back(limited: Desk) -> None:
    await limited.engineer.command("/skill mlops")
    await use_up(limited)
    user = {"id": ENGINEER, "locale": "zh-CN", "tz": "Asia/Shanghai", "deleted": False}
    await limited.slack.event({"type": "user_change", "user": user})
    known = await limited.nextrung.services.members.known(Tenant(WORKSPACE), ENGINEER)
    assert known is not None
    assert known.locale == "zh-CN"
