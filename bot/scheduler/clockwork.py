"""APScheduler as the clock: a few interval jobs per process, in memory. No logic of its own."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import cached_property
from typing import TYPE_CHECKING

from bot.domain.errors import NextrungError
from bot.log import get_logger

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

Tick = Callable[[], Awaitable[None]]
# Hears the name of each tick and how it ended: done, refused, fault or cancelled.
Heard = Callable[[str, str], None]

log = get_logger()


class Clockwork:
    """Runs each tick every so many seconds; one that is still running is not started again."""

    def __init__(self, heard: Heard = lambda _tick, _outcome: None) -> None:
        self._heard = heard
        self._running: set[asyncio.Task[None]] = set()

    @cached_property
    def _scheduler(self) -> "AsyncIOScheduler":
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        return AsyncIOScheduler(timezone="UTC")

    def every(self, seconds: float, name: str, tick: Tick) -> None:
        """Add a tick. Its typed errors are logged, and it is tried again at the next turn."""

        async def run() -> None:
            task = asyncio.current_task()
            assert task is not None  # noqa: S101 - a coroutine runs in one
            self._running.add(task)
            outcome = "fault"
            try:
                await tick()
                outcome = "done"
            except NextrungError as error:
                outcome = "refused"
                log.warning("tick_failed", tick=name, code=error.code, **error.params)
            except asyncio.CancelledError:
                outcome = "cancelled"
                # APScheduler would log it as an error; the task ends here either way.
                log.info("tick_cancelled", tick=name)
            finally:
                self._running.discard(task)
                self._heard(name, outcome)

        self._scheduler.add_job(
            run,
            "interval",
            seconds=seconds,
            id=name,
            name=name,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )

    def start(self) -> None:
        """Begin; needs a running event loop."""
        self._scheduler.start()

    async def stop(self, *, seconds: float = 2.0) -> None:
        """Start no more ticks, let a running one finish for a while, then cancel it."""
        if "_scheduler" not in vars(self) or not self._scheduler.running:
            return
        self._scheduler.pause()
        if self._running:
            await asyncio.wait(self._running, timeout=seconds)
        self._scheduler.shutdown(wait=False)
        if self._running:
            await asyncio.wait(self._running, timeout=seconds)
