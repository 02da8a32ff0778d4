"""What the commands of `nextrung nudges` do, with the store and without Slack."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.bootstrap import Nextrung, bootstrap
from bot.cli.nudges.policy import Typed, decide
from bot.cli.nudges.words import decision_text
from bot.config import Settings
from bot.domain.errors import NextrungError
from bot.domain.local_time import zone_named
from bot.domain.tenancy import Tenant
from bot.log import configure_logging
from bot.services.nudges.preview import Foresight
from bot.store import migrate
from bot.store.nudges.operator import NudgeOverview

Result = TypeVar("Result")


class NoSuchMember(NextrungError):
    """No member has this Slack id, or several have. Params: `remedy`."""

    code = "no_such_member"


class NoSuchNudge(NextrungError):
    """No nudge with this id has an unknown outcome. Params: `remedy`."""

    code = "no_such_nudge"


def show_plan(slack_id: str, workspace: str | None) -> None:
    """Print a member's next five slots, what kind of nudge would be sent, and why.

    Raises:
        NoSuchMember: no member has this Slack id, or several have.
    """
    _show_foresight(_with(lambda nextrung: _foresee(nextrung, slack_id, workspace)))


def show_status() -> None:
    """Print how the sending stands."""
    overview, now = _with(_overview)
    _show_overview(overview, now)


def decide_policy(workspace: str | None, typed: Typed) -> None:
    """Show what a workspace decided, or decide it, as `decide` does."""
    _with(lambda nextrung: decide(nextrung, workspace, typed))


def retry_nudge(nudge: int) -> None:
    """Plan a nudge of unknown outcome again.

    Raises:
        NoSuchNudge: no nudge with this id has an unknown outcome.
    """
    _decided(_with(lambda nextrung: nextrung.nudging.desk.retry(nudge, at=_now(nextrung))), nudge)


def discard_nudge(nudge: int) -> None:
    """Give a nudge of unknown outcome up.

    Raises:
        NoSuchNudge: no nudge with this id has an unknown outcome.
    """
    _decided(_with(lambda nextrung: nextrung.nudging.desk.discard(nudge, at=_now(nextrung))), nudge)


def _with(work: Callable[[Nextrung], Awaitable[Result]]) -> Result:
    """Do it with the store of this installation; Slack is not needed."""

    async def run() -> Result:
        settings = Settings()
        configure_logging("WARNING", settings.nextrung_log_style)
        nextrung = bootstrap(settings)
        try:
            await migrate.check(settings.database)
            return await work(nextrung)
        finally:
            await nextrung.database.dispose()

    return asyncio.run(run())


def _now(nextrung: Nextrung) -> datetime:
    return nextrung.services.clock.now()


async def _foresee(nextrung: Nextrung, slack_id: str, workspace: str | None) -> Foresight:
    found = await nextrung.nudging.desk.tenants_of(slack_id)
    tenants = [each for each in found if workspace in {None, each.team_id, each.enterprise_id}]
    if not tenants:
        raise NoSuchMember(remedy=f"Nobody with the Slack id {slack_id} has used Nextrung here.")
    if len(tenants) > 1:
        ids = ", ".join(_name(each) for each in tenants)
        raise NoSuchMember(
            remedy=f"Several workspaces have one: add --workspace with one of {ids}."
        )
    await nextrung.services.catalogues.refresh()
    foresight = await nextrung.nudging.preview.of(tenants[0], slack_id)
    if foresight is None:
        raise NoSuchMember(remedy=f"{slack_id} was forgotten just now.")
    return foresight


async def _overview(nextrung: Nextrung) -> tuple[NudgeOverview, datetime]:
    now = nextrung.services.clock.now()
    return await nextrung.nudging.desk.overview(now=now), now


def _decided(done: bool, nudge: int) -> None:
    if not done:
        raise NoSuchNudge(
            remedy=f"Nudge {nudge} has no unknown outcome; nextrung nudges status lists those."
        )


def _show_foresight(foresight: Foresight) -> None:
    status = foresight.status
    if status is None:
        typer.echo("No nudges are planned: the member has set no goal yet.")
        return
    settings = status.plan.settings
    zone = status.plan.zone
    typer.echo(f"{settings.cadence.value.replace('_', ' ')} at {settings.at:%H:%M}, {zone}")
    if status.barred:
        typer.echo(f"Nothing is sent: {status.barred}.")
    elif settings.stopped:
        typer.echo("Nothing is sent: the member stopped nudges.")
    elif not foresight.slots:
        typer.echo("Nothing is planned: the member has no active goal.")
    table = Table("Local time", "Slot", "What kind would be sent, and why")
    for each in foresight.slots:
        local = each.due_at.astimezone(zone_named(zone))
        table.add_row(
            f"{local:%a %Y-%m-%d %H:%M}", each.slot.kind, Text(decision_text(each.decision))
        )
    if foresight.slots:
        Console().print(table)


def _show_overview(overview: NudgeOverview, now: datetime) -> None:
    lag = (now - overview.oldest).total_seconds() if overview.oldest else 0
    figures = Table(show_header=False)
    figures.add_row("Members with nudges to come", f"{overview.plans:,}")
    figures.add_row("Due, not yet planned", f"{overview.overdue_plans:,}")
    if overview.astray:
        figures.add_row("Planned impossibly far", f"{overview.astray:,}")
    figures.add_row("Backlog (planned and due)", f"{overview.backlog:,}")
    figures.add_row("Lag of the oldest", f"{max(0, lag):,.0f} s")
    figures.add_row("Being sent", f"{overview.sending:,}")
    figures.add_row("Outcome unknown", f"{overview.unknown:,}")
    console = Console()
    console.print(figures)
    if overview.unknowns:
        unknowns = Table("Nudge", "Workspace", "Member", "Why", "Tried at (UTC)")
        for each in overview.unknowns:
            at = f"{each.at:%Y-%m-%d %H:%M:%S}" if each.at else ""
            unknowns.add_row(str(each.id), each.workspace, each.slack_id, each.reason, at)
        console.print(unknowns)
        typer.echo("Look into Slack whether it arrived, then: nextrung nudges discard|retry NUDGE")
    if overview.circuits:
        circuits = Table(
            "Workspace", "Why", "Broken since (UTC)", "Tried again at (UTC)", "Failures"
        )
        for circuit in overview.circuits:
            circuits.add_row(
                circuit.workspace,
                circuit.reason or "asked to wait",
                _moment(circuit.broken_since),
                _moment(circuit.resumes_at),
                str(circuit.failures),
            )
        console.print(circuits)


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment else ""


def _name(tenant: Tenant) -> str:
    return tenant.team_id or tenant.enterprise_id or ""
