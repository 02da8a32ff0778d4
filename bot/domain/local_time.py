"""Moments as a member's own clock shows them."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

UNTOLD = "Etc/Unknown"
"""The zone of a member whose Slack tells neither a zone nor an offset; taken for UTC, and said."""

_OFFSET = re.compile(r"UTC([+-])([01]\d|2[0-3]):([0-5]\d)")
_DAY_MINUTES = 24 * 60


def offset_zone(seconds: int) -> str:
    """Return the name of the zone that is so far from UTC the whole year round: "UTC+08:00".

    Seconds over a whole minute are dropped. A distance of a day or more is no zone: `UNTOLD`.
    """
    minutes = abs(seconds) // 60
    if minutes >= _DAY_MINUTES:
        return UNTOLD
    sign = "-" if seconds < 0 else "+"
    return f"UTC{sign}{minutes // 60:02}:{minutes % 60:02}"


def is_offset(name: str) -> bool:
    """Tell whether a zone is a bare distance from UTC, as `offset_zone` names it."""
    return _OFFSET.fullmatch(name) is not None


@lru_cache(maxsize=1024)
def known_zone(name: str) -> tzinfo | None:
    """Return an IANA zone or one of `offset_zone`; None for a name that this machine has not."""
    if found := _OFFSET.fullmatch(name):
        distance = timedelta(hours=int(found[2]), minutes=int(found[3]))
        return timezone(-distance if found[1] == "-" else distance)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def zone_named(name: str) -> tzinfo:
    """Return a zone; UTC for a name that this machine does not know."""
    return known_zone(name) or UTC


def local_day(moment: datetime, zone_name: str) -> date:
    """Return the day of an aware moment where the member is."""
    return moment.astimezone(zone_named(zone_name)).date()


def day_start(day: date, zone_name: str) -> datetime:
    """Return the moment (UTC) at which a day begins where the member is."""
    return datetime.combine(day, time(), zone_named(zone_name)).astimezone(UTC)
