"""What computes in a thread lets the event loop go first, and comes to its end all the same."""

import asyncio
from threading import Event

import pytest

from bot.services import giving_way
from bot.services.giving_way import GivingWay, WatchedLoop, run_watched


class SampleTime:
    """Time that passes while one sleeps; a loop that is at work for the first so many sleeps."""

    def __init__(self, busy: int) -> None:
        self.now, self.busy, self.slept = 100.0, busy, 0

    def perf_counter(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept += 1
        self.now += seconds

    def at_work(self) -> bool:
        return self.slept < self.busy


def given(monkeypatch: pytest.MonkeyPatch, time: SampleTime) -> tuple[SampleTime, GivingWay]:
    async def made() -> GivingWay:
        return GivingWay()

    monkeypatch.setattr(giving_way, "time", time)
    monkeypatch.setattr(WatchedLoop, "at_work", time.at_work)
    return time, run_watched(made())


def test_where_the_loop_waits_nobody_sleeps(monkeypatch: pytest.MonkeyPatch) -> None:
    time, pause = given(monkeypatch, SampleTime(busy=0))
    for _ in range(1000):
        pause()
    assert time.slept == 0


def test_python_is_left_alone_until_the_loop_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    time, pause = given(monkeypatch, SampleTime(busy=9))
    pause()
    assert time.slept == 9


def test_all_pauses_of_a_computation_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    time, pause = given(monkeypatch, SampleTime(busy=1_000_000))
    for _ in range(1000):
        pause()
    assert 0.09 < time.now - 100.0 < 0.11


def test_a_thread_sees_when_the_loop_is_at_work_and_when_it_waits() -> None:
    async def seen() -> tuple[bool, bool]:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, WatchedLoop)
        look, looked, found = Event(), Event(), list[bool]()

        def watch() -> None:
            look.wait(10)
            found.append(loop.at_work())
            looked.set()
            # The loop has nothing to do but to wait for this thread.
            while loop.at_work():
                pass
            found.append(loop.at_work())

        thread = asyncio.ensure_future(asyncio.to_thread(watch))
        await asyncio.sleep(0)
        look.set()
        looked.wait(10)
        await thread
        return found[0], found[1]

    assert run_watched(seen()) == (True, False)


async def test_to_a_loop_that_is_not_watched_it_does_not_give_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    time = SampleTime(busy=1_000_000)
    monkeypatch.setattr(giving_way, "time", time)
    GivingWay()()
    assert time.slept == 0
