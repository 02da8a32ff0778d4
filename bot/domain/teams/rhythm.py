"""When two people talk: every week, every second, or once a month, at a local time. Pure."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from bot.domain.local_time import zone_named
from bot.domain.nudges.cadence import WorkingTime
from bot.domain.nudges.schedule import in_working_time, moment_of
from bot.domain.teams.agreed import Side
from bot.values import dataclass

BRIEF_BEFORE = timedelta(hours=1)
LATE = timedelta(minutes=30)
"""So long after a talk has begun a brief of it may still be written, if none was before."""
AS_THE_OTHER = timedelta(days=1)
"""So long after it has begun the brief still comes to one of the two whose other has it."""
FARTHEST = timedelta(days=70)
"""No next talk lies further ahead: a moment beyond it was written by a clock that was wrong."""
_TO_READ = timedelta(minutes=10)
_DAY = timedelta(days=1)
_HORIZON = 64
"""Days to look ahead: a month has five of each weekday at most."""


class Often(StrEnum):
    """How often two people talk."""

    WEEKLY = "weekly"
    TWO_WEEKS = "two_weeks"
    MONTHLY = "monthly"


class RhythmState(StrEnum):
    """Either of the two may pause it or end it."""

    ON = "on"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When two talk. `weekday` counts from Monday = 0; `at` and `first` are local in `zone`.

    `first` is the day of the first talk: every second week is counted from it. Monthly is the
    first such weekday of a month.
    """

    often: Often
    weekday: int
    at: time
    zone: str
    first: date

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ValueError("a talk is on a weekday from 0 (Monday) to 6")


@dataclass(frozen=True, slots=True)
class HeldRhythm:
    """A rhythm as it is kept. `next_at` is the next talk in UTC, None while nothing is to come.

    `due_at` is when something is to be done for that talk; `by` is who set the rhythm last.
    """

    share_id: int
    rhythm: Rhythm
    state: RhythmState
    next_at: datetime | None
    by: Side
    set_at: datetime
    due_at: datetime | None = None


def begun(
    often: Often, weekday: int, at: time, zone: str, *, now: datetime, keeps: Rhythm | None = None
) -> Rhythm:
    """Return the rhythm that begins now: its first day is the next such weekday.

    Where `keeps` has the same weeks, those stay: who moves the hour does not swap the weeks.
    """
    if keeps and (keeps.often, keeps.weekday, keeps.zone) == (often, weekday, zone):
        return Rhythm(often, weekday, at, zone, keeps.first)
    place = zone_named(zone)
    today = now.astimezone(place).date()
    first = today + (weekday - today.weekday()) % 7 * _DAY
    if moment_of(first, at, place) <= now:
        first += 7 * _DAY
    return Rhythm(often, weekday, at, zone, first)


def is_talk_day(rhythm: Rhythm, day: date) -> bool:
    """Tell whether the two talk on a local day."""
    if day < rhythm.first or day.weekday() != rhythm.weekday:
        return False
    if rhythm.often is Often.TWO_WEEKS:
        return (day - rhythm.first).days % 14 == 0
    return rhythm.often is Often.WEEKLY or day.day <= 7


def next_talk(rhythm: Rhythm, *, after: datetime) -> datetime:
    """Return the first talk after a moment, in UTC.

    It is at the same local time all year: a time that the clocks skip is the next valid minute,
    of one that comes twice the first counts.
    """
    place = zone_named(rhythm.zone)
    day = max(after.astimezone(place).date() - _DAY, rhythm.first)
    for _ in range(_HORIZON):
        if is_talk_day(rhythm, day):
            talk = moment_of(day, rhythm.at, place)
            if talk > after:
                return talk.astimezone(UTC)
        day += _DAY
    raise RuntimeError("a rhythm without a day")


def brief_moment(talk_at: datetime, *, zone: tzinfo, working: WorkingTime) -> datetime:
    """Return when one of the two gets the brief: an hour before, if they work then where they are.

    Else it is when they begin to work that day, if that is still before the talk; else an hour
    before the end of their last working day before it.
    """
    wanted = talk_at - BRIEF_BEFORE
    if in_working_time(wanted, working, zone):
        return wanted
    day = wanted.astimezone(zone).date()
    for at in (day, day + _DAY):
        begins = moment_of(at, working.start, zone)
        if working.works_on(at) and wanted < begins <= talk_at - _TO_READ:
            return begins
    evening = (datetime.combine(day, working.end) - BRIEF_BEFORE).time()
    for _ in range(_HORIZON):
        last = moment_of(day, max(evening, working.start), zone)
        if working.works_on(day) and last <= wanted:
            return last
        day -= _DAY
    return wanted


def too_late(talk_at: datetime, *, other_has_it: bool, now: datetime) -> bool:
    """Tell whether it is too late for a brief: either both get it, or neither.

    What is of no use any more for a talk that has begun is still fair where the other has it.
    """
    return now >= talk_at + (AS_THE_OTHER if other_has_it else LATE)
