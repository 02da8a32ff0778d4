"""What computes in a thread lets others have Python first, and comes to its end all the same."""

import pytest

from bot.services import giving_way
from bot.services.giving_way import GivingWay


class SampleTime:
    """Time in which Python comes back so many seconds late, as often as others want it."""

    def __init__(self, wanted: int, late: float = 0.0005) -> None:
        self.now, self.wanted, self.slept, self._late = 100.0, wanted, 0.0, late

    def perf_counter(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept += seconds
        self.now += seconds + (self._late if self.wanted > 0 else 0.0)
        self.wanted -= 1


def given(monkeypatch: pytest.MonkeyPatch, time: SampleTime) -> SampleTime:
    monkeypatch.setattr(giving_way, "time", time)
    return time


def test_where_nobody_wants_python_a_pause_is_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    time, pause = given(monkeypatch, SampleTime(wanted=0)), GivingWay()
    for _ in range(1000):
        pause()
    assert time.slept < 1000 * 0.0001


def test_python_is_left_alone_until_nobody_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    time = given(monkeypatch, SampleTime(wanted=9))
    GivingWay()()
    assert time.wanted < 0
    assert time.slept > 0.004


def test_all_pauses_of_a_computation_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    time, pause = given(monkeypatch, SampleTime(wanted=1_000_000)), GivingWay()
    for _ in range(1000):
        pause()
    assert time.now - 100.0 < 0.11
