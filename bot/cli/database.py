"""`nextrung db`: the schema."""

import asyncio
from typing import TYPE_CHECKING

import typer

from bot.cli.failing import readable_errors

if TYPE_CHECKING:
    from bot.store.installs.joining import Joined

app = typer.Typer(help="The database and its schema.", no_args_is_help=True)


@app.command()
def upgrade() -> None:
    """Bring the schema to this version; safe to run from many replicas at once."""
    from bot.config import Settings
    from bot.services.clock import SystemClock
    from bot.store import migrate
    from bot.store.database import Database

    async def bring() -> "tuple[Joined, ...]":
        url = Settings().database
        now = SystemClock().now()
        await migrate.upgrade(url, noted_at=now)
        database = Database(url)
        try:
            return await database.join_split(now=now)
        finally:
            await database.dispose()

    with readable_errors():
        joined = asyncio.run(bring())
    for each in joined:
        typer.echo(_told(each))
    typer.echo(f"The database is at revision {migrate.head()}.")


@app.command()
def current() -> None:
    """Show the schema's revision, and the one that this version needs."""
    from bot.config import Settings
    from bot.store import migrate

    with readable_errors():
        found = asyncio.run(migrate.current(Settings().database))
    typer.echo(f"database: {found or 'empty'}\nneeded:   {migrate.head()}")


@app.command()
def restored() -> None:
    """Settle what lies between a backup that was just restored and now, with no process up."""
    from bot.config import Settings
    from bot.services.clock import SystemClock
    from bot.store import migrate
    from bot.store.database import Database
    from bot.store.nudges.restored import Restored

    async def settle() -> Restored:
        url = Settings().database
        await migrate.check(url)
        database = Database(url)
        try:
            return await database.restored(now=SystemClock().now())
        finally:
            await database.dispose()

    with readable_errors():
        done = asyncio.run(settle())
    typer.echo(
        f"Settled. Taken for sent since the backup: {done.nudges} nudges ({done.plans} plans moved "
        f"on), {done.errands} errands.\n"
        "Whoever had everything deleted since the backup is back: see Backup in docs/operate.md."
    )


@app.command()
def check() -> None:
    """Exit with 1 where the schema is not the one that this version needs."""
    from bot.config import Settings
    from bot.store import migrate

    with readable_errors():
        asyncio.run(migrate.check(Settings().database))
    typer.echo("The schema is up to date.")


def _told(joined: "Joined") -> str:
    split = f"was kept {joined.parts} times, as it joined or left an organisation"
    lines = [f"Workspace {joined.team_id} {split}. It is one again: {joined.people} people joined."]
    if joined.goals:
        lines.append(f"  {joined.goals} goals ended, as a newer one was active.")
    if joined.nudges:
        lines.append(f"  {joined.nudges} nudges are gone: another of the same slot stays.")
    if joined.set_aside:
        owners = ", ".join(joined.set_aside)
        lines.append(f"  Owners of the part that was set up last hold. No owners now: {owners}.")
    return "\n".join(lines)
