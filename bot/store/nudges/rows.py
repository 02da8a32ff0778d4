"""Between the rows of plans and workspaces, and the values of the domain."""

from collections.abc import Mapping
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from bot.domain.nudges.cadence import Cadence, NudgeSettings, WorkingTime
from bot.domain.nudges.plan import NudgePlan

PLAN_COLUMNS = (
    "cadence",
    "weekdays",
    "at_minute",
    "own_zone",
    "zone",
    "paused_until",
    "stopped",
    "last_day",
    "regular_at",
    "later_at",
)
WORKING_COLUMNS = ("work_days", "work_start", "work_end", "holidays")


def minutes(moment: time) -> int:
    """Return minutes after midnight."""
    return moment.hour * 60 + moment.minute


@lru_cache(maxsize=2048)
def clock_time(minute: int) -> time:
    """Return the local time so many minutes after midnight."""
    return time(minute // 60, minute % 60)


def mask_of(weekdays: frozenset[int]) -> int:
    """Return a bit per weekday, Monday is 1."""
    return sum(1 << day for day in weekdays)


@lru_cache(maxsize=128)
def weekdays_of(mask: int) -> frozenset[int]:
    """Return the weekdays of the bits, Monday = 0."""
    return frozenset(day for day in range(7) if mask >> day & 1)


def plan_of(row: Any) -> NudgePlan:
    """Return the plan in a row that has `PLAN_COLUMNS`."""
    settings = _settings(
        row.cadence, row.weekdays, row.at_minute, row.own_zone, row.paused_until, row.stopped
    )
    return NudgePlan(settings, row.zone, row.last_day, row.regular_at, row.later_at)


@lru_cache(maxsize=4096)
def _settings(
    cadence: str,
    weekdays: int,
    minute: int,
    zone: str | None,
    paused_until: datetime | None,
    stopped: bool,
) -> NudgeSettings:
    return NudgeSettings(
        Cadence(cadence), weekdays_of(weekdays), clock_time(minute), zone, paused_until, stopped
    )


def plan_values(plan: NudgePlan) -> Mapping[str, Any]:
    """Return the column values of a plan, `next_due_at` included."""
    settings = plan.settings
    return {
        "cadence": settings.cadence.value,
        "weekdays": mask_of(settings.weekdays),
        "at_minute": minutes(settings.at),
        "own_zone": settings.zone,
        "zone": plan.zone,
        "paused_until": settings.paused_until,
        "stopped": settings.stopped,
        "last_day": plan.last_day,
        "regular_at": plan.regular_at,
        "later_at": plan.later_at,
        "next_due_at": plan.next_due_at,
    }


def working_of(row: Any) -> WorkingTime:
    """Return the working time in a row that has `WORKING_COLUMNS`."""
    return _working(row.work_days, row.work_start, row.work_end, tuple(row.holidays))


@lru_cache(maxsize=512)
def _working(days: int, start: int, end: int, holidays: tuple[str, ...]) -> WorkingTime:
    return WorkingTime(
        weekdays_of(days),
        clock_time(start),
        clock_time(end),
        frozenset(date.fromisoformat(day) for day in holidays),
    )
