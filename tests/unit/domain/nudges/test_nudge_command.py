"""What may be typed after `/growth nudges` and `/growth pause`."""

import random
from datetime import date, time, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.lookup.names.query import MAX_TEXT
from bot.domain.nudges.cadence import WORKDAYS, Cadence, NudgeSettings
from bot.domain.nudges.command import (
    ChangeNudges,
    NudgeOrder,
    PauseNudges,
    Problem,
    ShowNudges,
    Simple,
    Unclear,
    nudge_reader,
)
from bot.domain.nudges.typed_pause import LONGEST, NoPause, PauseProblem
from bot.services.lookup.matching import nearest
from tests.strategies import HOSTILE
from tests.unit.samples import ALL_WORDS

MONDAY = date(2026, 11, 23)
ZONES = available_timezones()
DAY = timedelta(days=1)
TUE, THU = frozenset({1}), frozenset({3})
DAYS = ("mon", "tuesday", "Wed", "thurs", "FRI", "saturdays", "sun")
SIGNS = "一二三四五六日"


READER = nudge_reader(ALL_WORDS)


def parse(text: str) -> NudgeOrder:
    return READER.nudges(text, nearest, today=MONDAY, zones=ZONES)


@pytest.mark.parametrize(
    ("text", "cadence", "weekdays", "at"),
    [
        ("weekly tue 10:00", Cadence.WEEKLY, TUE, time(10)),
        ("Weekly, on Tuesdays, at 10am!", Cadence.WEEKLY, TUE, time(10)),
        ("every tuesday 10", Cadence.WEEKLY, TUE, time(10)),
        ("once a week", Cadence.WEEKLY, None, None),
        ("every other thursday 9.30", Cadence.TWO_WEEKS, THU, time(9, 30)),
        ("every 2 weeks", Cadence.TWO_WEEKS, None, None),
        ("bi-weekly thu 5 p.m.", Cadence.TWO_WEEKS, THU, time(17)),
        ("fortnightly", Cadence.TWO_WEEKS, None, None),
        ("daily 0930", Cadence.DAILY, None, time(9, 30)),
        ("every working day at noon", Cadence.DAILY, None, time(12)),
        ("daily mon-fri", Cadence.DAILY, None, None),
        ("monthly", Cadence.MONTHLY, None, None),
        ("the first tuesday of the month at 9", Cadence.MONTHLY, TUE, time(9)),
        ("thu", None, THU, None),
        ("mon–fri", None, WORKDAYS, None),
        ("friday to monday", None, frozenset({4, 5, 6, 0}), None),
        ("weekdays 12pm", None, WORKDAYS, time(12)),
        ("12am", None, None, time(0)),
        ("14h", None, None, time(14)),
        ("每周二上午10点", Cadence.WEEKLY, TUE, time(10)),
        ("每周二、四 10：30", Cadence.WEEKLY, TUE | THU, time(10, 30)),
        ("每星期四下午三点半", Cadence.WEEKLY, THU, time(15, 30)),
        ("每两周周四", Cadence.TWO_WEEKS, THU, None),
        ("隔周星期二 14时", Cadence.TWO_WEEKS, TUE, time(14)),
        ("每天上午九点一刻", Cadence.DAILY, None, time(9, 15)),
        ("每月", Cadence.MONTHLY, None, None),
        ("周一到周五", None, WORKDAYS, None),
        ("工作日", None, WORKDAYS, None),
        ("每週二、四 10：30", Cadence.WEEKLY, TUE | THU, time(10, 30)),
        ("每兩週禮拜四下午三點半", Cadence.TWO_WEEKS, THU, time(15, 30)),
        ("每周一到五", Cadence.WEEKLY, WORKDAYS, None),
        ("周一至五", None, WORKDAYS, None),
        ("每周5:00", Cadence.WEEKLY, None, time(5)),
        ("weekly周二", Cadence.WEEKLY, TUE, None),
        ("weekly tue ten o’clock", Cadence.WEEKLY, TUE, time(10)),
    ],
)
def test_a_rhythm_is_understood(
    text: str, cadence: Cadence | None, weekdays: frozenset[int] | None, at: time | None
) -> None:
    assert parse(text) == ChangeNudges(cadence, weekdays, at)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("中午1点", time(13)),
        ("中午11点半", time(11, 30)),
        ("中午12点", time(12)),
        ("中午12:30", time(12, 30)),
        ("上午12点", time(12)),
        ("下午12点", time(12)),
        ("傍晚6点", time(18)),
        ("傍晚六点半", time(18, 30)),
        ("晚上12点", time(0)),
        ("晚上9点", time(21)),
        ("晚上1点", time(1)),
        ("凌晨12点", time(0)),
        ("凌晨3点", time(3)),
        ("午夜", time(0)),
        ("下午15点", time(15)),
        ("10 in the morning", time(10)),
        ("3 in the afternoon", time(15)),
        ("12 at night", time(0)),
    ],
)
def test_a_part_of_the_day_says_which_hour_is_meant(text: str, at: time) -> None:
    assert parse(text) == ChangeNudges(at=at)


