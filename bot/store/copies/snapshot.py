"""One moment of a database, read while others go on writing.

SQLite: a reading transaction of its write-ahead log. PostgreSQL: REPEATABLE READ READ ONLY, also on
a standby. Neither keeps anybody from writing, and rows are held some hundred at a time.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

from sqlalchemy import func, literal_column, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import migrate
from bot.store.connections import dispose
from bot.store.copies.errors import NothingToCopy
from bot.store.copies.lines import Lines, Lining
from bot.store.copies.shapes import CHANGES, Shape, shapes_at
from bot.store.copies.source import Described
from bot.store.dialect import way_for
from bot.store.engine import BULK_LIMIT_MS, ONE_MOMENT, REACH, Purpose, lent, make_engine
from bot.store.isolation.reach import Across
from bot.store.place.address import dialect_of, parse_url
from bot.store.place.failures import store_errors

BATCH = 500
_GIVEN = text("SELECT name, seq FROM sqlite_sequence")


class Snapshot:
    """Satisfies `Source`."""

    def __init__(self, connection: AsyncConnection, described: Described) -> None:
        self._connection = connection
        self.described = described

    def lines(self, shape: Shape) -> AsyncIterator[Lines]:
        """Yield the rows of a table, some at a time, in the order of its key."""
        return lines_of(self._connection, shape)


@asynccontextmanager
async def snapshot(url: str, *, now: datetime) -> AsyncIterator[Snapshot]:
    """Read a database as it is at this moment, until the block ends.

    Raises:
        NothingToCopy: there is none, or it has no tables.
        SchemaOutdated: a newer version has made it.
        BadDatabaseUrl, StoreUnavailable: as everywhere.
    """
    parsed = parse_url(url)
    if dialect_of(parsed) == "sqlite" and not migrate.is_file(parsed.database):
        raise NothingToCopy(reason=f"There is no file {parsed.database}.")
    engine = make_engine(parsed, Purpose.READ, timeout_ms=BULK_LIMIT_MS)
    try:
        with store_errors():
            async with lent(engine) as connection:
                await connection.execution_options(**{REACH: Across.COPYING, ONE_MOMENT: True})
                async with _one_moment(connection):
                    yield Snapshot(connection, await _described(connection, now))
    finally:
        await dispose(engine)


@asynccontextmanager
async def _one_moment(connection: AsyncConnection) -> AsyncIterator[None]:
    if way_for(connection, sqlite=False, postgresql=True):
        yield
        return
    # SQLite's readers begin no transaction by themselves.
    await connection.execute(text("BEGIN"))
    try:
        yield
    finally:
        await connection.execute(text("ROLLBACK"))


async def _described(connection: AsyncConnection, now: datetime) -> Described:
    revision = await connection.run_sync(migrate.found_in)
    migrate.require_known(revision)
    if revision is None:
        raise NothingToCopy(reason="The database is empty.")
    shapes = shapes_at(revision)
    return Described(revision, now, shapes, await last_ids(connection, shapes))


async def lines_of(connection: AsyncConnection, shape: Shape) -> AsyncIterator[Lines]:
    """Yield the rows of a table in the connection's transaction, in the order of its key."""
    lining = Lining(shape)
    query = shape.rows(connection.dialect.name).execution_options(yield_per=BATCH)
    async with connection.stream(query) as result:
        async for rows in result.partitions():
            yield [lining.line(row) for row in rows]


async def last_ids(connection: AsyncConnection, shapes: Sequence[Shape]) -> Mapping[str, int]:
    """Return the highest id that each numbered table has given out; 0 where it gave none.

    An id is never given twice, so this may be more than the highest that is still there.
    """
    numbered = {
        each.name: each.numbered for each in shapes if each.numbered and each.name != CHANGES
    }
    highest = {
        name: await connection.scalar(
            select(func.max(literal_column(column))).select_from(text(name))
        )
        for name, column in numbered.items()
    }
    given = await way_for(connection, sqlite=_given_sqlite, postgresql=_given_postgresql)(
        connection, numbered
    )
    return {name: max(highest[name] or 0, given.get(name, 0)) for name in numbered}


async def _given_sqlite(
    connection: AsyncConnection, _numbered: Mapping[str, str]
) -> Mapping[str, int]:
    return {row.name: row.seq for row in await connection.execute(_GIVEN)}


async def _given_postgresql(
    connection: AsyncConnection, numbered: Mapping[str, str]
) -> Mapping[str, int]:
    given: dict[str, int] = {}
    for name, column in numbered.items():
        names = {"table": name, "column": column}
        sequence = await connection.scalar(
            text("SELECT pg_get_serial_sequence(:table, :column)"), names
        )
        if sequence is not None:
            query = f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}"  # noqa: S608 - a name that the server has quoted
            given[name] = await connection.scalar(text(query)) or 0
    return given
