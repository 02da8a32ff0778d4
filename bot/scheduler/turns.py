"""When a tick's next turn is."""

from datetime import datetime, timedelta
from typing import Any

from apscheduler.triggers.base import BaseTrigger


class Turns(BaseTrigger):  # type: ignore[misc]
    """Every so many seconds. Turns that were missed are never counted out.

    APScheduler's own interval makes a list of all of them: of a second's, after a clock that jumped
    two years ahead, 63 million, which takes a minute and gigabytes while nothing else is done.
    """

    def __init__(self, seconds: float) -> None:
        self._each = timedelta(seconds=seconds)

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> Any:
        """Return when it is next, in the time zone of `now`."""
        following = (previous or now) + self._each
        return following if following > now else now + self._each