@given(st.sampled_from(["凌晨", "早上", "中午", "下午", "傍晚", "晚上"]), st.integers(1, 12))
def test_an_hour_keeps_its_place_on_the_dial(part: str, hour: int) -> None:
    found = parse(f"{part}{hour}点")
    assert isinstance(found, ChangeNudges)
    assert found.at is not None
    assert found.at.hour % 12 == hour % 12
    if part in ("下午", "傍晚"):
        assert found.at.hour >= 12


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("weekly asia/tokyo", "Asia/Tokyo"),
        ("weekly America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("weekly utc", "UTC"),
        ("weekly as in Slack", "slack"),
    ],
)
def test_a_time_zone_may_follow(text: str, zone: str) -> None:
    assert parse(text) == ChangeNudges(Cadence.WEEKLY, zone=zone)


def test_slips_are_understood_and_told() -> None:
    found = parse("weekley on tusday")
    assert found == ChangeNudges(
        Cadence.WEEKLY, TUE, corrected=(("weekley", "weekly"), ("tusday", "tuesday"))
    )


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("", ShowNudges()),
        (" … ", ShowNudges()),
        ("nudge me on", ShowNudges()),
        ("settings", ShowNudges()),
        ("resume", Simple.RESUME),
        ("on", Simple.RESUME),
        ("恢复", Simple.RESUME),
        ("Stop!", Simple.STOP),
        ("off", Simple.STOP),
        ("停止", Simple.STOP),
        ("pause 2w", PauseNudges(date(2026, 12, 7))),
        ("暂停两周", PauseNudges(date(2026, 12, 7))),
        ("stop tomorrow", Unclear(Problem.UNKNOWN, "tomorrow")),
    ],
)
def test_other_orders(text: str, order: NudgeOrder) -> None:
    assert parse(text) == order


@pytest.mark.parametrize(
    ("text", "problem", "words"),
    [
        ("hourly", Problem.UNKNOWN, "hourly"),
        ("weekly tue blah 10:00 foo", Problem.UNKNOWN, "blah foo"),
        ("weekly mars/olympus", Problem.UNKNOWN, "mars/olympus"),
        ("25:00", Problem.NO_SUCH_TIME, "25:00"),
        ("10:61", Problem.NO_SUCH_TIME, "10:61"),
        ("13pm", Problem.NO_SUCH_TIME, "13pm"),
        ("0am", Problem.NO_SUCH_TIME, "0am"),
        ("weekly monthly", Problem.TWICE, "weekly monthly"),
        ("9:00 or 10:00", Problem.TWICE, "9:00 or 10:00"),
        ("daily tue", Problem.DAILY_HAS_NO_DAYS, "daily tue"),
    ],
)
def test_what_is_unclear_is_named_and_nothing_is_guessed(
    text: str, problem: Problem, words: str
) -> None:
    assert parse(text) == Unclear(problem, words)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("1d", MONDAY + DAY),
        ("for 3 days", MONDAY + 3 * DAY),
        ("a week", MONDAY + 7 * DAY),
        ("two weeks", MONDAY + 14 * DAY),
        ("1 month", date(2026, 12, 23)),
        ("12 months", date(2027, 11, 23)),
        ("1 year", date(2027, 11, 23)),
        ("一年", date(2027, 11, 23)),
        ("3天", MONDAY + 3 * DAY),
        ("一个月", date(2026, 12, 23)),
        ("until 7 dec", date(2026, 12, 7)),
        ("till December 7th", date(2026, 12, 7)),
        ("until 7 sept 2027", date(2027, 9, 7)),
        ("2026-12-07", date(2026, 12, 7)),
        ("until 7.12.", date(2026, 12, 7)),
        ("until 1 jan", date(2027, 1, 1)),
        ("到12月7日", date(2026, 12, 7)),
        ("直到2027年1月4日", date(2027, 1, 4)),
        ("tomorrow", MONDAY + DAY),
        ("until monday", MONDAY + 7 * DAY),
        ("until wed", MONDAY + 2 * DAY),
        ("next week", date(2026, 11, 30)),
        ("到下周三", date(2026, 12, 2)),
        ("到下週三", date(2026, 12, 2)),
        ("兩週", date(2026, 12, 7)),
        ("2個月", date(2027, 1, 23)),
        ("直到 12 月 7 號", date(2026, 12, 7)),
        ("next month", date(2026, 12, 1)),
    ],
)
def test_a_pause_ends_on_a_day(text: str, until: date) -> None:
    assert READER.pause(text, MONDAY) == PauseNudges(until)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", PauseProblem.NO_LENGTH),
        ("for", PauseProblem.NO_LENGTH),
        ("5", PauseProblem.UNCLEAR),
        ("until 7/12", PauseProblem.UNCLEAR),
        ("until 2026-02-30", PauseProblem.UNCLEAR),
        ("until 7 smarch", PauseProblem.UNCLEAR),
        ("a while", PauseProblem.UNCLEAR),
        ("until 2026-11-23", PauseProblem.NOT_AHEAD),
        ("0 days", PauseProblem.NOT_AHEAD),
        ("53 weeks", PauseProblem.TOO_LONG),
        ("3 years", PauseProblem.TOO_LONG),
        ("到2027年", PauseProblem.UNCLEAR),
        ("99999999999999 months", PauseProblem.TOO_LONG),
    ],
)
def test_what_is_no_pause_is_told(text: str, problem: PauseProblem) -> None:
    found = READER.pause(text, MONDAY)
    assert isinstance(found, NoPause)
    assert found.problem is problem


