"""The rows of all tenants, for tests that look behind the store: no unit of work shows them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store import migrate
from bot.store.database import Database
from bot.store.engine import REACH
from bot.store.isolation.policies import RULES
from bot.store.isolation.reach import Across


@asynccontextmanager
async def all_rows(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection that sees all rows; what it changes is gone at the end unless committed."""
    async with engine.connect() as connection:
        await connection.execution_options(**{REACH: Across.COPYING})
        yield connection


@asynccontextmanager
async def all_rows_changed(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection that sees all rows, in a transaction that is committed at the end."""
    async with all_rows(engine) as connection, connection.begin():
        yield connection


@asynccontextmanager
async def as_owner(url: str) -> AsyncIterator[AsyncConnection]:
    """A connection that sees and changes all rows and tables, as a migration does; committed."""
    async with migrate._connected(url) as connection, connection.begin(), unforced(connection):
        yield connection


@asynccontextmanager
async def filling(database: Database) -> AsyncIterator[AsyncConnection]:
    """A connection to fill whole tables with, and to renew what is known of them; committed."""
    async with database._bulk.begin() as connection, unforced(connection):
        yield connection


@asynccontextmanager
async def unforced(connection: AsyncConnection) -> AsyncIterator[None]:
    """Let no lock hold the tables' owner meanwhile."""
    locked: list[str] = []
    if connection.dialect.name == "postgresql":
        locked = [*(await connection.scalars(_LOCKED, {"names": [*RULES]})).all()]
    for name in locked:
        await connection.execute(text(f"ALTER TABLE {name} NO FORCE ROW LEVEL SECURITY"))
    yield
    for name in locked:
        await connection.execute(text(f"ALTER TABLE IF EXISTS {name} FORCE ROW LEVEL SECURITY"))


_LOCKED = text(
    "SELECT relname FROM pg_class WHERE relforcerowsecurity AND pg_table_is_visible(oid)"
    " AND relname = ANY(CAST(:names AS text[]))"
)


async def somebody_waits(connection: AsyncConnection) -> bool:
    """Whether a transaction of this database waits for a lock; other tests use the same server."""
    # Else one transaction sees no process of the server that came after its first look.
    await connection.execute(text("SELECT pg_stat_clear_snapshot()"))
    return bool(await connection.scalar(_WAITING))


_WAITING = text(
    "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)"
    " WHERE NOT granted AND datname = current_database()"
)
