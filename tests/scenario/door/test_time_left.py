"""Waits add up: whatever is slow, the answer goes out in time and names what really was slow."""

import pytest

from bot.sandbox.faults import RESPONSE_URL
from bot.sandbox.samples import GUEST
from bot.slack.reply.replies import HOLD_SECONDS
from tests.scenario.desk import ACK_SECONDS, Desk
from tests.scenario.locked import write_locked

TROUBLE = "I cannot reach my database right now"
SLACKS_FAULT = "Slack could not do its part just now"


def seconds(desk: Desk) -> float:
    taken = desk.last.seconds
    assert taken is not None
    assert not desk.last.late
    return taken


async def test_waits_of_a_newcomer_for_a_lock_add_up_to_one_deadline(
    any_desk: Desk, sqlite_bot_url: str
) -> None:
    """Two writes, each of which could wait two seconds: the newcomer and what they told."""
    desk = any_desk
    with write_locked(sqlite_bot_url):
        answer = await desk.slack.member(GUEST).command("/growth role llm-engineer senior")

    assert TROUBLE in answer.plain
    assert seconds(desk) < ACK_SECONDS
    again = await desk.slack.member(GUEST).command("/growth role llm-engineer senior")
    assert TROUBLE not in again.plain


async def test_a_silent_profile_and_a_lock_add_up_to_one_deadline(
    any_desk: Desk, sqlite_bot_url: str
) -> None:
    desk = any_desk
    gate = desk.slack.faults.hold("users.info")
    with write_locked(sqlite_bot_url):
        answer = await desk.slack.member(GUEST).command("/growth role llm-engineer senior")
    gate.release()

    assert TROUBLE in answer.plain
    assert seconds(desk) < ACK_SECONDS


@pytest.mark.parametrize("asked", ["/growth role", "/growth goal"])
async def test_a_silent_slack_is_slacks_fault_in_words(any_desk: Desk, asked: str) -> None:
    desk = any_desk
    gate = desk.slack.faults.hold("views.open")
    answer = await desk.engineer.command(asked)
    gate.release()

    assert SLACKS_FAULT in answer.plain
    assert seconds(desk) < ACK_SECONDS


async def test_a_press_that_slack_is_silent_on_is_told_beside_the_card(any_desk: Desk) -> None:
    desk = any_desk
    card = await desk.engineer.command("/skill ml-experiment-tracking")
    gate = desk.slack.faults.hold("views.open")
    answer = await card.press("Details")
    gate.release()

    assert SLACKS_FAULT in answer.plain
    assert seconds(desk) < ACK_SECONDS


async def test_a_hanging_response_url_does_not_hold_the_acknowledgement(any_desk: Desk) -> None:
    desk = any_desk
    card = await desk.engineer.command("/skill mlops senior")
    gate = desk.slack.faults.hold(RESPONSE_URL, times=1)
    await card.choose("Choose a level", "lead")
    assert seconds(desk) < 2 * HOLD_SECONDS
    assert "*LLM Engineer at Senior asks for " in card.plain

    gate.release()
    await desk.drained()
    assert "*LLM Engineer at Lead asks for " in card.plain


async def test_a_share_that_hangs_is_noted_only_once_it_is_there(any_desk: Desk) -> None:
    desk = any_desk
    card = await desk.engineer.command("/skill mlops senior")
    gate = desk.slack.faults.hold(RESPONSE_URL, times=1)
    await card.press("Share in Channel")
    before = card.plain

    gate.release()
    await desk.drained()
    assert card.plain != before
    assert "Shared" in card.plain
    assert "Shared" not in before
