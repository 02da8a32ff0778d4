"""Slots of nudges: in every zone, over ten years, whatever members and workspaces choose."""

import itertools
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.nudges.cadence import Cadence, NudgeSettings, WorkingTime
from bot.domain.nudges.schedule import in_working_time, moment_of, next_slot, start_after
from tests.properties import examples, sampled
from tests.unit.domain.nudges.zones import NAMES, SINCE, UNTIL, differing, shifts

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
TUESDAY = 1
ROUND_THE_CLOCK = WorkingTime(frozenset(range(7)), time(0), time(23, 59, 59))
FESTIVE = WorkingTime(
    holidays=frozenset(
        date(year, month, day)
        for year in range(2019, 2032)
        for month, days in {1: (1, 2, 3), 2: (29,), 5: (1,), 12: range(21, 32)}.items()
        for day in days
        if (month, day) != (2, 29) or year % 4 == 0
    )
)


def chain(
    wishes: NudgeSettings, working: WorkingTime, name: str, since: datetime, until: datetime
) -> Iterator[datetime]:
    """Yield slot after slot, each worked out when the one before is due."""
    zone = ZoneInfo(name)
    now, last = since, start_after(wishes, working, zone, since)
    while True:
        slot = next_slot(wishes, working, zone, last=last, now=now)
        assert slot is not None
        if slot >= until:
            return
        yield slot
        now, last = slot, slot.astimezone(zone).date()


def nominal_days(wishes: NudgeSettings, first: date, last: date) -> set[date]:
    """Return the days that the cadence names, said in another way than the code does."""
    days = [first + number * DAY for number in range((last - first).days + 1)]
    chosen = [each for each in days if each.weekday() in wishes.weekdays]
    match wishes.cadence:
        case Cadence.DAILY:
            return set(days)
        case Cadence.WEEKLY:
            return set(chosen)
        case Cadence.TWO_WEEKS:
            # An even week is one that lies an even number of weeks from that of 5 January 1970.
            return {
                each
                for each in chosen
                if (each - timedelta(each.weekday()) - date(1970, 1, 5)) % timedelta(14)
                == timedelta(0)
            }
        case Cadence.MONTHLY:
            return {each for each in chosen if each == _first_of_month(each, wishes.weekdays)}


def _first_of_month(day: date, weekdays: frozenset[int]) -> date:
    return next(
        found for number in range(1, 8) if (found := day.replace(day=number)).weekday() in weekdays
    )


def expected_days(
    wishes: NudgeSettings, working: WorkingTime, first: date, last: date
) -> list[date]:
    """Return the working days that a slot falls on: the first at or after each nominal day."""
    nominal = nominal_days(wishes, first, last)
    found, waiting, day = [], False, first
    while day <= last:
        waiting = waiting or day in nominal
        if waiting and working.works_on(day):
            found.append(day)
            waiting = False
        day += DAY
    return found


def is_right(slot: datetime, at: time, zone: ZoneInfo) -> bool:
    """Tell whether a slot is at that local time, the first such; else the first after a gap."""
    local = slot.astimezone(zone)
    if local.replace(tzinfo=None).time() == at:
        return local.fold == 0
    before = (slot - MINUTE).astimezone(zone)
    jumped = local.replace(tzinfo=None) - before.replace(tzinfo=None) > MINUTE
    return jumped and before.time() < at < local.time()


@sampled("third", range(3))
def test_every_zone_weekly_for_ten_years(third: int) -> None:
    wishes, working = NudgeSettings(), WorkingTime()
    for name in NAMES[third::3]:
        zone = ZoneInfo(name)
        days = [each.astimezone(zone) for each in chain(wishes, working, name, SINCE, UNTIL)]
        assert {(each.weekday(), each.time()) for each in days} == {(TUESDAY, time(10))}, name
        assert {b.date() - a.date() for a, b in itertools.pairwise(days)} == {7 * DAY}, name
        assert len(days) in (573, 574), name


