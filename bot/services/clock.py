"""The system's clock, and whether it goes evenly."""

from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic

from bot.services.ports import Clock

# More than any correction of a clock that is kept in time.
_JUMP_SECONDS = 120.0

Steady = Callable[[float], bool]
"""Tells whether the clock has gone evenly for so many seconds, or since this process began."""


class SystemClock:
    """Satisfies `Clock`."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def always_steady(_seconds: float) -> bool:
    """Tell so of a clock that jumps on purpose."""
    return True


class Steadiness:
    """Watches a clock beside one that only ever counts on; ask it often. It is a `Steady`."""

    def __init__(self, clock: Clock, counted: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._counted = counted
        self._offset = self._offset_now()
        self._jumped_at: float | None = None

    def __call__(self, seconds: float) -> bool:
        """Tell whether the last jump, if there was one, is so many seconds past."""
        offset = self._offset_now()
        if abs(offset - self._offset) > _JUMP_SECONDS:
            self._jumped_at = self._counted()
        self._offset = offset
        return self._jumped_at is None or self._counted() - self._jumped_at >= seconds

    def _offset_now(self) -> float:
        return self._clock.now().timestamp() - self._counted()
