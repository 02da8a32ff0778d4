"""Every zone of the tz database over ten years, and those among them that differ."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

SINCE = datetime(2020, 1, 1, tzinfo=UTC)
UNTIL = datetime(2031, 1, 1, tzinfo=UTC)
NAMES = tuple(sorted(available_timezones()))
_WEEK = timedelta(weeks=1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Shift:
    """A moment (UTC, to the minute) at which a zone's clocks are put from one offset to another."""

    at: datetime
    before: timedelta
    after: timedelta


@cache
def shifts(name: str) -> tuple[Shift, ...]:
    """Return how a zone's clocks are put in ten years, in order."""
    return tuple(_shifts(ZoneInfo(name)))


@cache
def differing() -> tuple[str, ...]:
    """Return one name for each way in which clocks go in these years."""
    found: dict[object, str] = {}
    for name in NAMES:
        found.setdefault((_offset(SINCE, ZoneInfo(name)), shifts(name)), name)
    return tuple(found.values())


def _shifts(zone: ZoneInfo) -> Iterator[Shift]:
    moment = SINCE
    before = _offset(moment, zone)
    while moment < UNTIL:
        after = _offset(moment + _WEEK, zone)
        if after != before:
            yield Shift(_found(moment, zone), before, after)
        moment, before = moment + _WEEK, after


def _found(low: datetime, zone: ZoneInfo) -> datetime:
    """Halve the week in which the offset changes until the minute is left."""
    minutes, before = [0, _WEEK // _MINUTE], _offset(low, zone)
    while minutes[1] - minutes[0] > 1:
        middle = sum(minutes) // 2
        minutes[_offset(low + middle * _MINUTE, zone) != before] = middle
    return low + minutes[1] * _MINUTE


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    found = moment.astimezone(zone).utcoffset()
    assert found is not None
    return found
