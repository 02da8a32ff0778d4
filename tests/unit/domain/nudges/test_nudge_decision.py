"""What becomes of a slot: every barrier in its turn, and never a message that must not be."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.local_time import zone_named
from bot.domain.nudges.cadence import Cadence, NudgePolicy, NudgeSettings, WorkingTime, slower
from bot.domain.nudges.decision import (
    IGNORED_IN_A_ROW,
    Circumstances,
    Past,
    PlanStatus,
    PutBack,
    Withheld,
    decide,
    next_open,
    put_off,
)
from bot.domain.nudges.message import PutOff
from bot.domain.nudges.plan import NudgePlan, SlotKind
from bot.domain.nudges.schedule import in_working_time
from tests.properties import examples
from tests.unit.domain.nudges.zones import NAMES, SINCE

# A Tuesday noon.
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
PLAN = NudgePlan(NudgeSettings(), "UTC", NOW.date() - timedelta(days=7))
FREE = Circumstances(PlanStatus(PLAN), Past(), NudgePolicy(), has_goal=True, report=None)
WAYS = {PutOff.TOMORROW: 1, PutOff.NEXT_WEEK: 7, PutOff.IN_A_MONTH: 30}


def with_settings(**changes: object) -> Circumstances:
    chosen = replace(PLAN.settings, **changes)  # type: ignore[arg-type] # any of its fields
    return replace(FREE, status=PlanStatus(replace(PLAN, settings=chosen)))


def barrier(found: Circumstances, *, now: datetime = NOW) -> object:
    return decide(SlotKind.REGULAR, found, now=now)


def test_each_barrier_holds() -> None:
    assert barrier(with_settings(stopped=True)) is Withheld.STOPPED
    assert barrier(with_settings(paused_until=NOW + timedelta(minutes=1))) is Withheld.PAUSED
    assert barrier(with_settings(paused_until=NOW)) is Withheld.NO_WAY
    barred = replace(FREE, status=replace(FREE.status, barred="guest"))
    assert barrier(barred) is Withheld.BARRED
    assert barrier(replace(FREE, has_goal=False)) is Withheld.NO_GOAL
    assert barrier(FREE) is Withheld.NO_WAY


def test_the_first_barrier_that_holds_is_named() -> None:
    everything = with_settings(stopped=True, paused_until=NOW + timedelta(days=1))
    assert barrier(replace(everything, has_goal=False)) is Withheld.STOPPED


@pytest.mark.parametrize(
    ("moment", "until"),
    [
        (NOW.replace(hour=8, minute=59), NOW.replace(hour=10)),
        (NOW.replace(hour=18), NOW.replace(hour=10) + timedelta(days=1)),
        (NOW + timedelta(days=4), NOW.replace(hour=10) + timedelta(days=6)),
    ],
)
def test_outside_of_working_hours_it_waits(moment: datetime, until: datetime) -> None:
    assert barrier(FREE, now=moment) == PutBack(until)


@pytest.mark.parametrize(("sent", "reached"), [(4, False), (5, True), (9, True)])
def test_the_cap_counts_from_monday(sent: int, reached: bool) -> None:
    this_week = tuple(NOW.date() - timedelta(days=number % 2) for number in range(sent))
    before = tuple(NOW.date() - timedelta(days=2) for _ in range(9))
    found = replace(FREE, past=Past(days=(*before, *this_week)))
    assert (barrier(found) is Withheld.WEEKLY_CAP) is reached


def test_ignored_in_a_row_is_three() -> None:
    assert IGNORED_IN_A_ROW == 3


def test_cadences_become_slower_to_an_end() -> None:
    chain = [Cadence.DAILY]
    while (following := slower(chain[-1])) is not None:
        chain.append(following)
    assert chain == [Cadence.DAILY, Cadence.WEEKLY, Cadence.TWO_WEEKS, Cadence.MONTHLY]


@st.composite
def plans(draw: st.DrawFn) -> tuple[NudgePlan, NudgePolicy, datetime]:
    minutes = st.integers(0, 1439).map(lambda minute: time(minute // 60, minute % 60))
    start, end = sorted(draw(st.lists(minutes, min_size=2, max_size=2, unique=True)))
    days = st.frozensets(st.integers(0, 6), min_size=1)
    now = SINCE + timedelta(minutes=draw(st.integers(0, 10 * 365 * 24 * 60)))
    holidays = draw(st.frozensets(st.integers(0, 40).map(lambda day: now.date() + day * DAY)))
    policy = NudgePolicy(WorkingTime(draw(days), start, end, holidays))
    chosen = NudgeSettings(draw(st.sampled_from(Cadence)), draw(days), draw(minutes))
    return NudgePlan(chosen, draw(st.sampled_from(NAMES)), date(1970, 1, 1)), policy, now


DAY = timedelta(days=1)


@examples(150)
@given(plans(), st.sampled_from(PutOff))
def test_what_is_put_off_comes_on_a_working_day_at_ones_own_hour(
    case: tuple[NudgePlan, NudgePolicy, datetime], when: PutOff
) -> None:
    plan, policy, now = case
    zone = zone_named(plan.zone)
    until = put_off(plan, policy, when, now=now)
    assert until > now
    assert in_working_time(until, policy.working, zone)
    wanted = now.astimezone(zone).date() + WAYS[when] * DAY
    came = until.astimezone(zone).date()
    assert came >= wanted
    skipped = (wanted + number * DAY for number in range((came - wanted).days))
    # A day may have no working moment where the clocks skip it.
    assert sum(policy.working.works_on(day) for day in skipped) <= 1


@examples(150)
@given(plans())
def test_what_waits_for_working_hours_gets_them(
    case: tuple[NudgePlan, NudgePolicy, datetime],
) -> None:
    plan, policy, now = case
    until = next_open(plan, policy, now=now)
    assert until is not None
    assert until >= now
    assert in_working_time(until, policy.working, zone_named(plan.zone))
