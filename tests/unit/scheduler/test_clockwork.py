"""The clock of a process: ticks that run, fail and are stopped."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from structlog.testing import capture_logs

from bot.domain.errors import CatalogueUnavailable
from bot.scheduler import clockwork as clockwork_module
from bot.scheduler.clockwork import Clockwork

SOON = 0.01


async def test_a_tick_is_repeated_after_a_typed_error() -> None:
    clockwork, twice, count = Clockwork(), asyncio.Event(), 0

    async def tick() -> None:
        nonlocal count
        count += 1
        if count == 1:
            raise CatalogueUnavailable
        twice.set()

    clockwork.every(SOON, "sample", tick)
    with capture_logs() as logged:
        clockwork.start()
        async with asyncio.timeout(5):
            await twice.wait()
        await clockwork.stop()
    assert [each["code"] for each in logged if each["event"] == "tick_failed"] == [
        "catalogue_unavailable"
    ]


@pytest.mark.parametrize("years", [2, -2])
async def test_ticks_go_on_after_a_clock_that_jumped_is_right_again(
    years: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clockwork_module, "LOOKS_EACH_S", SOON)
    clockwork, ticked = Clockwork(), asyncio.Event()

    async def tick() -> None:
        ticked.set()

    async def ticks() -> None:
        ticked.clear()
        async with asyncio.timeout(5):
            await ticked.wait()

    clockwork.every(SOON, "sample", tick)
    now = datetime.now(UTC)
    with capture_logs() as logged:
        clockwork.start()
        with time_machine.travel(now + timedelta(days=365 * years), tick=True):
            await ticks()
            await ticks()
        await ticks()
        await ticks()
        await clockwork.stop()
    assert {each["event"] for each in logged} == {"clock_jumped"}


@pytest.mark.parametrize(("jump", "heard"), [(86_400.0, True), (-86_400.0, True), (1.0, False)])
async def test_a_jump_is_seen_by_the_clocks_that_are_handed_in(
    jump: float, heard: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clockwork_module, "LOOKS_EACH_S", SOON)
    told, looked = [1_800_000_000.0], asyncio.Event()

    def counted() -> float:
        if told[0] != 1_800_000_000.0:
            looked.set()
        return 7.0

    async def tick() -> None:
        raise AssertionError

    clockwork = Clockwork(told=lambda: told[0], counted=counted)
    clockwork.every(3600, "sample", tick)
    with capture_logs() as logged:
        clockwork.start()
        told[0] += jump
        async with asyncio.timeout(5):
            await looked.wait()
        job = clockwork._scheduler.get_jobs()[0]
        await clockwork.stop()
    assert [each["seconds"] for each in logged] == ([round(jump)] if heard else [])
    begun_anew = job.next_run_time == datetime.fromtimestamp(told[0], UTC)
    assert begun_anew is heard


async def test_stopping_lets_a_running_tick_finish() -> None:
    clockwork, begun, go = Clockwork(), asyncio.Event(), asyncio.Event()
    finished = []

    async def tick() -> None:
        begun.set()
        await go.wait()
        finished.append(True)

    clockwork.every(SOON, "sample", tick)
    clockwork.start()
    async with asyncio.timeout(5):
        await begun.wait()
        stopping = asyncio.create_task(clockwork.stop())
        go.set()
        await stopping
    assert finished == [True]


async def test_a_tick_that_does_not_end_is_cancelled_quietly(
    caplog: pytest.LogCaptureFixture,
) -> None:
    clockwork, begun = Clockwork(), asyncio.Event()

    async def tick() -> None:
        begun.set()
        await asyncio.Event().wait()

    clockwork.every(SOON, "sample", tick)
    clockwork.start()
    async with asyncio.timeout(5):
        await begun.wait()
        await clockwork.stop(seconds=0)
    assert [each.message for each in caplog.records if each.levelname == "ERROR"] == []


async def test_a_tick_that_takes_long_lets_others_of_its_interval_run() -> None:
    clockwork, twice, count = Clockwork(), asyncio.Event(), 0
    begun = []

    async def long() -> None:
        begun.append(True)
        await asyncio.Event().wait()

    async def short() -> None:
        nonlocal count
        count += 1
        if count == 2:
            twice.set()

    clockwork.every(SOON, "long", long)
    clockwork.every(SOON, "short", short)
    clockwork.start()
    async with asyncio.timeout(5):
        await twice.wait()
        await clockwork.stop(seconds=0)
    assert len(begun) == 1


async def test_a_fault_is_told_and_the_tick_tried_again() -> None:
    heard: list[tuple[str, str]] = []
    twice = asyncio.Event()

    def hear(tick: str, outcome: str) -> None:
        heard.append((tick, outcome))
        if len(heard) == 2:
            twice.set()

    async def tick() -> None:
        raise ZeroDivisionError

    clockwork = Clockwork(hear)
    clockwork.every(SOON, "sample", tick)
    with capture_logs() as logged:
        clockwork.start()
        async with asyncio.timeout(5):
            await twice.wait()
            await clockwork.stop()
    assert heard[:2] == [("sample", "fault")] * 2
    assert {each["event"] for each in logged} == {"tick_fault"}


async def test_stopping_what_never_started_is_nothing() -> None:
    await Clockwork().stop()
