"""A bucket for each key: a minute's worth at once, then at its rate, in bounded memory."""

from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.installs.allowance import Allowance

RATES = st.integers(1, 600)
GAPS = st.lists(st.floats(0, 40, allow_nan=False), max_size=80)


@given(RATES, GAPS)
def test_never_more_than_a_minutes_worth_and_the_rate(rate: int, gaps: list[float]) -> None:
    allowance, now, taken = Allowance(rate, most=10), 0.0, deque[float]()
    for gap in gaps:
        now += gap
        for _ in range(rate // 4 + 1):
            if not allowance.take("k", now):
                taken.append(now)
        for start in taken:
            within = sum(start <= each <= now for each in taken)
            assert within <= rate + (now - start) * rate / 60 + 1e-3


@given(RATES, st.integers(1, 300))
def test_who_keeps_the_rate_is_never_refused(rate: int, times: int) -> None:
    allowance = Allowance(rate, most=10)
    assert [allowance.take("k", at * 60 / rate) for at in range(times)] == [0.0] * times


@given(RATES, st.floats(0, 1e6, allow_nan=False))
def test_whoever_waits_as_long_as_told_is_answered(rate: int, now: float) -> None:
    allowance = Allowance(rate, most=10)
    for _ in range(rate):
        assert allowance.take("k", now) == 0
    wait = allowance.take("k", now)
    assert 0 < wait <= 60 / rate + 1e-3
    # What was refused has cost nothing.
    assert allowance.take("k", now) == wait
    assert allowance.take("k", now + wait + 1e-3) == 0


def test_one_key_takes_nothing_from_another() -> None:
    allowance = Allowance(1, most=10)
    assert allowance.take("a", 0) == 0
    assert allowance.take("a", 0) > 0
    assert allowance.take("b", 0) == 0


def test_what_costs_less_is_taken_more_often() -> None:
    allowance = Allowance(2, most=10)
    assert [allowance.take("k", 0, 0.2) for _ in range(10)] == [0] * 10
    assert allowance.take("k", 0, 0.2) > 0
    assert allowance.take("k", 0, 0.0) == 0


@pytest.mark.parametrize("times", [1, 1_000])
def test_nothing_is_refused_and_kept_where_there_is_no_limit(times: int) -> None:
    allowance = Allowance(0, most=10)
    assert not any(allowance.take("k", 0) for _ in range(times))
    assert len(allowance) == 0


def test_memory_is_bounded_and_who_asked_longest_ago_is_forgotten() -> None:
    allowance = Allowance(1, most=3)
    for key in ("a", "b", "c", "a", "d"):
        allowance.take(key, 0)
    assert len(allowance) == 3
    assert allowance.take("a", 0) > 0
    assert allowance.take("b", 0) == 0
