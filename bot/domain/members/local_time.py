"""Moments as a member's own clock shows them."""

from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def zone_named(name: str) -> tzinfo:
    """Return an IANA time zone; UTC for a name that this machine does not know."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def local_day(moment: datetime, zone_name: str) -> date:
    """Return the day of an aware moment where the member is."""
    return moment.astimezone(zone_named(zone_name)).date()
