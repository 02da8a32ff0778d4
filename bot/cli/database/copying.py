"""`nextrung db backup`, `restore` and `copy`: started, broken off in order, and told."""

import asyncio
import signal
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

import typer
from rich.filesize import decimal

from bot.cli.asking import can_ask
from bot.cli.database.reports import settled_words, table_lines, whole_words
from bot.config import Settings
from bot.services.clock import SystemClock
from bot.store import migrate
from bot.store.copies.work import back_up, copy, name_of, restore

Result = TypeVar("Result")


def back_up_database(file: Path) -> None:
    """Write the backup, and say what it holds."""
    copied = _finished(back_up(Settings().database, file, now=SystemClock().now()))
    typer.echo("\n".join(table_lines(copied)))
    typer.echo(f"{whole_words(copied)}\n{file}: {decimal(file.stat().st_size)}")
    typer.echo("It holds personal data, so only you may read it (mode 0600). Keep it so.")


def restore_database(file: Path, *, replace: bool, confirm: str) -> None:
    """Fill the database, settle it, and say what it holds."""
    url = Settings().database
    if replace:
        _require_confirmed(name_of(url), confirm)
    copied, settled = _finished(restore(url, file, now=SystemClock().now(), replace=replace))
    typer.echo("\n".join(table_lines(copied)))
    typer.echo(f"Restored and compared: {whole_words(copied)}")
    if copied.revision != migrate.head():
        typer.echo(f"Upgraded to schema {migrate.head()}.")
    typer.echo(settled_words(settled))


def copy_database(url: str) -> None:
    """Copy the database, and say what both hold."""
    target = _typed_url() if url == "-" else url
    copied = _finished(copy(Settings().database, target, now=SystemClock().now()))
    typer.echo("\n".join(table_lines(copied)))
    typer.echo(f"The same on both sides: {whole_words(copied)}")
    if copied.revision != migrate.head():
        typer.echo(f"The copy was upgraded to schema {migrate.head()}.")
    typer.echo(
        "What is written from now on is not in the copy. To move, copy with every process stopped, "
        "then set DATABASE_URL."
    )


def _require_confirmed(name: str, confirm: str) -> None:
    """Return where the name of the database whose content is to be deleted was typed."""
    if not confirm and can_ask(as_json=False):
        typer.echo("Everything in the database is deleted, and the backup takes its place.")
        confirm = typer.prompt(f"Type its name, {name}")
    if confirm.strip() != name:
        typer.secho(
            f"Nothing was changed. To replace what the database holds: --replace --confirm {name}",
            err=True,
            fg=typer.colors.RED,
        )
        raise typer.Exit(1)


def _typed_url() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("URL of the database to copy to", hide_input=True))
    return sys.stdin.readline().strip()


def _finished(work: Coroutine[Any, Any, Result]) -> Result:
    """Run it to its end, or break it off in order at SIGINT and SIGTERM."""
    try:
        return asyncio.run(_stoppable(work))
    except (KeyboardInterrupt, asyncio.CancelledError):
        words = "Broken off. Nothing was changed, and nothing half-written is left."
        typer.secho(words, err=True, fg=typer.colors.RED)
        raise typer.Exit(130) from None


async def _stoppable(work: Coroutine[Any, Any, Result]) -> Result:
    task = asyncio.ensure_future(work)
    # asyncio handles SIGINT by itself, but not in a process that was started to ignore it.
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, task.cancel)
    return await task
