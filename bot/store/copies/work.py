"""Backing a database up, restoring it and copying it, between SQLite and PostgreSQL as well."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from bot.store.copies.archive import Archive, write_archive
from bot.store.copies.snapshot import snapshot
from bot.store.copies.source import Copied
from bot.store.copies.target import fill
from bot.store.errors import BadDatabaseUrl, StoreUnavailable
from bot.store.nudges.restored import Restored
from bot.store.place.address import parse_url


async def back_up(url: str, path: Path, *, now: datetime) -> Copied:
    """Write a database, as it is at this moment, into a new file.

    Raises:
        NothingToCopy, SchemaOutdated, BadDatabaseUrl, StoreUnavailable: see `snapshot`.
        OSError: the file is there, or cannot be written. Nothing is left of it.
    """
    async with snapshot(url, now=now) as source:
        return await write_archive(path, source)


async def restore(
    url: str, path: Path, *, now: datetime, replace: bool = False
) -> tuple[Copied, Restored]:
    """Fill a database from a backup, upgrade it, and settle what lies between the backup and now.

    Raises:
        BackupUnusable: it is no backup or not whole; nothing was written.
        SchemaOutdated: it comes from a newer version.
        DatabaseNotEmpty, CopyDiffers, BadDatabaseUrl, StoreUnavailable: see `fill`.
        OSError: it cannot be read.
    """
    with Archive(path) as archive:
        archive.verify()
        copied, settled = await fill(url, archive, replace=replace, settled_at=now)
    if settled is None:
        raise AssertionError("a restored database is always settled")
    return copied, settled


async def copy(url: str, target: str, *, now: datetime) -> Copied:
    """Fill an empty or absent database with one moment of another, and compare both.

    Raises:
        as `back_up` and `fill` do; what is wrong with the target says so.
    """
    async with snapshot(url, now=now) as source:
        with _of_the_target():
            copied, _ = await fill(target, source)
    return copied


def name_of(url: str) -> str:
    """Return what an operator calls the database: its name, or that of its file.

    Raises:
        BadDatabaseUrl: the URL cannot be used.
    """
    return Path(parse_url(url).database or "").name


@contextmanager
def _of_the_target() -> Iterator[None]:
    try:
        yield
    except (BadDatabaseUrl, StoreUnavailable) as error:
        reason = f"The database to copy to: {error.params['reason']}"
        raise type(error)(reason=reason) from error
