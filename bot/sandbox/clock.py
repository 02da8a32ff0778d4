"""The local Slack's clock, which can be moved forward."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def system_time() -> datetime:
    """Return the machine's time, aware, in UTC."""
    return datetime.fromtimestamp(time.time(), tz=UTC)


class LocalClock:
    """A clock that runs with `base` and can be moved away from it.

    Everything inside the local Slack that has a time or runs out (message ts, trigger ids, response
    URLs, rate limits, retries) asks this clock, so that a test never has to wait.
    """

    def __init__(self, base: Callable[[], datetime] = system_time) -> None:
        self._base = base
        self._moved = asyncio.Event()
        self.offset = timedelta()

    def now(self) -> datetime:
        """Return the local Slack's present moment, aware, in UTC."""
        return self._base().astimezone(UTC) + self.offset

    def advance(self, seconds: float) -> datetime:
        """Move the clock by `seconds` (negative: back) and return the new moment.

        Raises OverflowError or ValueError when the result is no date.
        """
        offset = self.offset + timedelta(seconds=seconds)
        moment = self._base().astimezone(UTC) + offset
        self.offset = offset
        self._moved.set()
        self._moved = asyncio.Event()
        return moment

    async def wait_until(self, moment: datetime) -> None:
        """Return once this clock shows `moment`: as time passes, or when it is moved there."""
        while (left := (moment - self.now()).total_seconds()) > 0:
            try:
                async with asyncio.timeout(left):
                    await self._moved.wait()
            except TimeoutError:
                continue
