"""A workspace's holidays from a file: an .ics calendar, or a list of dates."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import chain
from pathlib import Path

import recurring_ical_events
from icalendar import Calendar, Event

from bot.domain.errors import NextrungError

MOST = 2_000
_YEARS_AHEAD = 10
_DAY = timedelta(days=1)
_WORST = 10
_MORE_THAN_DAILY = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})


class BadHolidays(NextrungError):
    """A file of holidays cannot be used. Params: `remedy`, every fault in it."""

    code = "bad_holidays"


def read_holidays(path: Path, *, today: date) -> frozenset[date]:
    """Return the days that a file names.

    An .ics file: all-day events, several days long or repeated too, with their exceptions and
    additions, for ten years from today; events at a time of day count with their days. Any
    other file: dates such as ``2026-12-25``, one per line or separated by commas, with comments
    after ``#``.

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
    events = calendar.events
    _complain(list(_faults(events, path)))
    _tell_apart(events)
    first = min((_day(event.start) for event in events), default=today)
    until = date(today.year + _YEARS_AHEAD, 12, 31)
    try:
        found = recurring_ical_events.of(calendar).between(min(first, today), until + _DAY)
    except (ValueError, TypeError, OverflowError) as error:
        raise BadHolidays(remedy=f"{path.name} cannot be read: {error}") from error
    days = chain.from_iterable(_days(event) for event in found if not _cancelled(event))
    return {day for day in days if day <= until}


def _faults(events: Sequence[Event], path: Path) -> Iterator[str]:
    """Yield what is wrong with each event by itself, so that all of it is told at once."""
    for number, event in enumerate(events, start=1):
        try:
            _check(event)
        except (ValueError, TypeError, OverflowError) as error:
            name = str(event.get("SUMMARY", ""))[:40]
            yield f"{path.name}, event {number} {name!r}: {error}"


def _check(event: Event) -> None:
    if (_day(event.end) - _day(event.start)).days > MOST:
        raise ValueError("it is too long")
    for rule in event.rrules:
        often = {str(each).upper() for each in rule.get("FREQ", ())} & _MORE_THAN_DAILY
        if often:
            raise ValueError("it comes more than once a day")


def _tell_apart(events: Sequence[Event]) -> None:
    """Let events of one UID stand beside each other where none is an exception to another.

    Some calendars give all their events one UID, though it should name a single one.
    """
    seen: set[str] = set()
    for number, event in enumerate(events):
        uid = str(event.get("UID", ""))
        if "RECURRENCE-ID" in event or uid not in seen:
            seen.add(uid)
        else:
            event["UID"] = f"{uid} {number}"


def _days(event: Event) -> Iterator[date]:
    first, end = _day(event.start), event.end
    # The end of all-day events lies on the day after.
    last = max(first, end.date() if isinstance(end, datetime) else end - _DAY)
    for number in range((last - first).days + 1):
        yield first + number * _DAY


def _cancelled(event: Event) -> bool:
    return str(event.get("STATUS", "")).upper() == "CANCELLED"


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _complain(faults: list[str]) -> None:
    if faults:
        more = [f"and {len(faults) - _WORST} more"] if len(faults) > _WORST else []
        raise BadHolidays(remedy="\n  ".join(["", *faults[:_WORST], *more]))
