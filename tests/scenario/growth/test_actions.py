"""Dated actions: planned from an item, listed, carried forward, done with evidence and without."""

import asyncio
from datetime import date, datetime, time, timedelta

from bot.domain.growth.planned.action import ActionState, DatedAction
from bot.domain.local_time import zone_named
from bot.sandbox.handles import MessageHandle, ViewHandle
from tests.scenario.desk import Desk, as_modal
from tests.scenario.growing import lead_cells, member, name_of

LEAD = "/promote-gap llm-engineer lead"
REVIEW = "run the design review"


def today(desk: Desk) -> date:
    return desk.slack.clock.now().date()


async def actions_of(desk: Desk) -> tuple[DatedAction, ...]:
    """Return every action of the engineer's, ended ones too, oldest first."""
    return (await desk.nextrung.services.records.everything(await member(desk))).actions


async def planning(desk: Desk, item: int = 0) -> ViewHandle:
    """Open the form for an action, from the Details of an item of the gap card."""
    card = await desk.engineer.command(LEAD)
    details = as_modal(await card.choose(f"mark_menu.{item}", "Details…"))
    return as_modal(await details.press("Plan an Action"))


async def plan(desk: Desk, text: str = REVIEW, *, days: int = 3, item: int = 0) -> DatedAction:
    """Plan an action for an item of the gap card."""
    form = await planning(desk, item)
    day = (today(desk) + timedelta(days=days)).isoformat()
    await form.fill({"What will you do?": text, "Day": day})
    await form.submit()
    await desk.refreshed(desk.engineer)
    return (await actions_of(desk))[-1]


async def test_action_is_planned_for_an_item_and_stands_on_home_and_in_details(
    stored_desk: Desk,
) -> None:
    desk = stored_desk
    first = lead_cells(desk)[0]
    action = await plan(desk, "run  the <!channel> *design* review")
    assert (action.text, action.cell) == ("run the <!channel> *design* review", first)
    home = await desk.home(desk.engineer)
    assert "run the &lt;!channel&gt;" in home.plain
    assert name_of(desk, first) in home.plain
    details = as_modal(await (await desk.engineer.command(LEAD)).choose("mark_menu.0", "Details…"))
    assert "run the &lt;!channel&gt;" in details.plain

    form = as_modal(await details.press("Plan an Action"))
    await form.fill({"What will you do?": "write it down"})
    await form.submit()
    await desk.refreshed(desk.engineer)
    assert "write it down" in details.plain


async def test_form_tells_what_is_wrong_and_keeps_what_was_typed(desk: Desk) -> None:
    form = await planning(desk)
    await form.fill({"What will you do?": REVIEW, "Day": "2020-01-01"})
    assert "has passed" in (await form.submit()).errors["Day"]
    await form.fill({"What will you do?": "   ", "Day": today(desk).isoformat()})
    assert "what you will do" in (await form.submit()).errors["What will you do?"]
    assert await actions_of(desk) == ()


async def test_action_is_carried_forward_and_says_what_it_was_planned_for(desk: Desk) -> None:
    action = await plan(desk, days=1)
    form = as_modal(await desk.engineer.home.choose("more.20", "Another Day…"))
    later = today(desk) + timedelta(days=20)
    await form.fill({"Day": later.isoformat()})
    await form.submit()
    (moved,) = await actions_of(desk)
    assert (moved.id, moved.due, moved.first_due) == (action.id, later, action.due)
    assert "first planned for" in (await desk.refreshed(desk.engineer)).plain


async def test_action_is_done_by_the_evidence_that_shows_it(stored_desk: Desk) -> None:
    desk = stored_desk
    action = await plan(desk)
    form = as_modal(await desk.engineer.home.choose("more.20", "Did It, Add Evidence…"))
    await form.submit()  # its words are the note, its expectation what it shows
    (done,) = await actions_of(desk)
    piece = (await desk.nextrung.services.growth.of(await member(desk))).growth.evidence[0]
    assert (done.state, done.evidence_id) == (ActionState.DONE, piece.id)
    assert (piece.note, piece.supports) == (REVIEW, frozenset({action.cell}))
    assert "Your actions" not in (await desk.refreshed(desk.engineer)).plain

    await desk.nextrung.services.evidence.delete(await member(desk), piece.id)
    assert (await actions_of(desk))[0].evidence_id is None


