"""What a brief counts, and when a talk is: nothing that nobody said, whatever a clock did."""

from datetime import date, timedelta

import pytest

from bot.domain.growth.assessment import Status
from bot.domain.teams.agreed import Side
from bot.domain.teams.rhythm import HeldRhythm, Often, RhythmState, begun
from bot.domain.teams.talk import Brief
from bot.sandbox.samples import ENGINEER, MANAGER
from tests.scenario.desk import Desk
from tests.scenario.growing import lead_cells, mark, member
from tests.scenario.teams.two_people import deliver, move_to, share

DAY = timedelta(days=1)


async def brief(desk: Desk, share_id: int, who: str) -> Brief:
    """Return what the brief of a talk of tomorrow says to somebody."""
    me = await member(desk, who)
    async with desk.nextrung.database.write(me.tenant) as work:
        talk_id = await work.talks.begin(share_id, desk.slack.clock.now() + DAY)
    found = await desk.nextrung.services.briefs.of(me, talk_id)
    assert found is not None
    return found


@pytest.mark.parametrize("who", [ENGINEER, MANAGER])
async def test_who_says_the_same_again_has_not_moved(desk: Desk, who: str) -> None:
    share_id = await share(desk)
    first, second, third = lead_cells(desk)[:3]
    move_to(desk, desk.slack.clock.now() + DAY)
    await mark(desk, first, Status.MET)
    await mark(desk, second, Status.WORKING)
    me = await member(desk)
    async with desk.nextrung.database.write(me.tenant) as work:
        await work.talks.begin(share_id, desk.slack.clock.now() + DAY)
    move_to(desk, desk.slack.clock.now() + 2 * DAY)
    await mark(desk, first, Status.MET, note="as I said")
    await mark(desk, second, Status.NOT_YET)
    move_to(desk, desk.slack.clock.now() + DAY)
    await mark(desk, first, Status.MET, note="and once more")
    await mark(desk, third, Status.WORKING)
    moved = (await brief(desk, share_id, who)).moved
    assert [(each.expectation.skill.key, each.status) for each in moved] == [
        (third.skill, Status.WORKING),
        (second.skill, Status.NOT_YET),
    ]


async def test_a_talk_that_a_wrong_clock_set_far_ahead_comes_in_its_rhythm(desk: Desk) -> None:
    share_id = await share(desk)
    me, now = await member(desk), desk.slack.clock.now()
    ahead = now + timedelta(days=400)
    rhythm = begun(Often.WEEKLY, 3, ahead.time(), "UTC", now=now)
    held = HeldRhythm(share_id, rhythm, RhythmState.ON, ahead, Side.OWNER, ahead, ahead)
    async with desk.nextrung.database.write(me.tenant) as work:
        await work.talks.keep_rhythm(held)
    await deliver(desk)
    async with desk.nextrung.database.read(me.tenant) as work:
        (kept,) = await work.talks.rhythms_of(ENGINEER)
    assert kept.next_at is not None
    assert kept.next_at <= now + 8 * DAY
    assert kept.next_at.date() > date(2026, 1, 1)
