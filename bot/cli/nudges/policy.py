"""`nextrung nudges policy`: what a workspace decides about nudges."""

from dataclasses import replace
from datetime import date, time
from pathlib import Path

import typer

from bot.bootstrap import Nextrung
from bot.domain.errors import NextrungError
from bot.domain.nudges.cadence import Cadence, NudgePolicy, WorkingTime
from bot.domain.tenancy import Tenant
from bot.formats.holidays import read_holidays
from bot.values import dataclass

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class BadPolicy(NextrungError):
    """What was typed is no policy. Params: `remedy`."""

    code = "bad_policy"


class NoSuchWorkspace(NextrungError):
    """No workspace has this id, or one must be chosen. Params: `remedy`."""

    code = "no_such_workspace"


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed; None leaves a part as it is."""

    days: str | None
    hours: str | None
    holidays: Path | None
    cadence: Cadence | None
    cap: int | None


async def decide(nextrung: Nextrung, workspace: str | None, typed: Typed) -> None:
    """Change a workspace's policy where anything was typed, and show it.

    Raises:
        NoSuchWorkspace, BadPolicy, BadHolidays: nothing was changed.
    """
    tenant = _chosen(await nextrung.nudging.desk.tenants(), workspace)
    policies = nextrung.services.nudge_policies
    held = await policies.of(tenant)
    policy = _changed(held, typed, today=nextrung.services.clock.now().date())
    if policy != held:
        plans = await policies.change(tenant, policy)
        typer.echo(f"Changed; {plans:,} members' next nudges moved.")
    _show(policy)


def _chosen(tenants: list[Tenant], workspace: str | None) -> Tenant:
    found = [each for each in tenants if workspace in {None, each.team_id, each.enterprise_id}]
    if len(found) == 1:
        return found[0]
    if not tenants:
        raise NoSuchWorkspace(remedy="No workspace has used Nextrung here yet.")
    ids = ", ".join(each.team_id or each.enterprise_id or "" for each in tenants[:20])
    raise NoSuchWorkspace(remedy=f"Choose one with --workspace: {ids}.")


def _changed(held: NudgePolicy, typed: Typed, *, today: date) -> NudgePolicy:
    working = held.working
    try:
        if typed.days is not None:
            working = replace(working, weekdays=_weekdays(typed.days))
        if typed.hours is not None:
            start, end = _hours(typed.hours)
            working = WorkingTime(working.weekdays, start, end, working.holidays)
        if typed.holidays is not None:
            working = replace(working, holidays=read_holidays(typed.holidays, today=today))
        return NudgePolicy(
            working,
            typed.cadence or held.default_cadence,
            held.weekly_cap if typed.cap is None else typed.cap,
        )
    except ValueError as error:
        raise BadPolicy(remedy=f"{str(error)[:1].upper()}{str(error)[1:]}.") from error


def _weekdays(text: str) -> frozenset[int]:
    """Read "mon-fri" or "sun,mon,tue"."""
    days: set[int] = set()
    for part in text.lower().replace(" ", "").split(","):
        first, _, last = part.partition("-")
        if first not in _DAYS or (last or first) not in _DAYS:
            raise ValueError(f"days are written like mon-fri or sun,mon,tue, not {part[:20]!r}")
        start, end = _DAYS.index(first), _DAYS.index(last or first)
        days.update((start + step) % 7 for step in range((end - start) % 7 + 1))
    return frozenset(days)


def _hours(text: str) -> tuple[time, time]:
    first, _, last = text.replace(" ", "").partition("-")
    try:
        return time.fromisoformat(first), time.fromisoformat(last)
    except ValueError:
        raise ValueError(f"hours are written like 09:00-18:00, not {text[:20]!r}") from None


def _show(policy: NudgePolicy) -> None:
    working = policy.working
    days = ", ".join(_DAYS[day] for day in sorted(working.weekdays))
    typer.echo(f"working days:  {days}")
    typer.echo(f"working hours: {working.start:%H:%M} to {working.end:%H:%M}, members' local time")
    holidays = sorted(working.holidays)
    span = f", {holidays[0]} to {holidays[-1]}" if holidays else ""
    typer.echo(f"holidays:      {len(holidays):,} days{span}")
    typer.echo(f"first cadence: {policy.default_cadence.value.replace('_', ' ')}")
    typer.echo(f"weekly cap:    {policy.weekly_cap} nudges a member")
