"""Clocks of single machines that are wrong."""

import asyncio

from tests.soak.stand import WELL_WITHIN, Stand, until

TWO_YEARS = 2 * 365 * 86_400
MINUTE = 60


async def worker_jumps(stand: Stand, seconds: float) -> None:
    """Let a worker be two years ahead, and right again."""
    await _ahead(stand, seconds, {"worker-1": TWO_YEARS})


async def worker_begins_ahead(stand: Stand, seconds: float) -> None:
    """Let a worker start two years ahead, which looks even to it, and be right again."""
    (first, *_) = stand.workers
    stand.shim.tell(first.name, seconds=TWO_YEARS)
    starts = first.starts
    first.kill()

    async def is_back() -> bool:
        return first.starts > starts and first.base is not None

    if await until(is_back, within=WELL_WITHIN) is None:
        raise AssertionError("a worker whose clock is wrong does not start")
    await _ahead(stand, seconds, {first.name: TWO_YEARS})


async def web_jumps(stand: Stand, seconds: float) -> None:
    """Let one of two web processes be two years ahead, and right again."""
    await _ahead(stand, seconds, {"web-1": TWO_YEARS})


async def skewed(stand: Stand, seconds: float) -> None:
    """Let machines differ by a minute from one another, and by two."""
    await _ahead(stand, seconds, {"web-1": MINUTE, "web-2": -MINUTE, "worker-1": MINUTE})


async def _ahead(stand: Stand, seconds: float, by: dict[str, int]) -> None:
    for name, ahead in by.items():
        stand.shim.tell(name, seconds=ahead)
    try:
        await asyncio.sleep(seconds)
    finally:
        for name in by:
            stand.shim.tell(name)
