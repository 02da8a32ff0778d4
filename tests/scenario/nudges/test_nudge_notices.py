"""What comes in place of a nudge: a question, a digest, the end; and what keeps one from coming."""

from datetime import timedelta

from bot.domain.growth.assessment import Status
from bot.domain.nudges.cadence import Cadence
from bot.sandbox.handles import MemberHandle, MessageHandle
from tests.scenario.desk import Desk, as_modal
from tests.scenario.growing import lead_cells, mark
from tests.scenario.nudges.test_nudges import ANSWERS, skill_of
from tests.scenario.nudging import GOAL, begin, next_at, nudged, outlook, pass_by

WEEK = timedelta(weeks=1)


async def ignoring(desk: Desk, handle: MemberHandle, count: int = 3) -> MessageHandle:
    """Let a member answer none of so many nudges, and return what comes next."""
    await begin(desk, handle)
    for _ in range(count - 1):
        assert set((await nudged(desk, handle)).buttons) >= ANSWERS
    return await nudged(desk, handle)


async def test_three_without_an_answer_lead_to_one_question(stored_desk: Desk) -> None:
    desk = stored_desk
    question = await ignoring(desk, desk.engineer)
    assert "Would you like them less often?" in question.plain
    assert "Now: every week on Tuesday at 10:00" in question.plain
    assert question.buttons == ["Every 2 Weeks", "Keep as It Is", "Stop Nudges", "Settings"]
    await question.press("Every 2 Weeks")
    assert "From now on: every 2 weeks on Tuesday at 10:00." in question.plain
    assert question.buttons == ["Settings"]
    assert (await outlook(desk, desk.engineer)).settings.cadence is Cadence.TWO_WEEKS
    assert set((await nudged(desk, desk.engineer)).buttons) >= ANSWERS


async def test_it_may_stay_as_it_is(desk: Desk) -> None:
    question = await ignoring(desk, desk.engineer)
    await question.press("Keep as It Is")
    assert "It stays as it is: every week" in question.plain
    before = desk.slack.clock.now()
    assert await next_at(desk, desk.engineer) - before <= WEEK
    assert set((await nudged(desk, desk.engineer)).buttons) >= ANSWERS


async def test_it_may_end(desk: Desk) -> None:
    question = await ignoring(desk, desk.engineer)
    await question.press("Stop Nudges")
    assert "`/growth resume` starts them again." in question.plain
    assert (await outlook(desk, desk.engineer)).settings.stopped


async def test_the_question_is_answered_once(desk: Desk) -> None:
    question = await ignoring(desk, desk.engineer)
    other_device = list(question.blocks)
    await question.press("Keep as It Is")
    question.message.blocks = other_device
    await question.press("Stop Nudges")
    assert "It stays as it is" in question.plain
    assert not (await outlook(desk, desk.engineer)).settings.stopped


async def test_an_answer_begins_the_count_anew(desk: Desk) -> None:
    await begin(desk, desk.engineer)
    await nudged(desk, desk.engineer)
    await (await nudged(desk, desk.engineer)).press("Working on It")
    for _ in range(3):
        assert set((await nudged(desk, desk.engineer)).buttons) >= ANSWERS


async def test_after_a_long_absence_one_digest_comes(stored_desk: Desk) -> None:
    desk = stored_desk
    card = await begin(desk, desk.engineer)
    await card.press("Working on It")
    await desk.engineer.command("/growth pause 3 months")
    digest = await nudged(desk, desk.engineer)
    assert digest.plain.startswith("Welcome back")
    assert digest.buttons.count("Begin Here") == 3
    names = [line.strip("*") for line in digest.plain.splitlines() if line.startswith("*")]
    await digest.press("Begin Here", nth=1)
    assert skill_of(digest) == names[1]
    assert set(digest.buttons) >= ANSWERS
    await digest.press("Working on It")
    assert digest.buttons == ["Details", "Met", "Not Relevant"]
    assert set((await nudged(desk, desk.engineer)).buttons) >= ANSWERS


async def test_when_nothing_is_left_it_is_said_once(stored_desk: Desk) -> None:
    desk = stored_desk
    await begin(desk, desk.engineer)
    for cell in lead_cells(desk):
        await mark(desk, cell, Status.NOT_RELEVANT)
    end = await nudged(desk, desk.engineer)
    assert "Everything on the way to *LLM Engineer, Lead* is met or put aside." in end.plain
    assert "Set Principal as Goal" in end.buttons
    before = len(desk.engineer.messages())
    await pass_by(desk, 2 * WEEK)
    assert len(desk.engineer.messages()) == before

    await end.press("Set Principal as Goal")
    assert "Your goal is *LLM Engineer, Principal*." in end.plain
    assert set((await nudged(desk, desk.engineer)).buttons) >= ANSWERS


async def test_nudges_end_with_the_goal(desk: Desk) -> None:
    await begin(desk, desk.engineer)
    for cell in lead_cells(desk):
        await mark(desk, cell)
    before = len(desk.engineer.messages())
    await pass_by(desk, 5 * WEEK)
    assert len(desk.engineer.messages()) == before
    assert (await outlook(desk, desk.engineer)).next_at is None


async def test_an_outage_leads_to_one_nudge(desk: Desk) -> None:
    await desk.engineer.command(GOAL)
    due = await next_at(desk, desk.engineer)
    await pass_by(desk, due - desk.slack.clock.now() + 3 * WEEK)
    assert len(desk.engineer.messages()) == 1


async def test_a_nudge_of_a_dropped_goal_is_told_to_be_past(desk: Desk) -> None:
    card = await begin(desk, desk.engineer)
    await as_modal(await (await desk.home(desk.engineer)).choose("more.0", "Drop Goal…")).submit()
    await card.press("Working on It")
    assert "You have no goal any more: it was dropped." in card.plain
    assert card.buttons == [], "the reason stands in its place"
    assert len(desk.engineer.messages()) == 1
