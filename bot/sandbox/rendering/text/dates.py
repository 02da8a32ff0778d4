"""Slack's date tokens (``<!date^…^{date_short} {time}^…>``) in the viewer's zone and language."""

import re
from datetime import date, datetime

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, format_timedelta

from bot.sandbox.rendering.viewer import Viewer
from bot.sandbox.words import words

_TOKEN = re.compile(r"\{([a-z_]+)\}")
_STYLES = {"": "long", "_short": "medium", "_long": "full"}
_ORDINALS = {1: "st", 2: "nd", 3: "rd"}
_TEENS = range(11, 14)


def moment(viewer: Viewer, seconds: float) -> datetime | None:
    """The Unix time in the viewer's zone; ``None`` where no calendar can hold it."""
    try:
        return datetime.fromtimestamp(seconds, tz=viewer.zone)
    except (ValueError, OverflowError, OSError):
        return None


def clock_time(viewer: Viewer, when: datetime, *, seconds: bool = False) -> str:
    """The hour and minute as the viewer's locale writes them."""
    style = "medium" if seconds else "short"
    written = format_time(when.astimezone(viewer.zone), style, locale=viewer.babel_locale)
    # CLDR writes narrow no-break spaces that some fonts draw as boxes.
    return written.replace("\u202f", "\u00a0")


def day_name(viewer: Viewer, when: datetime) -> str:
    """The day as a person would say it: today, yesterday, or the full date."""
    local = when.astimezone(viewer.zone).date()
    return _pretty(viewer, local) or _written(viewer.babel_locale, local, "_long")


def fill_date(viewer: Viewer, seconds: float, pattern: str) -> str | None:
    """The pattern with its tokens filled in; ``None`` where the time cannot be shown.

    A token Slack does not know stays as it was typed.
    """
    when = moment(viewer, seconds)
    if when is None:
        return None
    return _TOKEN.sub(lambda found: _token(viewer, when, found[1]) or found[0], pattern)


def _token(viewer: Viewer, when: datetime, name: str) -> str | None:
    if name in {"time", "time_secs"}:
        return clock_time(viewer, when, seconds=name == "time_secs")
    if name == "ago":
        delta = when - viewer.now
        return format_timedelta(delta, add_direction=True, locale=viewer.babel_locale)
    if name == "date_num":
        return when.strftime("%Y-%m-%d")
    if name == "date_slash":
        return format_skeleton("yMd", when, locale=viewer.babel_locale)
    found = re.fullmatch(r"date(_short|_long)?(_pretty)?", name)
    if found is None:
        return None
    pretty = _pretty(viewer, when.date()) if found[2] else None
    return pretty or _written(viewer.babel_locale, when.date(), found[1] or "")


def _written(locale: Locale, day: date, style: str) -> str:
    if locale.language == "en" and style != "_short":
        return _english(locale, day, with_weekday=style == "_long")
    return format_date(day, _STYLES[style], locale=locale)


def _english(locale: Locale, day: date, *, with_weekday: bool) -> str:
    """Slack writes English dates with an ordinal, which CLDR does not: February 18th, 2014."""
    ending = "th" if day.day in _TEENS else _ORDINALS.get(day.day % 10, "th")
    month = format_date(day, "MMMM", locale=locale)
    written = f"{month} {day.day}{ending}, {day.year}"
    return f"{format_date(day, 'EEEE', locale=locale)}, {written}" if with_weekday else written


def _pretty(viewer: Viewer, day: date) -> str | None:
    days = (day - viewer.now.astimezone(viewer.zone).date()).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(days)
    return words("days", viewer.language)[near] if near else None
