"""Filling a database from a source: all of it or nothing, and read back before it counts."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import migrate, migration_scripts
from bot.store.connections import dispose
from bot.store.copies.emptying import make_room
from bot.store.copies.errors import BackupUnusable, CopyDiffers
from bot.store.copies.lines import Digest, Lining
from bot.store.copies.shapes import Shape, shapes_at
from bot.store.copies.snapshot import lines_of
from bot.store.copies.source import Copied, CopiedTable, Source
from bot.store.dialect import (
    dangling_references,
    insert_many,
    make_schema,
    renew_statistics,
    wait_for_others,
    way_for,
)
from bot.store.engine import Purpose, lent, make_engine
from bot.store.isolation.lock import after_migrating
from bot.store.members.changes import begin_history
from bot.store.models import change
from bot.store.nudges.restored import Restored, settle
from bot.store.place.address import dialect_of, parse_url
from bot.store.place.failures import store_errors
from bot.store.place.options import schema_of

_FORGET_NUMBER = text("DELETE FROM sqlite_sequence WHERE name = :table")
_GIVE_NUMBER = text("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :last)")
_COUNTING = text("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'")
_SET_SEQUENCE = text(
    "SELECT setval(CAST(pg_get_serial_sequence(:table, :column) AS regclass), :last)"
)


async def fill(
    url: str, source: Source, *, replace: bool = False, settled_at: datetime | None = None
) -> tuple[Copied, Restored | None]:
    """Fill an empty or absent database in one transaction, and bring it to the newest schema.

    The rows go into the schema that they come from; then the missing migrations run. Everything is
    read back and compared before it counts. `replace` deletes what is there. `settled_at` takes
    what was due until then for done, as `settle` does.

    Raises:
        DatabaseNotEmpty: it holds something, and is not to be replaced or cannot be.
        BackupUnusable: the source is not whole.
        CopyDiffers: the database gives back other rows than it was given.
        BadDatabaseUrl, StoreUnavailable, MigrationFailed: as everywhere. Nothing was changed.
    """
    described = source.described
    if described.shapes != shapes_at(described.revision):
        raise BackupUnusable(reason="Its tables are not those of its schema.")
    async with _transaction(url) as connection:
        await wait_for_others(connection, migrate.LOCK)
        if schema := schema_of(parse_url(url)):
            await make_schema(connection, schema)
        await make_room(connection, replace=replace)
        await connection.run_sync(migration_scripts.upgrade, described.revision)
        given = [await _fill_table(connection, source, shape) for shape in described.filled]
        await _set_numbers(connection, source)
        await _compare(connection, source, given)
        await renew_statistics(connection, [each.table() for each in described.filled])
        await connection.run_sync(migration_scripts.upgrade)
        done = await settle(connection, settled_at) if settled_at else None
        await _begin_changes_anew(connection)
        await after_migrating(connection, new=True)
    return Copied(described.revision, described.made_at, tuple(given)), done


@asynccontextmanager
async def _transaction(url: str) -> AsyncIterator[AsyncConnection]:
    parsed = parse_url(url)
    made = _about_to_make(parsed)
    engine = make_engine(parsed, Purpose.MIGRATION)
    try:
        with store_errors(), _refusals():
            async with lent(engine) as connection, connection.begin():
                yield connection
        made = []
    finally:
        await dispose(engine)
        for path in made:
            path.unlink(missing_ok=True)


def _about_to_make(url: URL) -> list[Path]:
    """Return the files that connecting will make, and make their folder."""
    if dialect_of(url) != "sqlite" or migrate.is_file(url.database):
        return []
    path = Path(url.database or "")
    migrate.make_folder(path.parent)
    return [path.with_name(path.name + suffix) for suffix in ("", "-wal", "-shm")]


@contextmanager
def _refusals() -> Iterator[None]:
    """Name what a database refuses: only a source that was made by hand holds such rows."""
    try:
        yield
    except (IntegrityError, DataError) as error:
        why = str(error.orig).strip().splitlines()[0]
        raise BackupUnusable(reason=f"The database refuses a row: {why}") from error


async def _fill_table(connection: AsyncConnection, source: Source, shape: Shape) -> CopiedTable:
    lining, digest, table = Lining(shape), Digest(), shape.table()
    async for lines in source.lines(shape):
        await insert_many(connection, table, [lining.row(line) for line in lines])
        digest.add(lines)
    return CopiedTable(shape.name, digest.rows, digest.sha256)


async def _begin_changes_anew(connection: AsyncConnection) -> None:
    """Count changes in a history of their own, so that whatever process still runs finds it.

    Filling `member` and migrating it were noted as changes; nobody has those in memory.
    """
    await connection.execute(delete(change))
    await begin_history(connection)


async def _set_numbers(connection: AsyncConnection, source: Source) -> None:
    """Let each table go on where it was: no id is given twice, not even a deleted row's."""
    way = way_for(connection, sqlite=_number_sqlite, postgresql=_number_postgresql)
    await way(connection, source)


async def _number_sqlite(connection: AsyncConnection, source: Source) -> None:
    counting = set((await connection.execute(_COUNTING)).scalars())
    for table in sorted(counting & set(source.described.last_ids)):
        values = {"table": table, "last": source.described.last_ids[table]}
        await connection.execute(_FORGET_NUMBER, {"table": table})
        await connection.execute(_GIVE_NUMBER, values)


async def _number_postgresql(connection: AsyncConnection, source: Source) -> None:
    for shape in source.described.shapes:
        last = source.described.last_ids.get(shape.name)
        if shape.numbered and last:
            values = {"table": shape.name, "column": shape.numbered, "last": last}
            await connection.execute(_SET_SEQUENCE, values)


async def _compare(connection: AsyncConnection, source: Source, given: list[CopiedTable]) -> None:
    if broken := await dangling_references(connection):
        raise BackupUnusable(reason=f"{broken} rows refer to what is not there.")
    for shape, table in zip(source.described.filled, given, strict=True):
        digest = Digest()
        async for lines in lines_of(connection, shape):
            digest.add(lines)
        if (digest.rows, digest.sha256) != (table.rows, table.sha256):
            raise CopyDiffers(
                reason=f"{shape.name}: {table.rows} rows were written, {digest.rows} read back."
                " Nothing was kept. Please report it."
            )
