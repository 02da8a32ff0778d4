"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta


class FrozenClock:
    """A `Clock` for tests."""

    def __init__(self, moment: datetime = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)) -> None:
        self._moment = moment

    def now(self) -> datetime:
        return self._moment

    def advance(self, duration: timedelta) -> datetime:
        """Move on by `duration` and return the new moment."""
        self._moment += duration
        return self._moment
