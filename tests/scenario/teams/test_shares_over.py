"""Whoever ends what they share, in passing, is told: with whom it was, and how to share again."""

from datetime import timedelta

import pytest

from bot.cards.ids import Action
from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Status
from bot.sandbox.samples import CHINESE_ENGINEER, MANAGER
from tests.scenario.desk import Desk, as_modal
from tests.scenario.growing import lead_cells, lead_required, mark, name_of
from tests.scenario.nudging import begin
from tests.scenario.teams.shares import ask, letters, share, with_goal, work

ENDED = "What you shared ended with its goal:"
ASKED = "What you offered to share ended with its goal:"
PRINCIPAL = "/growth goal llm-engineer principal"


async def all_but_one(desk: Desk) -> CellKey:
    """Let the engineer meet all that Lead requires but one thing, and return that."""
    *others, last = lead_required(desk)
    for each in others:
        await mark(desk, each)
    return last


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_another_goal_says_that_sharing_the_last_one_ended(
    stored_desk: Desk, language: str
) -> None:
    desk = stored_desk
    await with_goal(desk)
    await share(desk)
    if language == "zh":
        await desk.engineer.command("/growth language 中文")
    told = (await desk.engineer.command(PRINCIPAL)).plain
    if language == "zh":
        assert "随目标一起结束" in told
    else:
        assert f"{ENDED}* <@{MANAGER}> no longer sees it." in told
    assert "/growth share @" in told
    again = (await desk.engineer.command(PRINCIPAL)).plain
    assert ENDED not in again
    assert "随目标一起结束" not in again, "the same goal ends nothing"


async def test_where_nothing_was_shared_nothing_is_said_to_have_ended(desk: Desk) -> None:
    await with_goal(desk)
    await share(desk)
    await (await desk.home(desk.engineer)).press("Stop Sharing")
    await work(desk)
    dated = await desk.engineer.command("/growth goal llm-engineer lead by 2027-11-30")
    told = await desk.engineer.command(PRINCIPAL)
    for shown in (dated, told, await desk.home(desk.engineer)):
        assert "ended with its goal" not in shown.plain


async def test_each_is_named_and_whoever_was_only_asked_apart(desk: Desk) -> None:
    await with_goal(desk)
    await share(desk)
    await ask(desk, who=CHINESE_ENGINEER)
    gap = await desk.engineer.command("/promote-gap llm-engineer principal")
    told = (await gap.press("Set as Goal")).plain
    assert f"{ENDED}* <@{MANAGER}> no longer sees it." in told
    assert f"{ASKED}* <@{CHINESE_ENGINEER}> is not asked any more." in told
    await work(desk)
    home = (await desk.home(desk.engineer)).plain
    assert "Nobody but you" in home
    assert f"<@{MANAGER}> no longer sees it" in home
    await share(desk)
    assert "ended with its goal" not in (await desk.home(desk.engineer)).plain


async def test_a_goal_dropped_on_home_says_there_what_ended(desk: Desk) -> None:
    await with_goal(desk)
    await share(desk)
    asked = as_modal(await (await desk.home(desk.engineer)).choose("more.0", "Drop Goal…"))
    assert "Whatever you share of this goal ends with it" in asked.plain
    await asked.submit()
    await work(desk)
    home = (await desk.refreshed(desk.engineer)).plain
    assert f"{ENDED}* <@{MANAGER}> no longer sees it." in home
    assert "Once you have a goal" in home
    await work(desk, timedelta(days=15))
    assert ENDED not in (await desk.home(desk.engineer)).plain


@pytest.mark.parametrize("where", ["card", "put aside", "details", "home"])
async def test_a_goal_that_is_reached_says_that_sharing_it_ended(desk: Desk, where: str) -> None:
    await with_goal(desk)
    await share(desk)
    last = await all_but_one(desk)
    gap = await desk.engineer.command("/promote-gap llm-engineer lead")
    menu = f"{Action.MARK_MENU}.0"
    match where:
        case "card":
            told = (await gap.choose(menu, "Met")).plain
        case "put aside":
            await as_modal(await gap.choose(menu, "Not relevant to me…")).submit()
            await desk.drained()
            told = gap.plain
        case "details":
            details = as_modal(await gap.choose(menu, "Details…"))
            told = as_modal(await details.press("Met")).plain
        case _:
            await mark(desk, last, Status.MET)
            told = (await desk.home(desk.engineer)).plain
    assert f"{ENDED}* <@{MANAGER}> no longer sees it." in told
    assert "Goal reached" in told


async def test_a_nudge_that_reaches_the_goal_says_so_too(desk: Desk) -> None:
    card = await begin(desk, desk.engineer)
    await share(desk)
    for each in lead_cells(desk):
        if name_of(desk, each) not in card.plain.partition("\n")[0]:
            await mark(desk, each)
    await as_modal(await card.press("Did It")).submit()
    await desk.refreshed(desk.engineer)
    assert f"{ENDED}* <@{MANAGER}> no longer sees it." in card.plain


async def test_whoever_ends_a_share_reads_before_what_else_ends_with_it(desk: Desk) -> None:
    await with_goal(desk)
    await share(desk)
    also = "Your talks about it, and what you agreed on, end too."
    stop = str((await desk.home(desk.engineer)).view.payload)
    leave = str([each.message.blocks for each in letters(desk)])
    for asked in (stop, leave):
        assert also in asked
