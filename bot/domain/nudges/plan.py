"""A member's plan: when the next nudge is due, and what the plan becomes when it is. Pure."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.local_time import day_start, local_day, zone_named
from bot.domain.nudges.cadence import NudgeSettings, WorkingTime
from bot.domain.nudges.schedule import next_slot, start_after
from bot.values import dataclass

FARTHEST = timedelta(days=70)
"""How far ahead of now, or of a pause's end, a next slot lies at most; holidays may add to it."""
LONGEST_PAUSE = timedelta(days=368)
LONGEST_LATER = LONGEST_PAUSE + FARTHEST
_AHEAD = timedelta(days=2)


class SlotKind(StrEnum):
    """Why a nudge is due: the cadence, or a "later" that the member asked for."""

    REGULAR = "regular"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Slot:
    """One nudge that is due. A member has at most one of a kind per local day."""

    kind: SlotKind
    day: date


@dataclass(frozen=True, slots=True)
class NudgePlan:
    """What is planned for a member.

    `zone` is in force: the member's own choice, else Slack's. `last_day` is the local day of the
    slot before. `regular_at` and `later_at` are UTC; None where nothing of that kind is to come.
    """

    settings: NudgeSettings
    zone: str
    last_day: date
    regular_at: datetime | None = None
    later_at: datetime | None = None

    @property
    def next_due_at(self) -> datetime | None:
        """When something is due; None while nothing is to come."""
        moments = [each for each in (self.regular_at, self.later_at) if each is not None]
        return min(moments, default=None)


def begin(settings: NudgeSettings, working: WorkingTime, *, zone: str, now: datetime) -> NudgePlan:
    """Plan from now on: at the first slot that is still to come."""
    plan = NudgePlan(settings, zone, start_after(settings, working, zone_named(zone), now))
    return renewed(plan, working, now=now)


def with_settings(
    plan: NudgePlan, settings: NudgeSettings, working: WorkingTime, *, zone: str, now: datetime
) -> NudgePlan:
    """Plan by other wishes. What was missed before, while paused say, is not caught up on."""
    start = start_after(settings, working, zone_named(zone), now)
    plan = straight(plan, now=now)
    later = replace(plan, settings=settings, zone=zone, last_day=max(plan.last_day, start))
    return renewed(later, working, now=now)


def in_zone(plan: NudgePlan, zone: str) -> NudgePlan:
    """Return the plan of someone who is in this zone now, with slots as they were planned.

    A pause ends with a local day, and so moves with the member.
    """
    settings, until = plan.settings, plan.settings.paused_until
    if until is not None and zone != plan.zone:
        settings = replace(settings, paused_until=day_start(local_day(until, plan.zone), zone))
    return replace(plan, settings=settings, zone=zone)


def renewed(plan: NudgePlan, working: WorkingTime, *, now: datetime) -> NudgePlan:
    """Work out the next slot anew: the zone, the working time or the pause changed.

    What falls into a pause is not caught up on; a "later" waits until the pause ends.
    """
    plan = straight(plan, now=now)
    settings = plan.settings
    if settings.stopped:
        return resting(plan)
    last, start, later = plan.last_day, _resumes(settings, now), plan.later_at
    if settings.paused_until:
        zone = zone_named(plan.zone)
        last = max(last, start_after(settings, working, zone, settings.paused_until))
        later = max(later, start) if later else None
    return replace(plan, regular_at=_next(plan, working, last, start), later_at=later)


def straight(plan: NudgePlan, *, now: datetime) -> NudgePlan:
    """Return the plan without what only a clock that was wrong can have written.

    What it says of the past cannot lie ahead, nor a pause or a "later" beyond any that can be
    asked for. The next slot is for `renewed` to find.
    """
    settings, later = plan.settings, plan.later_at
    if settings.paused_until is not None and settings.paused_until > now + LONGEST_PAUSE:
        settings = replace(settings, paused_until=None)
    if later is not None and later > now + LONGEST_LATER:
        later = None
    # Members cross the date line: a day or two ahead is no fault.
    today = local_day(now, plan.zone)
    last = plan.last_day if plan.last_day - today <= _AHEAD else today
    return replace(plan, settings=settings, later_at=later, last_day=last)


def resting(plan: NudgePlan) -> NudgePlan:
    """Return the plan with nothing to come: stopped, or there is no goal to work towards."""
    return replace(plan, regular_at=None, later_at=None)


def moved_on(plan: NudgePlan, working: WorkingTime, *, now: datetime) -> tuple[Slot, NudgePlan]:
    """Return the slot that is due and the plan after it.

    However many slots were missed, this is the one that stands for them all. `later_at` is cleared
    where it has come; the store knows the next.
    """
    plan = straight(plan, now=now)
    today = now.astimezone(zone_named(plan.zone)).date()
    later = plan.later_at if plan.later_at is not None and plan.later_at > now else None
    if plan.regular_at is None or plan.regular_at > now:
        return Slot(SlotKind.LATER, today), replace(plan, later_at=later)
    day = max(today, plan.last_day)
    following = _next(plan, working, day, now)
    after = replace(plan, last_day=day, regular_at=following, later_at=later)
    return Slot(SlotKind.REGULAR, day), after


def _resumes(settings: NudgeSettings, now: datetime) -> datetime:
    return max(now, settings.paused_until) if settings.paused_until else now


def _next(plan: NudgePlan, working: WorkingTime, last: date, now: datetime) -> datetime | None:
    return next_slot(plan.settings, working, zone_named(plan.zone), last=last, now=now)
