"""`nextrung nudges`: what is planned, how the sending stands, and what to do about unknowns."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.failing import readable_errors
from bot.domain.nudges.cadence import Cadence

app = typer.Typer(help="Nudges: what is planned, and how the sending stands.", no_args_is_help=True)
MemberOption = Annotated[
    str, typer.Option("--as", help="The member's Slack id, such as U012AB3CD.")
]


@app.command()
def plan(
    as_: MemberOption,
    workspace: Annotated[
        str | None, typer.Option(help="The workspace's id, where several have such a member.")
    ] = None,
) -> None:
    """Show a member's next five slots, what kind of nudge would be sent, and why."""
    from bot.cli.nudges.operating import show_plan

    with readable_errors():
        show_plan(as_, workspace)


@app.command()
def status() -> None:
    """Show the backlog, the lag, nudges of unknown outcome, and workspaces that wait."""
    from bot.cli.nudges.operating import show_status

    with readable_errors():
        show_status()


@app.command()
def policy(
    workspace: Annotated[
        str | None, typer.Option(help="The workspace's id, where there are several.")
    ] = None,
    days: Annotated[
        str | None, typer.Option(help="Working days, such as mon-fri or sun,mon,tue.")
    ] = None,
    hours: Annotated[
        str | None, typer.Option(help="Working hours in members' local time: 09:00-18:00.")
    ] = None,
    holidays: Annotated[
        Path | None, typer.Option(help="A file of holidays: .ics, or one date per line.")
    ] = None,
    cadence: Annotated[
        Cadence | None, typer.Option(help="How often nudges come until a member chooses.")
    ] = None,
    cap: Annotated[int | None, typer.Option(help="Most nudges a member gets in a week.")] = None,
) -> None:
    """Show what a workspace decided about nudges, or decide it."""
    from bot.cli.nudges.operating import decide_policy
    from bot.cli.nudges.policy import Typed

    with readable_errors():
        decide_policy(workspace, Typed(days, hours, holidays, cadence, cap))


@app.command()
def retry(
    nudge: Annotated[int, typer.Argument(help="The nudge's id, as `status` shows it.")],
) -> None:
    """Send a nudge of unknown outcome again: look into Slack first whether it arrived."""
    from bot.cli.nudges.operating import retry_nudge

    with readable_errors():
        retry_nudge(nudge)
    typer.echo(f"Nudge {nudge} is planned again.")


@app.command()
def discard(
    nudge: Annotated[int, typer.Argument(help="The nudge's id, as `status` shows it.")],
) -> None:
    """Give a nudge of unknown outcome up."""
    from bot.cli.nudges.operating import discard_nudge

    with readable_errors():
        discard_nudge(nudge)
    typer.echo(f"Nudge {nudge} is given up.")
