"""APScheduler as the clock: a few interval jobs per process, in memory. No logic of its own.

APScheduler goes by the machine's clock: set back by an hour, it would do nothing for an hour, and
after one that was two years ahead for a moment, for two years. So the ticks begin anew after a
jump.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property
from time import monotonic, time
from typing import TYPE_CHECKING

from bot.domain.errors import NextrungError
from bot.log import get_logger

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

    from bot.scheduler.turns import Turns

Tick = Callable[[], Awaitable[None]]
# Hears the name of each tick and how it ended: done, refused, fault or cancelled.
Heard = Callable[[str, str], None]

LOOKS_EACH_S = 1.0
# More than a clock that is kept in time is ever corrected by at once.
_JUMP_S = 2.0

log = get_logger()


class Clockwork:
    """Runs each tick every so many seconds; one that is still running is not started again.

    Ticks of the same interval take turns at one job of APScheduler's: a job each would cost as much
    as what most of them do. One that takes long lets the next begin.
    """

    def __init__(
        self,
        heard: Heard = lambda _tick, _outcome: None,
        *,
        told: Callable[[], float] = time,
        counted: Callable[[], float] = monotonic,
    ) -> None:
        """`told` is the machine's clock, in seconds since 1970; `counted` one that only counts.

        It is no `Clock`: only the one that APScheduler itself reads shows when that waits for a
        time that will not come.
        """
        self._heard = heard
        self._told = told
        self._counted = counted
        self._ticks: dict[float, dict[str, Tick]] = {}
        self._running: dict[str, asyncio.Task[None]] = {}
        self._stopping = False
        self._looking: asyncio.TimerHandle | None = None

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
                _turns(seconds),
                args=(seconds,),
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
        self._look_again(self._ahead())

    def _look_again(self, before: float) -> None:
        loop = asyncio.get_running_loop()
        self._looking = loop.call_later(LOOKS_EACH_S, self._look, before)

    def _look(self, before: float) -> None:
        """Begin all ticks anew where the clock has not gone as evenly as one that only counts."""
        ahead = self._ahead()
        if abs(ahead - before) > _JUMP_S:
            log.warning("clock_jumped", seconds=round(ahead - before))
            now = datetime.fromtimestamp(self._told(), UTC)
            for job in self._scheduler.get_jobs():
                job.modify(next_run_time=now)
        self._look_again(ahead)

    def _ahead(self) -> float:
        """Return by how much the machine's clock is ahead of one that only counts on."""
        return self._told() - self._counted()

    async def stop(self, *, seconds: float = 2.0) -> None:
        """Start no more ticks, let a running one finish for a while, then cancel it."""
        if "_scheduler" not in vars(self) or not self._scheduler.running:
            return
        self._stopping = True
        if self._looking is not None:
            self._looking.cancel()
        self._scheduler.pause()
        if self._running:
            await asyncio.wait(self._running.values(), timeout=seconds)
        self._scheduler.shutdown(wait=False)
        for each in self._running.values():
            each.cancel()
        if self._running:
            await asyncio.wait(self._running.values(), timeout=seconds)


def _turns(seconds: float) -> "Turns":
    from bot.scheduler.turns import Turns

    return Turns(seconds)
