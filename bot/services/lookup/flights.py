"""Work that many may ask for at once, done once."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Generic, TypeVar

from bot.time_left import time_left, unhurried

V = TypeVar("V")

_LONGEST_SECONDS = 600.0


class Flights(Generic[V]):
    """Who asks for what is under way waits for it. For one event loop.

    The work has all the time it needs, and goes on where everybody who asked has left. Nothing is
    remembered of it: not what came of it, nor that it failed.
    """

    def __init__(self) -> None:
        self._under_way: dict[str, asyncio.Task[V]] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._under_way

    def begin(self, key: str, work: Callable[[], Coroutine[Any, Any, V]]) -> asyncio.Task[V]:
        """Return the work that is under way under `key`, after beginning it if there is none."""
        task = self._under_way.get(key)
        if task is None:
            task = asyncio.get_running_loop().create_task(work(), context=unhurried())
            self._under_way[key] = task
            task.add_done_callback(lambda done: self._landed(key, done))
        return task

    async def do(self, key: str, work: Callable[[], Coroutine[Any, Any, V]]) -> V:
        """Wait for it and return what came of it; raise what it raised.

        Raises:
            TimeoutError: whoever asks has no more time.
        """
        async with asyncio.timeout(time_left(_LONGEST_SECONDS)):
            return await asyncio.shield(self.begin(key, work))

    def _landed(self, key: str, task: asyncio.Task[V]) -> None:
        self._under_way.pop(key, None)
        if not task.cancelled():
            # Whoever waits is told; where nobody does, the loop would complain.
            task.exception()

    async def stop(self) -> None:
        """End what is under way."""
        tasks = list(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