@sampled("third", range(3))
@pytest.mark.parametrize("cadence", Cadence)
@pytest.mark.parametrize("working", [WorkingTime(), FESTIVE], ids=["workdays", "holidays"])
def test_every_cadence_in_every_way_that_clocks_go(
    cadence: Cadence, working: WorkingTime, third: int
) -> None:
    wishes = NudgeSettings(cadence, frozenset({0, 3, 5}), time(9, 30))
    for name in differing()[third::3]:
        zone = ZoneInfo(name)
        found = list(chain(wishes, working, name, SINCE, UNTIL))
        first = start_after(wishes, working, zone, SINCE) + DAY
        last = found[-1].astimezone(zone).date()
        assert [each.astimezone(zone).date() for each in found] == expected_days(
            wishes, working, first, last
        ), name
        assert all(is_right(each, time(9, 30), zone) for each in found), name


def test_there_are_gaps_and_folds_to_test() -> None:
    everything = [each for name in differing() for each in shifts(name)]
    forward = {each.after - each.before for each in everything}
    assert len(differing()) > 60
    assert {timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2)} <= forward
    assert {timedelta(minutes=-30), timedelta(hours=-1), timedelta(hours=-2)} <= forward


def test_times_in_gaps_move_to_the_next_minute_and_folds_take_the_first() -> None:
    for name in differing():
        zone = ZoneInfo(name)
        for shift in shifts(name):
            start = (shift.at + min(shift.before, shift.after)).replace(tzinfo=None)
            length = abs(shift.after - shift.before) // MINUTE
            for minute in (-1, 0, 1, length // 2, length - 1, length, length + 1):
                local = start + minute * MINUTE
                moment = moment_of(local.date(), local.time(), zone)
                inside = 0 <= minute < length
                if inside and shift.after > shift.before:
                    assert moment == shift.at, (name, local)
                else:
                    assert moment.astimezone(zone).replace(tzinfo=None) == local, (name, local)
                    offset = shift.before if inside or minute < 0 else shift.after
                    assert moment == (local - offset).replace(tzinfo=UTC), (name, local)


@pytest.mark.parametrize(
    "working",
    [ROUND_THE_CLOCK, WorkingTime(frozenset(range(7)), time(0), time(0, 1))],
    ids=["round the clock", "the first minute of the day"],
)
def test_a_slot_in_the_night_survives_every_shift(working: WorkingTime) -> None:
    wishes = NudgeSettings(Cadence.DAILY, at=time(0) if working.end < time(1) else time(2, 30))
    for name in differing():
        zone = ZoneInfo(name)
        for shift in shifts(name):
            since, until = shift.at - 3 * DAY, shift.at + 3 * DAY
            found = list(chain(wishes, working, name, since, until))
            assert all(in_working_time(each, working, zone) for each in found)
            assert all(is_right(each, wishes.at, zone) for each in found)
            days = [each.astimezone(zone).date() for each in found]
            assert days == sorted(set(days))
            # The one day that may be missing is the one whose only working minute is missing.
            missing = (days[-1] - days[0]).days + 1 - len(days)
            assert missing <= (working is not ROUND_THE_CLOCK and shift.after > shift.before)


def at(zone: str, year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo(zone))


def slot_after(
    wishes: NudgeSettings, last: date, now: datetime, zone: str, working: WorkingTime | None = None
) -> datetime | None:
    found = next_slot(wishes, working or WorkingTime(), ZoneInfo(zone), last=last, now=now)
    return found.astimezone(ZoneInfo(zone)) if found else None


def test_a_member_who_travels_gets_each_weeks_slot_once_at_their_own_ten_o_clock() -> None:
    wishes, sent = NudgeSettings(), date(2026, 11, 24)
    monday = at("Europe/Berlin", 2026, 11, 23, 18, 0)
    tokyo = slot_after(wishes, date(2026, 11, 17), monday, "Asia/Tokyo")
    assert tokyo == at("Asia/Tokyo", 2026, 11, 24, 10, 0)
    # It is Monday again in Honolulu, and Tuesday comes a second time: it stays at one.
    honolulu = slot_after(wishes, sent, tokyo, "Pacific/Honolulu")
    assert honolulu == at("Pacific/Honolulu", 2026, 12, 1, 10, 0)
    back = slot_after(wishes, sent, tokyo, "Europe/Berlin")
    assert back == at("Europe/Berlin", 2026, 12, 1, 10, 0)


def test_a_slot_that_the_flight_jumped_over_comes_on_arrival() -> None:
    wishes = NudgeSettings()
    # 10:00 has passed in Tokyo before it has come in Honolulu.
    landed = at("Asia/Tokyo", 2026, 11, 24, 14, 20)
    assert slot_after(wishes, date(2026, 11, 17), landed, "Asia/Tokyo") == landed


@pytest.mark.parametrize(
    ("cadence", "last", "expected"),
    [
        (Cadence.MONTHLY, date(2028, 2, 1), date(2028, 3, 7)),
        (Cadence.MONTHLY, date(2026, 12, 1), date(2027, 1, 5)),
        (Cadence.TWO_WEEKS, date(2026, 12, 22), date(2027, 1, 5)),
        (Cadence.WEEKLY, date(2028, 2, 22), date(2028, 2, 29)),
        (Cadence.WEEKLY, date(2028, 2, 29), date(2028, 3, 7)),
        (Cadence.DAILY, date(2028, 2, 28), date(2028, 2, 29)),
        (Cadence.DAILY, date(2026, 2, 27), date(2026, 3, 2)),
    ],
)
def test_ends_of_months_and_leap_days(cadence: Cadence, last: date, expected: date) -> None:
    now = datetime.combine(last, time(10), ZoneInfo("Europe/Berlin"))
    found = slot_after(NudgeSettings(cadence), last, now, "Europe/Berlin")
    assert found is not None
    assert found.date() == expected


def test_a_holiday_moves_the_slot_to_the_next_working_day_and_no_further() -> None:
    working = WorkingTime(holidays=frozenset({date(2026, 12, 1), date(2026, 12, 2)}))
    now = at("Europe/Berlin", 2026, 11, 24, 10)
    found = slot_after(NudgeSettings(), date(2026, 11, 24), now, "Europe/Berlin", working)
    assert found == at("Europe/Berlin", 2026, 12, 3, 10)
    following = slot_after(NudgeSettings(), date(2026, 12, 3), found, "Europe/Berlin", working)
    assert following == at("Europe/Berlin", 2026, 12, 8, 10)


def test_an_outage_leads_to_one_slot_in_the_next_working_hour() -> None:
    wishes, last = NudgeSettings(Cadence.DAILY), date(2026, 11, 2)
    at_night = at("Europe/Berlin", 2026, 11, 21, 3)
    assert slot_after(wishes, last, at_night, "Europe/Berlin") == at(
        "Europe/Berlin", 2026, 11, 23, 10
    )
    at_noon = at("Europe/Berlin", 2026, 11, 24, 12, 34)
    assert slot_after(wishes, last, at_noon, "Europe/Berlin") == at_noon
    after_work = at("Europe/Berlin", 2026, 11, 24, 18)
    assert slot_after(wishes, last, after_work, "Europe/Berlin") == at(
        "Europe/Berlin", 2026, 11, 25, 10
    )


def test_a_time_outside_of_working_hours_moves_to_their_edge() -> None:
    now = at("Europe/Berlin", 2026, 11, 23, 12)
    for wish, moved in ((time(6), (9, 0)), (time(22), (17, 59)), (time(18), (17, 59))):
        found = slot_after(NudgeSettings(at=wish), date(2026, 11, 17), now, "Europe/Berlin")
        assert found == at("Europe/Berlin", 2026, 11, 24, *moved)


def test_without_a_working_day_there_is_no_slot() -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    endless = WorkingTime(holidays=frozenset(now.date() + number * DAY for number in range(3000)))
    assert slot_after(NudgeSettings(), date(2026, 11, 17), now, "UTC", endless) is None


WEEKDAYS = st.frozensets(st.integers(0, 6), min_size=1)
TIMES = st.times().map(lambda each: each.replace(second=0, microsecond=0))
WISHES = st.builds(NudgeSettings, st.sampled_from(Cadence), WEEKDAYS, TIMES)
ZONES = st.sampled_from(NAMES)
MOMENTS = st.integers(0, (UNTIL - SINCE) // MINUTE).map(lambda minutes: SINCE + minutes * MINUTE)


@st.composite
def working_times(draw: st.DrawFn) -> WorkingTime:
    """Any days and hours, with many holidays in the years to come."""
    start, end = draw(st.tuples(TIMES, TIMES).map(sorted).filter(lambda pair: pair[0] < pair[1]))
    share = draw(st.sampled_from([0, 100, 2500]))
    numbers = draw(st.randoms(use_true_random=False)).sample(range(4200), share)
    holidays = frozenset(SINCE.date() + number * DAY for number in numbers)
    return WorkingTime(draw(WEEKDAYS), start, end, holidays)


def first_slot_by_trying(
    wishes: NudgeSettings, working: WorkingTime, zone: ZoneInfo, last: date, now: datetime
) -> datetime | None:
    """Return the next slot the plain way: day by day, from the day after the slot before."""
    horizon = last + 1200 * DAY
    nominal = nominal_days(wishes, last + DAY, horizon)
    latest = (datetime.combine(last, working.end) - MINUTE).time()
    hour = max(working.start, min(wishes.at, latest))
    day, waiting = last + DAY, False
    while day < horizon:
        waiting = waiting or day in nominal
        moment = moment_of(day, hour, zone)
        due = max(moment, now)
        fits = due.astimezone(zone).date() == day and in_working_time(due, working, zone)
        if waiting and fits:
            return due
        day += DAY
    return None


@given(WISHES, working_times(), ZONES, MOMENTS, st.integers(-2, 90))
@examples(150)
def test_the_next_slot_is_the_first_that_fits(
    wishes: NudgeSettings, working: WorkingTime, name: str, now: datetime, days: int
) -> None:
    zone = ZoneInfo(name)
    last = now.astimezone(zone).date() - days * DAY
    found = next_slot(wishes, working, zone, last=last, now=now)
    expected = first_slot_by_trying(wishes, working, zone, last, now)
    assert found == expected
    if found is not None:
        assert found >= now
        assert found.astimezone(zone).date() > last
        assert in_working_time(found, working, zone)


@given(WISHES, working_times(), ZONES, MOMENTS)
@examples(60)
def test_whoever_begins_now_gets_todays_slot_only_if_it_is_still_to_come(
    wishes: NudgeSettings, working: WorkingTime, name: str, now: datetime
) -> None:
    zone = ZoneInfo(name)
    last = start_after(wishes, working, zone, now)
    found = next_slot(wishes, working, zone, last=last, now=now)
    if found is None:
        return
    local = found.astimezone(zone)
    hour = max(working.start, min(wishes.at, (datetime.combine(last, working.end) - MINUTE).time()))
    assert is_right(found, hour, zone)
    assert nominal_days(wishes, last + DAY, local.date())


@given(
    WISHES,
    st.lists(st.tuples(ZONES, st.integers(0, 40 * 24 * 60)), min_size=1, max_size=12),
    MOMENTS,
)
@examples(100)
def test_wherever_and_whenever_the_member_is_no_day_has_two_slots(
    wishes: NudgeSettings, journey: list[tuple[str, int]], start: datetime
) -> None:
    working, now = WorkingTime(), start
    last = start_after(wishes, working, ZoneInfo(journey[0][0]), now)
    for name, minutes in journey:
        zone = ZoneInfo(name)
        now += minutes * MINUTE
        slot = next_slot(wishes, working, zone, last=last, now=now)
        assert slot is not None
        assert slot >= now
        assert in_working_time(slot, working, zone)
        day = slot.astimezone(zone).date()
        assert day > last
        # Not skipped: no more than the longest pause of the cadence lies between two slots.
        longest = {Cadence.DAILY: 4, Cadence.WEEKLY: 10, Cadence.TWO_WEEKS: 17}
        assert day - max(last, now.astimezone(zone).date()) <= longest.get(wishes.cadence, 40) * DAY
        now, last = slot, day