def test_a_month_later_is_the_months_last_day_where_it_is_shorter() -> None:
    assert READER.pause("1 month", date(2028, 1, 31)) == PauseNudges(date(2028, 2, 29))
    assert READER.pause("1 month", date(2027, 1, 31)) == PauseNudges(date(2027, 2, 28))


@given(
    st.sampled_from([("daily", Cadence.DAILY), ("weekly", Cadence.WEEKLY), ("每两周", None)]),
    st.sets(st.integers(0, 6), min_size=1),
    st.times(),
    st.randoms(use_true_random=False),
    st.booleans(),
)
def test_rhythms_of_any_order_and_language(
    cadence: tuple[str, Cadence | None],
    weekdays: set[int],
    at: time,
    rng: random.Random,
    chinese: bool,
) -> None:
    word, named = cadence
    days = [f"周{SIGNS[each]}" if chinese else DAYS[each] for each in weekdays]
    if named is Cadence.DAILY:
        days = []
    words = [word, *days, f"{at:%H:%M}"]
    rng.shuffle(words)
    found = parse(" ".join(words))
    expected = None if named is Cadence.DAILY else frozenset(weekdays)
    assert found == ChangeNudges(
        named or Cadence.TWO_WEEKS, expected, at.replace(second=0, microsecond=0)
    )


@given(st.text(max_size=MAX_TEXT) | st.sampled_from(HOSTILE))
def test_any_text_is_answered(text: str) -> None:
    for found in (parse(text), READER.pause(text, MONDAY)):
        if isinstance(found, PauseNudges):
            assert MONDAY < found.until <= MONDAY + LONGEST
        if isinstance(found, Unclear):
            assert found.words


@given(st.integers(1, 366), st.sampled_from(["d", "day", "days", " 天", "日"]))
def test_any_number_of_days(count: int, unit: str) -> None:
    assert READER.pause(f"{count}{unit}", MONDAY) == PauseNudges(MONDAY + count * DAY)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 365))
def test_a_day_without_a_year_is_the_next_such(today: date, ahead: int) -> None:
    day = today + ahead * DAY
    if (day.month, day.day) == (2, 29):
        return
    for text in (f"until {day.day} {day:%B}", f"{day:%b} {day.day}", f"到{day.month}月{day.day}日"):
        assert READER.pause(text, today) == PauseNudges(day)


def test_what_was_not_named_stays() -> None:
    held = NudgeSettings(Cadence.MONTHLY, THU, time(14), "Asia/Tokyo", stopped=True)
    assert ChangeNudges(at=time(9)).applied(held) == NudgeSettings(
        Cadence.MONTHLY, THU, time(9), "Asia/Tokyo"
    )
    assert ChangeNudges(zone="slack").applied(held).zone is None
    daily = NudgeSettings(Cadence.DAILY)
    assert ChangeNudges(weekdays=THU).applied(daily) == NudgeSettings(Cadence.WEEKLY, THU)


@pytest.mark.parametrize("cadence", Cadence)
def test_several_days_are_days_of_each_week(cadence: Cadence) -> None:
    held = NudgeSettings(cadence, THU)
    assert ChangeNudges(weekdays=WORKDAYS).applied(held) == NudgeSettings(Cadence.WEEKLY, WORKDAYS)
    kept = ChangeNudges(Cadence.MONTHLY, WORKDAYS).applied(held)
    assert kept.cadence is Cadence.MONTHLY, "a cadence that is named is meant"


@pytest.mark.parametrize("cadence", [Cadence.TWO_WEEKS, Cadence.MONTHLY])
def test_one_day_moves_a_longer_rhythm_to_it(cadence: Cadence) -> None:
    assert ChangeNudges(weekdays=TUE).applied(NudgeSettings(cadence, THU)).cadence is cadence
