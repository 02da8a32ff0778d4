"""When a letter that comes by itself may come: in working hours, and after a pause."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.local_time import zone_named
from bot.domain.nudges.cadence import Cadence, NudgePolicy, NudgeSettings
from bot.domain.nudges.schedule import in_working_time, next_slot
from bot.domain.teams.letter import LetterKind
from bot.domain.teams.rhythm import BRIEF_BEFORE, LATE

_DAY = timedelta(days=1)


def may_come_at(
    kind: LetterKind,
    *,
    policy: NudgePolicy,
    zone_name: str,
    paused_until: datetime | None,
    now: datetime,
    talk_at: datetime | None = None,
) -> datetime | None:
    """Return when a letter may come: `now`, or later; None where it never may.

    What answers an act of just now comes at once. What comes by itself waits for working hours
    where the member is, and reminders also for the end of a pause of nudges. A brief that is late
    waits no longer than until an hour before the talk, at `talk_at`, whatever the hour: the two
    chose it.
    """
    if not kind.by_itself:
        return now
    if kind.heeds_pause and paused_until is not None and paused_until > now:
        return paused_until
    zone = zone_named(zone_name)
    talk_near = talk_at is not None and talk_at - BRIEF_BEFORE <= now < talk_at + LATE
    if talk_near or in_working_time(now, policy.working, zone):
        return now
    daily = replace(NudgeSettings(), cadence=Cadence.DAILY, at=policy.working.start)
    yesterday = now.astimezone(zone).date() - _DAY
    slot = next_slot(daily, policy.working, zone, last=yesterday, now=now)
    if talk_at is None or now >= talk_at:
        return slot
    return min(slot or talk_at, talk_at - BRIEF_BEFORE)
