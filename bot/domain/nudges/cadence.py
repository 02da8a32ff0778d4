"""When a member wants nudges, and when a workspace allows them. Frozen values, checked once."""

from datetime import date, datetime, time
from enum import StrEnum

from bot.values import dataclass

WORKDAYS = frozenset(range(5))


class Cadence(StrEnum):
    """How often a regular nudge comes."""

    DAILY = "daily"
    WEEKLY = "weekly"
    TWO_WEEKS = "two_weeks"
    MONTHLY = "monthly"


def slower(cadence: Cadence) -> Cadence | None:
    """Return the next less frequent cadence; None where there is none."""
    order = tuple(Cadence)
    place = order.index(cadence) + 1
    return order[place] if place < len(order) else None


@dataclass(frozen=True, slots=True)
class NudgeSettings:
    """What a member chose. `weekdays` count from Monday = 0; daily does not look at them.

    `zone` is the member's own choice and goes before Slack's. While `stopped`, or before
    `paused_until`, nothing is sent.
    """

    cadence: Cadence = Cadence.WEEKLY
    weekdays: frozenset[int] = frozenset({1})
    at: time = time(10)
    zone: str | None = None
    paused_until: datetime | None = None
    stopped: bool = False

    def __post_init__(self) -> None:
        if not self.weekdays or not self.weekdays <= frozenset(range(7)):
            raise ValueError("nudges need at least one weekday from 0 (Monday) to 6")


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """When a workspace works: weekdays from Monday = 0, local hours from `start` to before `end`.

    Hours do not cross midnight.
    """

    weekdays: frozenset[int] = WORKDAYS
    start: time = time(9)
    end: time = time(18)
    holidays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if not self.weekdays or not self.weekdays <= frozenset(range(7)):
            raise ValueError("a workspace works on at least one weekday from 0 (Monday) to 6")
        if self.start >= self.end:
            raise ValueError("working hours end after they start")

    def works_on(self, day: date) -> bool:
        """Tell whether this local day is a working day."""
        return day.weekday() in self.weekdays and day not in self.holidays


@dataclass(frozen=True, slots=True)
class NudgePolicy:
    """What a workspace decided about nudges. A member gets at most `weekly_cap` in a week."""

    working: WorkingTime = WorkingTime()
    default_cadence: Cadence = Cadence.WEEKLY
    weekly_cap: int = 5

    def __post_init__(self) -> None:
        if self.weekly_cap < 1:
            raise ValueError("a weekly cap is at least 1")
