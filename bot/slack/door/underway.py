"""What is under way in this process: requests, and work that goes on beside the answers."""

import asyncio
from collections.abc import Coroutine, Hashable
from typing import Any
from weakref import WeakValueDictionary

from bot.log import get_logger
from bot.time_left import unhurried

log = get_logger()


class Underway:
    """Requests and works that have begun and not ended; can be drained."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()
        self._next: set[Hashable] = set()
        # A lock stays as long as somebody waits for it.
        self._turns: WeakValueDictionary[Hashable, asyncio.Lock] = WeakValueDictionary()

    def begin(self) -> asyncio.Task[Any] | None:
        """Note that a request is under way in the current task, until `end` is told of that."""
        task = asyncio.current_task()
        if task is not None:
            self._running.add(task)
        return task

    def end(self, task: asyncio.Task[Any] | None) -> None:
        """Note that a request was answered; `task` is what `begin` returned."""
        if task is not None:
            self._running.discard(task)

    def later(self, work: Coroutine[Any, Any, None], *, turn: Hashable = None) -> bool:
        """Do it beside the answers, such as bringing a Home up to date; `drained` waits for it.

        What goes wrong is logged: nobody waits for the outcome. Works of the same `turn` are done
        one after another; while one of them has yet to begin, it does for those that come after,
        for which False is returned. What must survive this process is an errand, see `Effects`.
        """
        if turn is not None:
            if turn in self._next:
                work.close()
                return False
            self._next.add(turn)
            work = self._in_turn(turn, work)
        task = asyncio.create_task(work, context=unhurried())
        self._running.add(task)
        task.add_done_callback(self._done)
        return True

    async def _in_turn(self, turn: Hashable, work: Coroutine[Any, Any, None]) -> None:
        lock = self._turns.setdefault(turn, asyncio.Lock())
        async with lock:
            self._next.discard(turn)
            await work

    def _done(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("later_failed", exc_info=error)

    @property
    def is_idle(self) -> bool:
        """Whether no request and nothing beside one is under way."""
        return not self._running

    async def drained(self, seconds: float) -> bool:
        """Wait until no request is in flight; False where some still run after `seconds`."""
        try:
            async with asyncio.timeout(seconds):
                while self._running:
                    await asyncio.wait(self._running)
        except TimeoutError:
            return False
        return True
