"""The clock on the wall."""

from datetime import UTC, datetime


class SystemClock:
    """The `Clock` that production uses."""

    def now(self) -> datetime:
        """Return the current moment, aware, in UTC."""
        return datetime.now(UTC)
