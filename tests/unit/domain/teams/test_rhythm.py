"""When two people talk: at the same local time all year, and both read the same moment."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.local_time import zone_named
from bot.domain.nudges.cadence import NudgePolicy, WorkingTime
from bot.domain.nudges.schedule import in_working_time
from bot.domain.teams.letter import LetterKind
from bot.domain.teams.letter_time import may_come_at
from bot.domain.teams.rhythm import (
    Often,
    Rhythm,
    begun,
    brief_moment,
    is_talk_day,
    next_talk,
    too_late,
)

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe", "UTC")
NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)  # a Monday


def december(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC)


def talks(rhythm: Rhythm, after: datetime, count: int) -> list[datetime]:
    found = []
    for _ in range(count):
        after = next_talk(rhythm, after=after)
        found.append(after)
    return found


def test_every_second_thursday_is_at_two_all_year_though_utc_differs() -> None:
    rhythm = begun(Often.TWO_WEEKS, 3, time(14), "Europe/Berlin", now=NOW)
    found = talks(rhythm, NOW, 26)
    berlin, shanghai = zone_named("Europe/Berlin"), zone_named("Asia/Shanghai")
    assert found[0].astimezone(berlin).date() == date(2026, 12, 3)
    assert {each.astimezone(berlin).time() for each in found} == {time(14)}
    assert {each.astimezone(shanghai).time() for each in found} == {time(21), time(20)}
    days = [each.astimezone(berlin).date() for each in found]
    assert {b - a for a, b in pairwise(days)} == {timedelta(days=14)}


def test_skipped_local_time_is_the_next_minute_and_a_double_one_comes_once() -> None:
    spring = Rhythm(Often.WEEKLY, 6, time(2, 30), "Europe/Berlin", date(2027, 3, 21))
    first, skipped, after = talks(spring, datetime(2027, 3, 20, tzinfo=UTC), 3)
    assert [each.hour for each in (first, skipped, after)] == [1, 1, 0]
    assert skipped == datetime(2027, 3, 28, 1, tzinfo=UTC)
    autumn = Rhythm(Often.WEEKLY, 6, time(2, 30), "Europe/Berlin", date(2027, 10, 24))
    found = talks(autumn, datetime(2027, 10, 23, tzinfo=UTC), 3)
    assert found[1] == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert found[2] - found[1] == timedelta(days=7, hours=1)


def test_who_moves_the_hour_does_not_swap_the_weeks() -> None:
    first = begun(Often.TWO_WEEKS, 3, time(14), "Europe/Berlin", now=NOW)
    later = NOW + timedelta(days=7)
    moved = begun(Often.TWO_WEEKS, 3, time(9), "Europe/Berlin", now=later, keeps=first)
    assert moved.first == first.first
    other = begun(Often.TWO_WEEKS, 4, time(9), "Europe/Berlin", now=later, keeps=first)
    assert other.first == date(2026, 12, 11)


@pytest.mark.parametrize(
    ("talk", "zone", "brief"),
    [
        # An hour before, where one works then.
        ((3, 13), "Europe/Berlin", (3, 12)),
        # At eight in New York nobody works: it comes an hour before the end of the day before.
        ((3, 13), "America/New_York", (2, 22)),
        # On Monday morning that is on Friday; half an hour is enough to read it.
        ((7, 8), "Europe/Berlin", (4, 16)),
        ((7, 8, 30), "Europe/Berlin", (7, 8)),
        # In the evening.
        ((3, 19), "Europe/Berlin", (3, 16)),
    ],
)
def test_brief_comes_in_working_hours_before_the_talk(
    talk: tuple[int, ...], zone: str, brief: tuple[int, ...]
) -> None:
    found = brief_moment(december(*talk), zone=zone_named(zone), working=WorkingTime())
    assert found == december(*brief)


def test_brief_is_of_no_use_once_the_talk_goes_on() -> None:
    assert not too_late(NOW, other_has_it=False, now=NOW)
    assert too_late(NOW, other_has_it=False, now=NOW + timedelta(minutes=30))


def test_what_one_has_the_other_still_gets_for_a_day() -> None:
    assert not too_late(NOW, other_has_it=True, now=NOW + timedelta(hours=23))
    assert too_late(NOW, other_has_it=True, now=NOW + timedelta(days=1))


@pytest.mark.parametrize(
    ("now", "comes"),
    [
        # In working hours at once.
        ((3, 10), (3, 10)),
        # At night an hour before the talk, though nobody works then.
        ((4, 2), (4, 6)),
        ((4, 6, 30), (4, 6, 30)),
        # Once the talk is long over, when the day begins.
        ((4, 7, 45), (4, 8)),
    ],
)
def test_late_brief_waits_no_longer_than_until_the_talk(
    now: tuple[int, ...], comes: tuple[int, ...]
) -> None:
    found = may_come_at(
        LetterKind.BRIEF,
        policy=NudgePolicy(),
        zone_name="Europe/Berlin",
        paused_until=None,
        now=december(*now),
        talk_at=december(4, 7),
    )
    assert found == december(*comes)


def test_weekday_is_one_of_seven() -> None:
    with pytest.raises(ValueError, match="weekday"):
        Rhythm(Often.WEEKLY, 7, time(14), "UTC", date(2026, 12, 3))


@given(
    often=st.sampled_from(Often),
    weekday=st.integers(0, 6),
    at=st.times(),
    zones=st.tuples(st.sampled_from(ZONES), st.sampled_from(ZONES)),
    hours=st.integers(0, 40_000),
)
def test_talks_are_ahead_in_order_on_their_days_wherever_the_two_are(
    often: Often, weekday: int, at: time, zones: tuple[str, str], hours: int
) -> None:
    at, now = at.replace(second=0, microsecond=0), NOW + timedelta(hours=hours, minutes=7)
    mine, theirs = map(zone_named, zones)
    rhythm = begun(often, weekday, at, zones[0], now=now)
    found = talks(rhythm, now, 9)
    assert found == sorted(set(found))
    assert found[0] > now
    for each in found:
        local = each.astimezone(mine)
        assert each.tzinfo is UTC
        # The clocks skip two hours at most, and never over midnight there.
        assert local.replace(tzinfo=None) - datetime.combine(local.date(), at) < timedelta(hours=2)
        assert is_talk_day(rhythm, local.date())
        # Asked from anywhere before it, it is the same moment, which both clocks show.
        assert next_talk(rhythm, after=each - timedelta(microseconds=1)) == each
        assert each.astimezone(theirs) == local
        for zone in (mine, theirs):
            brief = brief_moment(each, zone=zone, working=WorkingTime())
            assert in_working_time(brief, WorkingTime(), zone)
            assert each - timedelta(days=4) <= brief <= each - timedelta(minutes=10)
    if often is not Often.MONTHLY:
        weeks = 1 if often is Often.WEEKLY else 2
        days = [each.astimezone(mine).date() for each in found]
        apart = {b - a for a, b in pairwise(days)}
        assert apart == {timedelta(weeks=weeks)}
