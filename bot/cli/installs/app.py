"""`nextrung installs`: where the app is installed, and how the tokens there stand."""

import asyncio
from typing import Annotated

import typer

from bot.cli.failing import readable_errors

app = typer.Typer(help="Where the app is installed, and how it stands.", no_args_is_help=True)
PlaceArgument = Annotated[
    str, typer.Argument(help="The id of a workspace or organisation, such as T0123ABCD.")
]


@app.command("list")
def list_(
    as_json: Annotated[
        bool, typer.Option("--json", help="Print an object a line, for a program.")
    ] = False,
) -> None:
    """List every workspace and organisation that has the app, without tokens."""
    from bot.cli.installs.showing import list_installs

    with readable_errors():
        asyncio.run(list_installs(as_json=as_json))


@app.command()
def show(place: PlaceArgument) -> None:
    """Show what is kept of one installation, without its token, and what to do about it."""
    from bot.cli.installs.showing import show_install

    with readable_errors():
        asyncio.run(show_install(place))


@app.command()
def check(
    place: Annotated[
        str | None, typer.Argument(help="Only this workspace or organisation, by its id.")
    ] = None,
) -> None:
    """Ask Slack whether the tokens work; exits with 1 where one does not."""
    from bot.cli.installs.checking import check_installs

    with readable_errors():
        code = asyncio.run(check_installs(place))
    raise typer.Exit(code)


@app.command()
def remove(
    place: PlaceArgument,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete an installation's token at once, and what its members hold some days later."""
    from bot.cli.installs.removing import remove_install

    with readable_errors():
        asyncio.run(remove_install(place, yes=yes))
