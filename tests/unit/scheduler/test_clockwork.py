"""The clock of a process: ticks that run, fail and are stopped."""

import asyncio

import pytest
from structlog.testing import capture_logs

from bot.domain.errors import CatalogueUnavailable
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
