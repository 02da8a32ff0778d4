"""`nextrung db`: the schema."""

import asyncio

import typer

from bot.cli.failing import readable_errors

app = typer.Typer(help="The database and its schema.", no_args_is_help=True)


@app.command()
def upgrade() -> None:
    """Bring the schema to this version; safe to run from many replicas at once."""
    from bot.config import Settings
    from bot.store import migrate

    with readable_errors():
        asyncio.run(migrate.upgrade(Settings().database))
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
def check() -> None:
    """Exit with 1 where the schema is not the one that this version needs."""
    from bot.config import Settings
    from bot.store import migrate

    with readable_errors():
        asyncio.run(migrate.check(Settings().database))
    typer.echo("The schema is up to date.")
