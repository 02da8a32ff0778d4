"""Processes that end: killed, or asked to."""

import asyncio
from collections.abc import Callable

from tests.soak.keeper import Keeper
from tests.soak.stand import Stand, until

BACK_WITHIN = 120.0


async def killed(stand: Stand, seconds: float) -> None:
    """Kill each process in turn, the next once the one before is back."""
    await _each(stand, seconds, Keeper.kill)


async def rolled(stand: Stand, seconds: float) -> None:
    """Let each process end in order and start again, in turn."""
    await _each(stand, seconds, Keeper.terminate)


async def frozen(stand: Stand, seconds: float) -> None:
    """Freeze each process in turn, for longer than its lease, and let it go on."""
    for each in stand.keepers.values():
        each.freeze()
        try:
            await asyncio.sleep(seconds / len(stand.keepers))
        finally:
            each.thaw()
        took = await until(stand.all_ready, within=BACK_WITHIN)
        assert took is not None, f"{each.name} is not ready"
        stand.longest_back = max(stand.longest_back, took)


async def _each(stand: Stand, seconds: float, end: Callable[[Keeper], None]) -> None:
    loop = asyncio.get_running_loop()
    ends = loop.time() + seconds
    for each in stand.keepers.values():
        before = each.starts
        end(each)

        async def is_back(keeper: Keeper = each, before: int = before) -> bool:
            return keeper.starts > before and await stand.all_ready()

        took = await until(is_back, within=BACK_WITHIN)
        assert took is not None, f"{each.name} is not back"
        stand.longest_back = max(stand.longest_back, took)
    await asyncio.sleep(max(0.0, ends - loop.time()))
