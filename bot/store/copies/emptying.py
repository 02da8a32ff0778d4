"""Making room in a database that is to be filled: only where nothing is lost unasked."""

from collections.abc import Sequence

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import migrate, migration_files
from bot.store.copies.errors import DatabaseNotEmpty
from bot.store.copies.shapes import CHANGES, OF_THE_SCHEMA, shapes_at
from bot.store.dialect import way_for
from bot.store.isolation.lock import across

_TRIGGER_FUNCTIONS = text(
    """
    SELECT DISTINCT CAST(CAST(tgfoid AS regprocedure) AS text) FROM pg_trigger
    WHERE NOT tgisinternal AND tgrelid = ANY(CAST(:tables AS regclass[]))
    """
)


async def make_room(connection: AsyncConnection, *, replace: bool) -> None:
    """Leave none of Nextrung's tables; those that hold something only where they are `replace`d.

    Raises:
        DatabaseNotEmpty: it holds something that is not to be deleted.
    """
    found = await connection.run_sync(migrate.found_in)
    if found is not None and found not in migration_files.known():
        raise DatabaseNotEmpty(
            reason="A newer version of Nextrung, or another program, has filled this database. "
            "Name an empty one in its place."
        )
    shapes = shapes_at(migrate.head()) + (shapes_at(found) if found else ())
    there = await connection.run_sync(_tables)
    ours = [name for name in dict.fromkeys(each.name for each in shapes) if name in there]
    if found is None and ours:
        raise DatabaseNotEmpty(
            reason=f"This database has tables that are not Nextrung's ({', '.join(sorted(ours))}). "
            "Name an empty one in its place."
        )
    if not replace and (filled := await _filled(connection, ours)):
        raise DatabaseNotEmpty(
            reason=f"This database is not empty: {filled} has rows. "
            "Name an empty one, or let a backup take its place with --replace."
        )
    if found is not None:
        await _drop(connection, [*ours, *(each for each in OF_THE_SCHEMA if each in there)])


def _tables(connection: Connection) -> frozenset[str]:
    return frozenset(inspect(connection).get_table_names())


async def _filled(connection: AsyncConnection, tables: Sequence[str]) -> str | None:
    async with across(connection):
        for name in (each for each in tables if each != CHANGES):
            query = text(f"SELECT EXISTS (SELECT 1 FROM {name})")  # noqa: S608 - a name of our own
            if await connection.scalar(query):
                return name
    return None


async def _drop(connection: AsyncConnection, tables: Sequence[str]) -> None:
    way = way_for(connection, sqlite=_drop_sqlite, postgresql=_drop_postgresql)
    await way(connection, tables)


async def _drop_sqlite(connection: AsyncConnection, tables: Sequence[str]) -> None:
    for name in reversed(tables):
        await connection.execute(text(f"DROP TABLE {name}"))


async def _drop_postgresql(connection: AsyncConnection, tables: Sequence[str]) -> None:
    names = {"tables": list(tables)}
    functions = (await connection.execute(_TRIGGER_FUNCTIONS, names)).scalars().all()
    await connection.execute(text(f"DROP TABLE {', '.join(tables)} CASCADE"))
    for each in functions:
        await connection.execute(text(f"DROP FUNCTION {each}"))
