"""What becomes of a slot that is due: which message is sent, or why none is. Pure."""

from dataclasses import field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.answers import GapReport
from bot.domain.local_time import zone_named
from bot.domain.nudges.cadence import Cadence, NudgePolicy, NudgeSettings
from bot.domain.nudges.choice import Choice, NothingNow, Reason, choose, has_another
from bot.domain.nudges.history import NudgeHistory
from bot.domain.nudges.message import AllDone, Digest, LessOften, NudgeBody, OneNudge, PutOff
from bot.domain.nudges.plan import NudgePlan, SlotKind
from bot.domain.nudges.schedule import DAY, in_working_time, moment_of, next_slot
from bot.values import dataclass

IGNORED_IN_A_ROW = 3
"""After so many nudges without an answer, one question takes the place of the next."""
DIGEST_SIZE = 3
_MIDNIGHT = time(0)
_ABSENCE = {
    Cadence.DAILY: timedelta(days=28),
    Cadence.WEEKLY: timedelta(days=28),
    Cadence.TWO_WEEKS: timedelta(days=42),
    Cadence.MONTHLY: timedelta(days=80),
}


class Withheld(StrEnum):
    """Why nothing was sent for a slot."""

    STOPPED = "stopped"
    PAUSED = "paused"
    BARRED = "barred"  # deactivated, a guest, a bot
    NO_GOAL = "no_goal"
    NO_WAY = "no_way"  # the catalogue has no way to the goal any more
    WEEKLY_CAP = "weekly_cap"
    ALL_DONE = "all_done"  # said before
    WAITING = "waiting"  # what is left was put off, or was asked the last time
    SETTLED = "settled"  # what was put off needs no nudge any more
    QUIET = "quiet"  # the member answers nothing: a digest comes now and then
    COLLAPSED = "collapsed"  # a later slot stands for this one


@dataclass(frozen=True, slots=True)
class PutBack:
    """The slot waits: it is no working hour where the member is."""

    until: datetime


GUEST = "guest"
"""Why a guest is barred: until Slack says otherwise, whatever they choose."""


@dataclass(frozen=True, slots=True)
class PlanStatus:
    """A plan and what was noted about the member.

    `ignored` counts nudges in a row without an answer; `asked_less` tells that "less often?" was
    asked since. `barred` is why the member can get nothing, as a code. `checked_at` is when Slack
    was last asked about the account.
    """

    plan: NudgePlan
    ignored: int = 0
    asked_less: bool = False
    told_done: bool = False
    barred: str | None = None
    checked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """What a member was sent before. `days` are the local days of the last nudges."""

    history: NudgeHistory = field(default_factory=NudgeHistory)
    last_sent: datetime | None = None
    days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Everything that decides about a slot. `report` is None without a way to an active goal."""

    status: PlanStatus
    past: Past
    policy: NudgePolicy
    has_goal: bool
    report: GapReport | None


Decision = NudgeBody | Withheld | PutBack


def decide(kind: SlotKind, found: Circumstances, *, now: datetime) -> Decision:
    """Decide what a slot that is due becomes, at the moment of sending."""
    barrier = _barrier(found, now)
    if barrier is not None:
        return barrier
    report = found.report
    if report is None or report.own is None:
        return Withheld.NO_WAY
    choice = choose(report.gap, report.own, found.past.history, now=now)
    if kind is SlotKind.LATER:
        comes = isinstance(choice, Choice) and Reason.LATER_IS_NOW in choice.reasons
        return one_nudge(choice, report, found.past.history, now) if comes else Withheld.SETTLED
    if choice is NothingNow.ALL_DONE:
        return Withheld.ALL_DONE if found.status.told_done else AllDone(report)
    return _instead(found, report, now) or (
        Withheld.WAITING
        if isinstance(choice, NothingNow)
        else one_nudge(choice, report, found.past.history, now)
    )


def _barrier(found: Circumstances, now: datetime) -> Withheld | PutBack | None:
    """Return what stands in the way of any message."""
    status, settings = found.status, found.status.plan.settings
    if settings.stopped:
        return Withheld.STOPPED
    if settings.paused_until and settings.paused_until > now:
        return Withheld.PAUSED
    if status.barred:
        return Withheld.BARRED
    if not found.has_goal:
        return Withheld.NO_GOAL
    zone = zone_named(status.plan.zone)
    if not in_working_time(now, found.policy.working, zone):
        until = next_open(status.plan, found.policy, now=now)
        return Withheld.WAITING if until is None else PutBack(until)
    today = now.astimezone(zone).date()
    monday = today - today.weekday() * DAY
    if sum(monday <= day < monday + 7 * DAY for day in found.past.days) >= found.policy.weekly_cap:
        return Withheld.WEEKLY_CAP
    return None


def _instead(found: Circumstances, report: GapReport, now: datetime) -> Decision | None:
    """Return what takes the place of a nudge for someone who was away or does not answer."""
    status, past = found.status, found.past
    settings = status.plan.settings
    ignores = status.ignored >= IGNORED_IN_A_ROW
    if ignores and not status.asked_less:
        return LessOften(settings)
    away = past.last_sent is not None and now - past.last_sent >= _ABSENCE[settings.cadence]
    choices = digest_choices(report, past.history, now=now) if away else ()
    if choices:
        return Digest(choices, report)
    return Withheld.QUIET if ignores else None


def one_nudge(
    choice: Choice | NothingNow,
    report: GapReport,
    history: NudgeHistory,
    now: datetime,
) -> OneNudge | Withheld:
    """Return the nudge about a choice; it knows whether there is another to ask for."""
    if isinstance(choice, NothingNow) or report.own is None:
        return Withheld.WAITING
    another = has_another(report.gap, report.own, history, now=now, without={choice.cell})
    return OneNudge(choice, report, only=not another)


def digest_choices(
    report: GapReport, history: NudgeHistory, *, now: datetime
) -> tuple[Choice, ...]:
    """Return the few expectations to begin again with, best first."""
    found: list[Choice] = []
    while report.own is not None and len(found) < DIGEST_SIZE:
        without = {each.cell for each in found}
        choice = choose(report.gap, report.own, history, now=now, without=without)
        if isinstance(choice, NothingNow):
            break
        found.append(choice)
    return tuple(found)


def next_open(plan: NudgePlan, policy: NudgePolicy, *, now: datetime) -> datetime | None:
    """Return the next working moment for a nudge that is overdue, at the member's own hour."""
    yesterday = now.astimezone(zone_named(plan.zone)).date() - DAY
    return _daily(plan, policy, last=yesterday, now=now)


def put_off(plan: NudgePlan, policy: NudgePolicy, when: PutOff, *, now: datetime) -> datetime:
    """Return until when something is put off: a working day, at the member's own hour."""
    zone = zone_named(plan.zone)
    day = (
        now.astimezone(zone).date()
        + {
            PutOff.TOMORROW: DAY,
            PutOff.NEXT_WEEK: 7 * DAY,
            PutOff.IN_A_MONTH: 30 * DAY,
        }[when]
    )
    at = moment_of(day, plan.settings.at, zone)
    return _daily(plan, policy, last=day - DAY, now=moment_of(day, _MIDNIGHT, zone)) or at


def _daily(plan: NudgePlan, policy: NudgePolicy, *, last: date, now: datetime) -> datetime | None:
    settings: NudgeSettings = replace(plan.settings, cadence=Cadence.DAILY)
    return next_slot(settings, policy.working, zone_named(plan.zone), last=last, now=now)
