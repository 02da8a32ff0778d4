"""A goal by a day: typed or chosen, shown wherever the goal is, moved and taken back."""

from datetime import date, timedelta

import pytest

from tests.scenario.desk import Desk, as_modal
from tests.scenario.growing import member


async def by_of(desk: Desk) -> date | None:
    goal = (await desk.nextrung.services.growth.of(await member(desk))).growth.goal
    assert goal is not None
    return goal.by


def today(desk: Desk) -> date:
    return desk.slack.clock.now().date()


async def test_typed_day_stands_on_every_card_of_the_goal(stored_desk: Desk) -> None:
    desk = stored_desk
    until = today(desk) + timedelta(days=120)
    shown = desk.nextrung.services.translators.for_locale("en-US").date(until)

    hub = await desk.engineer.command(f"/growth goal llm-engineer lead by {until}")
    assert f"Your goal is LLM Engineer, Lead, by {shown}." in hub.text
    assert f"Goal: *LLM Engineer, Lead*, by {shown}" in hub.plain
    gap = await desk.engineer.command("/promote-gap llm-engineer lead")
    assert f"Your goal, by {shown}" in gap.plain
    assert f"By {shown}" in (await desk.home(desk.engineer)).plain

    # Only a day: the goal stays what it is.
    later = until + timedelta(days=7)
    await desk.engineer.command(f"/growth 目标 {later.year}年{later.month}月{later.day}日前")
    assert await by_of(desk) == later
    # The same goal without a day leaves it; a word takes it back.
    await desk.engineer.command("/growth goal llm-engineer lead")
    assert await by_of(desk) == later
    await desk.engineer.command("/growth goal llm-engineer lead no date")
    assert await by_of(desk) is None


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("2020-01-31", "Jan 31, 2020 has passed, so nothing was changed."),
        ("2999-01-31", "Jan 31, 2999 is more than five years away"),
        ("<!channel>", "I could not read “&lt;!channel&gt;” as a day"),
    ],
)
async def test_day_that_cannot_be_is_told_kindly(desk: Desk, typed: str, told: str) -> None:
    answer = await desk.engineer.command(f"/growth goal llm-engineer lead by {typed}")
    assert told in answer.plain
    assert (await desk.nextrung.services.growth.of(await member(desk))).growth.goal is None


async def test_day_is_chosen_in_the_form_and_given_up_there(desk: Desk) -> None:
    until = today(desk) + timedelta(days=90)
    await desk.engineer.command("/growth goal llm-engineer lead from data-scientist senior")
    await desk.refreshed(desk.engineer)
    form = as_modal(await desk.engineer.home.choose("more.0", "Change Goal…"))
    await form.fill({"Level": "Lead", "By": (today(desk) - timedelta(days=9)).isoformat()})
    refused = await form.submit()
    assert "has passed" in refused.errors["By"]
    await form.fill({"By": until.isoformat()})
    await form.submit()
    assert await by_of(desk) == until
    # The goal is the one it was: from where it was set.
    goal = (await desk.nextrung.services.growth.of(await member(desk))).growth.goal
    assert goal is not None
    assert (goal.origin_role, goal.origin_level) == ("data-scientist", "senior")

    await desk.refreshed(desk.engineer)
    form = as_modal(await desk.engineer.home.choose("more.0", "Change Goal…"))
    await form.fill({"Level": "Lead", "Or": "Without a day"})
    await form.submit()
    assert await by_of(desk) is None


async def test_day_that_passed_is_said_on_home_and_changes_nothing(desk: Desk) -> None:
    until = today(desk) + timedelta(days=2)
    await desk.engineer.command(f"/growth goal llm-engineer lead by {until}")
    desk.slack.advance(timedelta(days=4).total_seconds())
    home = await desk.home(desk.engineer)
    assert "has passed.* The goal stays as it is." in home.plain
    assert await by_of(desk) == until
