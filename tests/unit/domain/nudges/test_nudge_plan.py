"""A member's plan through all that happens to it: no day has two slots, no slot is lost."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.domain.local_time import day_start, known_zone, local_day, offset_zone, zone_named
from bot.domain.nudges.cadence import Cadence, NudgeSettings, WorkingTime, slower
from bot.domain.nudges.plan import (
    NudgePlan,
    Slot,
    SlotKind,
    begin,
    in_zone,
    moved_on,
    renewed,
    resting,
    with_settings,
)
from bot.domain.nudges.schedule import in_working_time, is_nominal
from tests.properties import examples
from tests.unit.domain.nudges.zones import NAMES

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
WORKING = WorkingTime(holidays=frozenset({date(2026, 12, 25), date(2027, 1, 1)}))
START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ZONES = st.sampled_from(NAMES)
WISHES = st.builds(
    NudgeSettings,
    st.sampled_from(Cadence),
    st.frozensets(st.integers(0, 6), min_size=1),
    st.times(time(7), time(20)).map(lambda each: each.replace(second=0, microsecond=0)),
)
LONGEST = {Cadence.DAILY: 5, Cadence.WEEKLY: 11, Cadence.TWO_WEEKS: 18, Cadence.MONTHLY: 43}


class Planned(RuleBasedStateMachine):
    """A member who travels, pauses, stops, puts off and changes their mind, as time goes by."""

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.plan: NudgePlan
        self.slots: list[Slot] = []

    @initialize(wishes=WISHES, zone=ZONES)
    def begins(self, wishes: NudgeSettings, zone: str) -> None:
        self.plan = begin(wishes, WORKING, zone=zone, now=self.now)
        self.first = self.plan.last_day

    @rule(minutes=st.integers(1, 60 * 24 * 40))
    def time_passes_in_an_outage(self, minutes: int) -> None:
        self.now += minutes * MINUTE
        self._work()

    @precondition(lambda self: self.plan.next_due_at is not None)
    @rule(late=st.integers(0, 300))
    def the_next_is_due(self, late: int) -> None:
        due = self.plan.next_due_at
        assert due is not None
        self.now = max(self.now, due + late * MINUTE)
        self._work()

    @rule(zone=ZONES)
    def travels(self, zone: str) -> None:
        self.plan = renewed(replace(self.plan, zone=zone), WORKING, now=self.now)

    @rule(wishes=WISHES)
    def changes_their_mind(self, wishes: NudgeSettings) -> None:
        self._choose(wishes)

    @rule(days=st.integers(1, 90))
    def pauses(self, days: int) -> None:
        self._choose(replace(self.plan.settings, paused_until=self.now + days * DAY))

    @rule()
    def stops(self) -> None:
        self._choose(replace(self.plan.settings, stopped=True))

    @rule()
    def resumes(self) -> None:
        self._choose(replace(self.plan.settings, paused_until=None, stopped=False))

    @precondition(lambda self: not self.plan.settings.stopped)
    @rule(days=st.integers(1, 30))
    def puts_off(self, days: int) -> None:
        regular = self.plan.regular_at
        self.plan = replace(self.plan, later_at=self.now + days * DAY)
        assert self.plan.regular_at == regular

    def _choose(self, wishes: NudgeSettings) -> None:
        zone = self.plan.zone
        self.plan = with_settings(self.plan, wishes, WORKING, zone=zone, now=self.now)

    def _work(self) -> None:
        while self.plan.next_due_at is not None and self.plan.next_due_at <= self.now:
            before = self.plan
            slot, self.plan = moved_on(self.plan, WORKING, now=self.now)
            if slot.kind is SlotKind.REGULAR:
                assert slot.day > before.last_day
                assert slot.day == self.plan.last_day
                self.slots.append(slot)
            else:
                assert self.plan.regular_at == before.regular_at
                assert self.plan.last_day == before.last_day

    @invariant()
    def a_day_has_one_regular_slot_at_most(self) -> None:
        days = [each.day for each in self.slots]
        assert days == sorted(set(days))

    @invariant()
    def what_comes_is_ahead_and_at_work(self) -> None:
        plan = self.plan
        if plan.settings.stopped:
            assert plan.next_due_at is None
            return
        assert plan.regular_at is not None
        assert in_working_time(plan.regular_at, WORKING, zone_named(plan.zone))
        until = plan.settings.paused_until
        if until and until > self.now:
            assert plan.regular_at >= until
        local = plan.regular_at.astimezone(zone_named(plan.zone)).date()
        assert local > plan.last_day
        # Not skipped: the cadence's longest stretch, ahead of all that went before.
        ahead = max(plan.last_day, self.now.astimezone(zone_named(plan.zone)).date())
        if until and until > self.now:
            ahead = max(ahead, until.astimezone(zone_named(plan.zone)).date())
        assert local - ahead <= LONGEST[plan.settings.cadence] * DAY


Planned.TestCase.settings = examples(60, stateful_step_count=25)
TestPlanned = Planned.TestCase


def local(plan: NudgePlan) -> datetime:
    assert plan.regular_at is not None
    return plan.regular_at.astimezone(ZoneInfo(plan.zone))


def test_who_begins_before_ten_on_tuesday_gets_todays_and_who_begins_after_the_next() -> None:
    for minute, day in ((-1, 24), (0, 1), (1, 1)):
        at = datetime(2026, 11, 24, 9, 0, tzinfo=UTC) + minute * MINUTE
        plan = begin(NudgeSettings(), WORKING, zone="Europe/Berlin", now=at)
        assert (local(plan).day, local(plan).hour) == (day, 10)


def test_what_falls_into_a_pause_is_not_caught_up_on() -> None:
    plan = begin(NudgeSettings(), WORKING, zone="Europe/Berlin", now=START)
    until = datetime(2026, 12, 9, 23, 0, tzinfo=UTC)  # Thursday begins in Berlin
    paused = with_settings(
        plan,
        replace(plan.settings, paused_until=until),
        WORKING,
        zone=plan.zone,
        now=START,
    )
    assert local(paused).date() == date(2026, 12, 15)


def test_resuming_a_stop_does_not_bring_what_was_missed() -> None:
    plan = begin(NudgeSettings(), WORKING, zone="Europe/Berlin", now=START)
    stopped = replace(plan.settings, stopped=True)
    asleep = with_settings(plan, stopped, WORKING, zone=plan.zone, now=START)
    assert asleep.next_due_at is None
    wednesday = datetime(2027, 3, 3, 9, 0, tzinfo=UTC)
    awake = with_settings(asleep, plan.settings, WORKING, zone=plan.zone, now=wednesday)
    assert local(awake).date() == date(2027, 3, 9)


def test_other_settings_on_the_day_of_a_nudge_bring_no_second_one() -> None:
    plan = begin(NudgeSettings(), WORKING, zone="Europe/Berlin", now=START)
    at_ten = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    _, plan = moved_on(plan, WORKING, now=at_ten)
    afternoon = replace(plan.settings, at=time(15))
    changed = with_settings(plan, afternoon, WORKING, zone=plan.zone, now=at_ten + MINUTE)
    assert local(changed) == datetime(2026, 12, 1, 15, tzinfo=ZoneInfo("Europe/Berlin"))


def test_weeks_of_outage_make_one_slot() -> None:
    plan = begin(NudgeSettings(Cadence.DAILY), WORKING, zone="Europe/Berlin", now=START)
    back = START + 21 * DAY
    slot, after = moved_on(plan, WORKING, now=back)
    assert slot == Slot(SlotKind.REGULAR, back.date())
    assert after.regular_at is not None
    assert after.regular_at > back


def test_both_due_at_once_are_one_slot() -> None:
    plan = begin(NudgeSettings(), WORKING, zone="Europe/Berlin", now=START)
    plan = replace(plan, later_at=plan.regular_at)
    assert plan.regular_at is not None
    slot, after = moved_on(plan, WORKING, now=plan.regular_at)
    assert slot.kind is SlotKind.REGULAR
    assert after.later_at is None


def test_nothing_comes_to_who_rests() -> None:
    plan = begin(NudgeSettings(), WORKING, zone="Europe/Berlin", now=START)
    assert resting(replace(plan, later_at=START)).next_due_at is None


@given(st.text(max_size=60))
def test_an_unknown_zone_is_utc(name: str) -> None:
    found = zone_named(name)
    assert found is UTC or known_zone(name) is found


@pytest.mark.parametrize("cadence", Cadence)
def test_slower_ends_at_the_slowest(cadence: Cadence) -> None:
    wider = slower(cadence)
    assert (wider is None) == (cadence is Cadence.MONTHLY)
    if wider is None:
        return
    year = [date(2026, 1, 1) + number * DAY for number in range(365)]
    counts = [
        sum(is_nominal(NudgeSettings(each), day) for day in year) for each in (cadence, wider)
    ]
    assert counts[0] > counts[1]


@given(
    st.dates(date(2024, 1, 1), date(2027, 11, 1)), st.sampled_from(NAMES), st.sampled_from(NAMES)
)
def test_a_pause_ends_with_the_same_local_day_wherever_the_member_goes(
    day: date, home: str, there: str
) -> None:
    paused = NudgeSettings(paused_until=day_start(day, home))
    plan = begin(paused, WORKING, zone=home, now=START)
    moved = in_zone(plan, there)
    until = moved.settings.paused_until
    assert moved.zone == there
    assert until is not None
    assert until == day_start(local_day(day_start(day, home), home), there)
    assert local_day(until - timedelta(minutes=1), there) < local_day(until, there)
    if local_day(until, there) == day:  # but for a day that a zone has left out altogether
        assert in_zone(moved, home).settings == paused


@given(st.integers(-86_399, 86_399))
def test_a_distance_from_utc_is_a_zone_by_its_name(seconds: int) -> None:
    found = zone_named(offset_zone(seconds)).utcoffset(START)
    assert found is not None
    assert abs(found.total_seconds()) == abs(seconds) // 60 * 60
    assert seconds * found.total_seconds() >= 0
