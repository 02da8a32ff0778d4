"""APScheduler as the clock: a few interval jobs per process, in memory. No logic of its own."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
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
    """Runs each tick every so many seconds; one that is still running is not started again.

    Ticks of the same interval take turns at one job of APScheduler's: a job each would cost as much
    as what most of them do. One that takes long lets the next begin.
    """

    def __init__(self, heard: Heard = lambda _tick, _outcome: None) -> None:
        self._heard = heard
        self._ticks: dict[float, dict[str, Tick]] = {}
        self._running: dict[str, asyncio.Task[None]] = {}
        self._stopping = False

    @cached_property
    def _scheduler(self) -> "AsyncIOScheduler":
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        return AsyncIOScheduler(timezone="UTC")

    def every(self, seconds: float, name: str, tick: Tick) -> None:
        """Add a tick. Its typed errors are logged, and it is tried again at the next turn."""
        ticks = self._ticks.setdefault(seconds, {})
        ticks[name] = tick
        if len(ticks) == 1:
            self._scheduler.add_job(
                self._turn,
                "interval",
                args=(seconds,),
                seconds=seconds,
                id=f"{seconds:g}",
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )

    async def _turn(self, seconds: float) -> None:
        """Run the ticks of an interval, each for its share of the time alone."""
        ticks = self._ticks[seconds]
        # APScheduler would log being cancelled as an error; the turn ends here either way.
        with suppress(asyncio.CancelledError):
            for name, tick in ticks.items():
                if not self._stopping and name not in self._running:
                    task = self._running[name] = asyncio.ensure_future(self._run(name, tick))
                    await asyncio.wait({task}, timeout=seconds / 2 / len(ticks))

    async def _run(self, name: str, tick: Tick) -> None:
        outcome = "fault"
        try:
            await tick()
            outcome = "done"
        except NextrungError as error:
            outcome = "refused"
            log.warning("tick_failed", tick=name, code=error.code, **error.params)
        except asyncio.CancelledError:
            outcome = "cancelled"
            log.info("tick_cancelled", tick=name)
        except Exception as error:
            log.error("tick_fault", tick=name, exc_info=error)  # noqa: TRY400 - error is its level
        finally:
            del self._running[name]
            self._heard(name, outcome)

    def start(self) -> None:
        """Begin; needs a running event loop."""
        self._scheduler.start()

    async def stop(self, *, seconds: float = 2.0) -> None:
        """Start no more ticks, let a running one finish for a while, then cancel it."""
        if "_scheduler" not in vars(self) or not self._scheduler.running:
            return
        self._stopping = True
        self._scheduler.pause()
        if self._running:
            await asyncio.wait(self._running.values(), timeout=seconds)
        self._scheduler.shutdown(wait=False)
        for each in self._running.values():
            each.cancel()
        if self._running:
            await asyncio.wait(self._running.values(), timeout=seconds)
