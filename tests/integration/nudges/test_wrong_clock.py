"""A clock that jumps: whatever it had written, nudges come as before once it is right again."""

from datetime import timedelta

import pytest

from bot.domain.nudges.cadence import Cadence, NudgeSettings
from bot.domain.nudges.plan import FARTHEST
from bot.services.clock import Steadiness
from tests.fakes.clock import FrozenClock
from tests.integration.nudges.post_office import TEN_O_CLOCK, WEEK, PostOffice

TWO_YEARS = timedelta(days=730)
DAY = timedelta(days=1)


async def jump(office: PostOffice) -> None:
    """Let the clock be two years ahead for a moment, and plan and send meanwhile."""
    await office.work(TWO_YEARS)
    office.advance(-TWO_YEARS)
    assert (await office.plans())[0].next_due_at > office.now + FARTHEST  # as it was seen


@pytest.mark.parametrize("cadence", list(Cadence))
async def test_plans_are_planned_anew_and_it_is_told(
    small_office: PostOffice, cadence: Cadence
) -> None:
    office = small_office
    (member,) = await office.enlist(1, settings=NudgeSettings(cadence=cadence))
    await jump(office)
    sent = len(office.posts())
    overview = await office.nextrung.nudging.desk.overview(now=office.now)
    assert overview.astray == 1

    await office.nextrung.nudging.straighten()

    due = (await office.plan(member)).plan.regular_at
    assert due is not None
    # Today's slot is taken for the one that was sent while the clock was wrong.
    assert DAY / 2 < due - office.now < timedelta(days=45)
    assert (await office.nextrung.nudging.desk.overview(now=office.now)).astray == 0
    assert b"nextrung_nudge_plans_replanned_total 1.0" in office.nextrung.nudging.metrics.page()
    await office.work(due - office.now)
    assert len(office.posts()) == sent + 1


async def test_what_lies_within_reach_and_pauses_stay(office: PostOffice) -> None:
    members = await office.enlist(3)
    settings = office.nextrung.services.nudge_settings
    await settings.pause(members[0], office.now + 200 * DAY)
    await settings.stop(members[1])
    before = await office.plans()

    await office.nextrung.nudging.straighten()

    assert await office.plans() == before


async def test_a_pause_and_a_put_back_of_the_wrong_clock_end(office: PostOffice) -> None:
    (member, other) = await office.enlist(2)
    await office.nextrung.nudging.plan()
    office.advance(TWO_YEARS)
    await office.nextrung.services.nudge_settings.pause(member, office.now + 14 * DAY)
    await office.work()  # at nine in the morning: the other's waits for working hours
    office.advance(-TWO_YEARS)
    await office.nextrung.nudging.straighten()

    assert (await office.plan(member)).plan.settings.paused_until is None
    await office.work(TEN_O_CLOCK)
    await office.work(WEEK)
    assert len(office.posts(member)) == 1
    assert len(office.posts(other)) == 2


async def test_saving_settings_plans_by_the_clock_that_is_right(office: PostOffice) -> None:
    (member,) = await office.enlist(1)
    await jump(office)

    await office.nextrung.services.nudge_settings.resume(member)

    due = (await office.plan(member)).plan.regular_at
    assert due is not None
    assert due - office.now <= WEEK + DAY


def test_plans_wait_while_the_clock_jumps() -> None:
    clock, counted = FrozenClock(), [0.0]
    steady = Steadiness(clock, lambda: counted[0])

    def passing(seconds: float, jump: timedelta = timedelta()) -> bool:
        counted[0] += seconds
        clock.advance(timedelta(seconds=seconds) + jump)
        return steady(60.0)

    assert steady(60.0)  # nothing is known against it
    assert passing(1)
    assert not passing(1, TWO_YEARS)
    assert not passing(8, -TWO_YEARS)
    assert not passing(59)
    assert passing(1)
    assert passing(1, timedelta(seconds=90))  # a clock that is set right
    assert not steady(600.0)
