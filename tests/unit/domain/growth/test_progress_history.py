"""How progress grew, day by day, folded from the history of marks."""

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.framework import CellKey, key_of
from bot.domain.growth.assessment import Assessment, Status, newest_per_cell, withdrawal
from bot.domain.growth.holdings import growth_of
from bot.domain.growth.marked_words import MarkedWords
from bot.domain.growth.progress import progress_of
from bot.domain.growth.progress_history import MOST_DAYS, ProgressHistory, progress_history
from bot.domain.growth.standing import Standings
from bot.domain.local_time import local_day, zone_named
from tests.unit.documents.packets import NOW, way
from tests.unit.samples import built_in

DAY = timedelta(days=1)
GAP = way()
CATALOGUE = built_in().catalogue
CELLS = [key_of(each.target) for each in GAP.gaps]
DEPTHS = [each.target.proficiency for each in GAP.gaps]


def mark(number: int, days_ago: float, status: Status = Status.MET) -> Assessment:
    depth = DEPTHS[number]
    at = NOW - days_ago * DAY
    return Assessment(CELLS[number], status, at, depth.key if depth else None)


def grown(*marks: Assessment, zone: str = "UTC") -> ProgressHistory | None:
    return progress_history(GAP, MarkedWords(CATALOGUE), marks, now=NOW, zone=zone_named(zone))


def met(history: ProgressHistory | None) -> list[int]:
    assert history is not None
    return [each.progress.required_met for each in history.points]


def test_each_day_with_a_mark_is_a_point_between_nothing_and_today() -> None:
    history = grown(mark(0, 30), mark(1, 30), mark(2, 10))
    assert met(history) == [0, 2, 3, 3]
    assert history is not None
    days = [(NOW - ago * DAY).date() for ago in (31, 30, 10, 0)]
    assert [each.on for each in history.points] == days


def test_a_mark_taken_back_lets_the_line_fall() -> None:
    assert met(grown(mark(0, 30), mark(0, 20, Status.WORKING))) == [0, 1, 0, 0]


def test_a_withdrawal_lets_what_was_before_count_again() -> None:
    first, second = mark(0, 30), mark(0, 20, Status.WORKING)
    held = newest_per_cell([first, second])[first.cell]
    assert met(grown(first, second, withdrawal(held, at=NOW - 10 * DAY))) == [0, 1, 0, 1, 1]
    alone = newest_per_cell([first])[first.cell]
    assert met(grown(first, withdrawal(alone, at=NOW - 10 * DAY))) == [0, 1, 0, 0]


def test_the_day_of_a_recount_is_told_where_the_member_is() -> None:
    words, zone = MarkedWords(CATALOGUE), ZoneInfo("Asia/Shanghai")
    history = progress_history(
        GAP, words, [mark(0, 30)], now=NOW, zone=zone, recounted_at=NOW - 10 * DAY
    )
    assert history is not None
    assert history.recounted_on == (NOW - 10 * DAY).astimezone(zone).date()
    told = grown(mark(0, 30))
    assert told is not None
    assert told.recounted_on is None


def test_marks_of_today_end_today() -> None:
    assert met(grown(mark(0, 0))) == [0, 1]


def test_nothing_marked_on_this_way_is_no_history() -> None:
    other = Assessment(CellKey("llm-engineer", "lead", "elsewhere"), Status.MET, NOW)
    assert grown() is None
    assert grown(other) is None


def test_a_day_ends_where_the_member_is() -> None:
    late = mark(0, 0)  # at 22:30 in UTC it is tomorrow in Shanghai
    history = grown(late, zone="Asia/Shanghai")
    assert history is not None
    assert history.points[-1].on == NOW.astimezone(ZoneInfo("Asia/Shanghai")).date()
    assert history.points[-1].on != NOW.date()


def test_a_zone_that_nobody_knows_is_utc() -> None:
    for name in ("", "Nowhere/Atlantis", "../etc/passwd", "a" * 300, "\0"):
        assert zone_named(name) is UTC
        assert local_day(NOW, name) == NOW.date()


def test_a_long_history_is_thinned_and_keeps_its_end() -> None:
    marks = [
        mark(number % len(CELLS), 900 - number, Status.MET if number % 3 else Status.WORKING)
        for number in range(900)
    ]
    history = grown(*marks)
    assert history is not None
    assert len(history.points) <= MOST_DAYS + 2
    standings = Standings(growth_of(marks), CATALOGUE, now=NOW)
    assert history.now == progress_of((each.target, standings.of(each.target)) for each in GAP.gaps)


@given(
    st.lists(
        st.tuples(
            st.integers(0, len(CELLS) - 1),
            st.floats(-5, 400, allow_nan=False),  # also by a clock that was ahead
            st.sampled_from(Status),
        ),
        max_size=40,
    )
)
def test_it_always_ends_where_the_member_stands_and_never_goes_back_in_time(
    drawn: list[tuple[int, float, Status]],
) -> None:
    marks = [mark(number, ago, status) for number, ago, status in drawn]
    history = grown(*marks)
    if not marks:
        assert history is None
        return
    assert history is not None
    days = [each.on for each in history.points]
    assert days == sorted(set(days))
    assert days[-1] >= NOW.date()
    assert history.points[0].progress.required_met == 0
    standings = Standings(growth_of(marks), CATALOGUE, now=NOW)
    assert history.now == progress_of((each.target, standings.of(each.target)) for each in GAP.gaps)
    assert days[0] == marks[0].at.date() - timedelta(days=1)
