"""The next slot of a member's nudges: a pure function of wishes, working time, zone and history.

Each cadence names *nominal* days. A slot stands for all nominal days since the slot before it, so
that a holiday, an outage or a long pause leads to one slot afterwards: none is lost, none doubled.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from bot.domain.nudges.cadence import Cadence, NudgeSettings, WorkingTime

DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_MONDAY = date(1970, 1, 5)  # two-week periods are counted from here
_HORIZON = 800
"""Days to look ahead: past two monthly slots, and any list of holidays worth having."""


def start_after(settings: NudgeSettings, working: WorkingTime, zone: tzinfo, now: datetime) -> date:
    """Return the day to count from when nudges begin now: today's own slot may still come."""
    today = now.astimezone(zone).date()
    return today - DAY if moment_of(today, _hour(settings, working), zone) > now else today


def next_slot(
    settings: NudgeSettings, working: WorkingTime, zone: tzinfo, *, last: date, now: datetime
) -> datetime | None:
    """Return when the next regular nudge is due, in UTC; None where none will ever be.

    It lies at or after `now`, on a working day, within working hours, and at the chosen local time
    unless that has passed: what was missed comes as soon as working hours allow.

    Args:
        settings: the member's wishes; pause and stop are the caller's matter.
        working: the workspace's days and hours. A time outside of them moves to their edge.
        zone: where the member is now.
        last: the local day of the slot before, see `start_after` for the first. Nothing is due
            again for that day or an earlier one, however the member's zone changes.
        now: the current moment.
    """
    at = _hour(settings, working)
    day = max(now.astimezone(zone).date(), last + DAY)
    waiting = _any_nominal(settings, last, day - DAY)
    for _ in range(_HORIZON):
        waiting = waiting or is_nominal(settings, day)
        if waiting and working.works_on(day):
            due = max(moment_of(day, at, zone), now)
            if _open(due, day, working, zone):
                return due.astimezone(UTC)
        day += DAY
    return None


def is_nominal(settings: NudgeSettings, day: date) -> bool:
    """Tell whether the cadence names this day, working day or not.

    Monthly is the first of the chosen weekdays in a month; every two weeks is every other week.
    """
    if settings.cadence is Cadence.DAILY:
        return True
    if day.weekday() not in settings.weekdays:
        return False
    if settings.cadence is Cadence.TWO_WEEKS:
        return (day - _MONDAY).days // 7 % 2 == 0
    if settings.cadence is Cadence.MONTHLY:
        return not any(
            (day - back * DAY).weekday() in settings.weekdays for back in range(1, day.day)
        )
    return True


def moment_of(day: date, at: time, zone: tzinfo) -> datetime:
    """Return the UTC moment of a local time: the first of two, or the next where there is none."""
    local = datetime.combine(day, at, zone)
    moment = local.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return moment
    # The clocks are put forward over this time: find the moment at which they are.
    before = local.replace(fold=1).astimezone(UTC)
    while moment - before > _MINUTE:
        middle = before + (moment - before) / 2
        if middle.astimezone(zone).utcoffset() == before.astimezone(zone).utcoffset():
            before = middle
        else:
            moment = middle
    return moment.replace(second=0, microsecond=0)


def in_working_time(moment: datetime, working: WorkingTime, zone: tzinfo) -> bool:
    """Tell whether it is a working hour where the member is."""
    day = moment.astimezone(zone).date()
    return working.works_on(day) and _open(moment, day, working, zone)


def _hour(settings: NudgeSettings, working: WorkingTime) -> time:
    """Return the chosen time, moved into the working hours."""
    last = (datetime.combine(_MONDAY, working.end) - _MINUTE).time()
    return min(max(settings.at, working.start), last)


def _open(moment: datetime, day: date, working: WorkingTime, zone: tzinfo) -> bool:
    local = moment.astimezone(zone)
    return local.date() == day and working.start <= local.time() < working.end


def _any_nominal(settings: NudgeSettings, after: date, until: date) -> bool:
    """Tell whether a nominal day lies after `after` and not after `until`."""
    span = min((until - after).days, _HORIZON)
    return any(is_nominal(settings, until - back * DAY) for back in range(span))
