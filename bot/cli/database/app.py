"""`nextrung db`: the schema, backups and copies."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.failing import readable_errors

if TYPE_CHECKING:
    from bot.store.installs.joining import Joined

app = typer.Typer(help="The database, its schema and its backups.", no_args_is_help=True)


@app.command()
def upgrade() -> None:
    """Bring the schema to this version; safe to run from many replicas at once."""
    from bot.cli.database.reports import joined_words
    from bot.config import Settings
    from bot.services.clock import SystemClock
    from bot.store import migrate
    from bot.store.database import Database

    async def bring() -> "tuple[str, tuple[Joined, ...]]":
        url = Settings().database
        now = SystemClock().now()
        found = await migrate.upgrade(url, noted_at=now)
        database = Database(url)
        try:
            return found, await database.join_split(now=now)
        finally:
            await database.dispose()

    with readable_errors():
        found, joined = asyncio.run(bring())
    for each in joined:
        typer.echo(joined_words(each))
    typer.echo(f"The database is at revision {found}.")


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
    from bot.cli.database.reports import settled_words
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
    typer.echo(settled_words(done))


@app.command()
def lock_tenants(
    off: Annotated[
        bool, typer.Option("--off", help="Unlock, to go back to a version from before the lock.")
    ] = False,
) -> None:
    """Let PostgreSQL itself keep tenants apart, once every process is of this version."""
    from bot.cli.database.locking import turn_lock

    with readable_errors():
        turn_lock(on=not off)


@app.command()
def check() -> None:
    """Exit with 1 where this version does not work on the schema."""
    from bot.config import Settings
    from bot.store import migrate

    with readable_errors():
        found = asyncio.run(migrate.check(Settings().database))
    newer = found != migrate.head()
    typer.echo("The schema is newer, and fits." if newer else "The schema is up to date.")


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The file to write; it must not be there yet.")],
) -> None:
    """Write all of the database, as it is at this moment, into one file; the bot may run on."""
    from bot.cli.database.copying import back_up_database

    with readable_errors():
        back_up_database(file)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that nextrung db backup has written.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Delete what the database holds; asks for its name.")
    ] = False,
    confirm: Annotated[
        str, typer.Option(help="The database's name, where nobody can be asked.")
    ] = "",
) -> None:
    """Fill an empty database from a backup of either kind, with no process up, and settle it."""
    from bot.cli.database.copying import restore_database

    with readable_errors():
        restore_database(file, replace=replace, confirm=confirm)


@app.command()
def copy(
    url: Annotated[
        str, typer.Argument(help="An empty database to copy to; - reads it from standard input.")
    ],
) -> None:
    """Copy the database into an empty one, of either kind, and compare both."""
    from bot.cli.database.copying import copy_database

    with readable_errors():
        copy_database(url)
