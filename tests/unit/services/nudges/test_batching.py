"""Wishes gathered into batches: each gets its own outcome, an error goes to its whole batch."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.services.nudges.batching import Batching


async def test_wishes_made_together_are_carried_out_together() -> None:
    batches: list[list[int]] = []

    async def work(wishes: Sequence[int]) -> list[int]:
        batches.append(list(wishes))
        await asyncio.sleep(0)
        return [wish * 10 for wish in wishes]

    batching = Batching(work, most=4)
    outcomes = await asyncio.gather(*(batching.do(number) for number in range(10)))
    assert outcomes == [number * 10 for number in range(10)]
    assert [len(batch) for batch in batches] == [4, 4, 2]
    assert await batching.do(7) == 70


async def test_an_error_is_told_to_all_of_its_batch_and_to_no_other() -> None:
    async def work(wishes: Sequence[int]) -> list[int]:
        await asyncio.sleep(0)
        if 1 in wishes:
            raise ConnectionError("away")
        return list(wishes)

    batching = Batching(work, most=2)
    outcomes = await asyncio.gather(
        *(batching.do(number) for number in range(4)), return_exceptions=True
    )
    assert [type(each) for each in outcomes] == [ConnectionError, ConnectionError, int, int]


async def test_who_stops_waiting_does_not_disturb_the_others() -> None:
    go = asyncio.Event()

    async def work(wishes: Sequence[int]) -> list[int]:
        await go.wait()
        return list(wishes)

    batching = Batching(work)
    waiting = [asyncio.create_task(batching.do(number)) for number in range(2)]
    await asyncio.sleep(0)
    waiting[0].cancel()
    go.set()
    with pytest.raises(asyncio.CancelledError):
        await waiting[0]
    assert await waiting[1] == 1
