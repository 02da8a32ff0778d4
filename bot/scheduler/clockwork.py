"""APScheduler as the clock: a few interval jobs per process, in memory. No logic of its own."""

from collections.abc import Awaitable, Callable

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.domain.errors import NextrungError

Tick = Callable[[], Awaitable[None]]

log = structlog.get_logger()


class Clockwork:
    """Runs each tick every so many seconds; one that is still running is not started again."""

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(timezone="UTC")

    def every(self, seconds: float, name: str, tick: Tick) -> None:
        """Add a tick. Its typed errors are logged, and it is tried again at the next turn."""

        async def run() -> None:
            try:
                await tick()
            except NextrungError as error:
                log.warning("tick_failed", tick=name, code=error.code, **error.params)

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

    def stop(self) -> None:
        """Stop at once; a running tick is cancelled, which every tick must survive."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
