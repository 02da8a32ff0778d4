"""A brief that is late: both of the two get it, or neither does."""

from datetime import datetime, time, timedelta

from bot.domain.local_time import zone_named
from bot.sandbox.samples import ENGINEER, MANAGER
from tests.scenario.desk import Desk
from tests.scenario.growing import member
from tests.scenario.teams.test_talks import BRIEF, next_at, set_rhythm
from tests.scenario.teams.two_people import deliver, move_to, share, told

MINUTE = timedelta(minutes=1)
ABOUT = "Your talk"


async def at_two(desk: Desk) -> datetime:
    """Let the two talk on Thursdays at 14:00 in Berlin; New York gets its brief the day before."""
    share_id = await share(desk)
    await set_rhythm(desk)
    return await next_at(desk, share_id)


async def briefs(desk: Desk) -> tuple[int, int]:
    """Return how many briefs each has, whatever they are called."""
    everything = (told(each, "To ask or to do") for each in (desk.engineer, desk.manager))
    mine, theirs = map(len, everything)
    return mine, theirs


async def test_down_when_the_second_was_due_the_second_comes_late_as_well(
    stored_desk: Desk,
) -> None:
    desk = stored_desk
    talk = await at_two(desk)
    await deliver(desk, to=talk - timedelta(hours=2))
    assert await briefs(desk) == (0, 1)
    # Down from before her brief until long after the talk.
    move_to(desk, talk + timedelta(hours=2))
    await deliver(desk)
    assert await briefs(desk) == (1, 1)
    (mine,) = told(desk.engineer, ABOUT)
    assert BRIEF not in mine.plain
    assert len(told(desk.manager, BRIEF)) == 1
    await deliver(desk)
    await deliver(desk, to=talk + timedelta(hours=4))
    assert await briefs(desk) == (1, 1)


async def test_down_when_both_were_due_both_come_until_half_an_hour_into_the_talk(
    desk: Desk,
) -> None:
    talk = await at_two(desk)
    move_to(desk, talk + timedelta(minutes=20))
    await deliver(desk)
    assert await briefs(desk) == (1, 1)


async def test_down_for_longer_neither_gets_one_and_the_points_come_again(desk: Desk) -> None:
    talk = await at_two(desk)
    me = await member(desk)
    (found,) = await shares_of(desk)
    await desk.nextrung.services.talking.note(me, found, "hold the review", both=True, token="t")
    move_to(desk, talk + timedelta(minutes=31))
    await deliver(desk)
    assert await briefs(desk) == (0, 0)
    await deliver(desk, to=await next_at(desk, found) - timedelta(minutes=50))
    assert await briefs(desk) == (1, 1)
    for each in (desk.engineer, desk.manager):
        assert "hold the review" in told(each, BRIEF)[-1].plain


async def test_late_brief_waits_for_no_working_hours_of_the_other_before_the_talk(
    desk: Desk,
) -> None:
    """Up again in New York's night before the talk, the manager has it in time all the same."""
    talk = await at_two(desk)
    # From before the manager's brief, in the afternoon of the day before, until their night.
    move_to(desk, talk - timedelta(hours=6))
    await deliver(desk)
    local = desk.slack.clock.now().astimezone(zone_named("America/New_York"))
    assert local.time() < time(9)
    assert await briefs(desk) == (0, 0)
    await deliver(desk, to=talk - timedelta(hours=1) + MINUTE)
    await deliver(desk)
    assert await briefs(desk) == (1, 1)
    assert len(told(desk.manager, BRIEF)) == 1


async def shares_of(desk: Desk) -> list[int]:
    async with desk.nextrung.database.read((await member(desk, MANAGER)).tenant) as work:
        return [each.id for each in await work.shares.by(ENGINEER)]