async def test_action_ends_without_evidence_and_ends_once(desk: Desk) -> None:
    first, second = await plan(desk), await plan(desk, "another", item=1)
    await desk.engineer.home.choose("more.20", "Done, Without Evidence")
    await desk.refreshed(desk.engineer)
    await desk.engineer.home.choose("more.20", "Drop It")
    states = [each.state for each in await actions_of(desk)]
    assert states == [ActionState.DONE, ActionState.DROPPED]
    assert [each.id for each in await actions_of(desk)] == [first.id, second.id]


async def turn(desk: Desk, *, to: datetime | None = None) -> list[MessageHandle]:
    """Let the bot do what is due, at a moment; return the reminders that the engineer has."""
    if to is not None:
        desk.slack.advance((to - desk.slack.clock.now()).total_seconds())
    services = desk.nextrung.services
    await services.reminders.turn()
    await services.effects.turn(desk.nextrung.errands)
    return [each for each in desk.engineer.messages() if REVIEW in each.plain]


async def test_member_is_reminded_once_on_the_day_in_working_hours(stored_desk: Desk) -> None:
    desk = stored_desk
    zone = (await member(desk)).time_zone
    tuesday = today(desk) + timedelta(days=(8 - today(desk).weekday()))
    action = await plan(desk, days=(tuesday - today(desk)).days)

    def moment(day: date, hour: int) -> datetime:
        return datetime.combine(day, time(hour), zone_named(zone))

    assert await turn(desk, to=moment(tuesday - timedelta(days=1), 23)) == []
    assert await turn(desk, to=moment(tuesday, 5)) == []  # a letter, and it waits for the morning
    (reminder,) = await turn(desk, to=moment(tuesday, 9) + timedelta(minutes=1))
    assert "For today:" in reminder.plain
    for hour in (10, 15):
        assert [each.ts for each in await turn(desk, to=moment(tuesday, hour))] == [reminder.ts]
    assert (await actions_of(desk))[0].reminded_on == action.due

    # Carried forward from the reminder, it comes again on its new day.
    form = as_modal(await reminder.press("Another Day"))
    await form.fill({"Day": (tuesday + timedelta(days=7)).isoformat()})
    await form.submit()
    await desk.refreshed(desk.engineer)
    assert "Now for" in reminder.plain
    assert reminder.buttons == []
    _, again = await turn(desk, to=moment(tuesday + timedelta(days=7), 11))
    kept = as_modal(await again.press("Did It"))
    await kept.submit()
    await desk.refreshed(desk.engineer)
    assert "Done:" in again.plain
    assert [each.state for each in await actions_of(desk)] == [ActionState.DONE]


async def test_what_ended_before_its_morning_brings_no_reminder(desk: Desk) -> None:
    action = await plan(desk, days=7)
    start = datetime.combine(action.due, time(0), zone_named((await member(desk)).time_zone))
    assert await turn(desk, to=start + timedelta(hours=5)) == []
    await desk.nextrung.services.actions.end(await member(desk), action.id, ActionState.DROPPED)
    assert await turn(desk, to=start + timedelta(hours=11)) == []


async def test_two_processes_write_one_reminder(stored_desk: Desk) -> None:
    desk = stored_desk
    action = await plan(desk, days=7)
    noon = datetime.combine(action.due, time(12), zone_named((await member(desk)).time_zone))
    desk.slack.advance((noon - desk.slack.clock.now()).total_seconds())
    reminders = desk.nextrung.services.reminders
    await asyncio.gather(*(reminders.turn() for _ in range(4)))
    assert len(await turn(desk)) == 1


async def test_action_that_ended_elsewhere_is_told_so(desk: Desk) -> None:
    action = await plan(desk)
    home = await desk.home(desk.engineer)
    actions = desk.nextrung.services.actions
    await actions.end(await member(desk), action.id, ActionState.DONE)
    told = as_modal(await home.choose("more.20", "Drop It"))
    assert "done or dropped by now" in told.plain
    assert "Your actions" not in (await desk.refreshed(desk.engineer)).plain
    assert [each.state for each in await actions_of(desk)] == [ActionState.DONE]
