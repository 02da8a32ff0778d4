"""A workspace's holidays from a file: an .ics calendar, or a list of dates."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path

from dateutil.rrule import rrulestr
from icalendar import Calendar, Event

from bot.domain.errors import NextrungError

MOST = 2_000
_YEARS_AHEAD = 10
_DAY = timedelta(days=1)
_WORST = 10


class BadHolidays(NextrungError):
    """A file of holidays cannot be used. Params: `remedy`, every fault in it."""

    code = "bad_holidays"


def read_holidays(path: Path, *, today: date) -> frozenset[date]:
    """Return the days that a file names.

    An .ics file: all-day events, several days long or repeated too (for ten years from today);
    events at a time of day count with their days. Any other file: dates such as ``2026-12-25``,
    one per line or separated by commas, with comments after ``#``.

    Raises:
        BadHolidays: it is no such file, or it names too many days.
        OSError: it cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise BadHolidays(remedy=f"{path.name} is not written in UTF-8.") from None
    calendar = path.suffix.lower() == ".ics" or text.lstrip().startswith("BEGIN:VCALENDAR")
    found = frozenset(_from_calendar(text, path, today) if calendar else _from_list(text, path))
    if len(found) > MOST:
        raise BadHolidays(remedy=f"{path.name} names {len(found):,} days; {MOST:,} is the most.")
    return found


def _from_list(text: str, path: Path) -> set[date]:
    found: set[date] = set()
    faults: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        for word in line.partition("#")[0].replace(",", " ").split():
            try:
                found.add(date.fromisoformat(word))
            except ValueError:
                faults.append(f"{path.name}:{number}: {word[:40]!r} is no date like 2026-12-25")
    _complain(faults)
    return found


def _from_calendar(text: str, path: Path, today: date) -> set[date]:
    try:
        calendar = Calendar.from_ical(text)
    except ValueError as error:
        raise BadHolidays(remedy=f"{path.name} is no calendar: {error}") from error
    found: set[date] = set()
    faults: list[str] = []
    for number, event in enumerate(calendar.events, start=1):
        try:
            found.update(_days(event, today))
        except (ValueError, TypeError, OverflowError) as error:
            name = str(event.get("SUMMARY", ""))[:40]
            faults.append(f"{path.name}, event {number} {name!r}: {error}")
    _complain(faults)
    return found


def _days(event: Event, today: date) -> Iterator[date]:
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return
    first, end = _day(event.start), event.end
    # The end of all-day events lies on the day after.
    last = max(first, end.date() if isinstance(end, datetime) else end - _DAY)
    if (last - first).days > MOST:
        raise ValueError("it is too long")
    for start in _starts(event, first, today):
        for number in range((last - first).days + 1):
            yield start + number * _DAY


def _starts(event: Event, first: date, today: date) -> Iterator[date]:
    rules = event.rrules
    if not rules:
        yield first
        return
    start = datetime.combine(first, datetime.min.time())
    until = date(today.year + _YEARS_AHEAD, 12, 31)
    for rule in rules:
        # Only days matter, so a moment in UTC at which it ends is taken for its day.
        text = rule.to_ical().decode().replace("Z", "")
        for moment in islice(rrulestr(text, dtstart=start), MOST + 1):
            if moment.date() > until:
                break
            yield moment.date()


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _complain(faults: list[str]) -> None:
    if faults:
        more = [f"and {len(faults) - _WORST} more"] if len(faults) > _WORST else []
        raise BadHolidays(remedy="\n  ".join(["", *faults[:_WORST], *more]))
