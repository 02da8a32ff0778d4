"""The second lock of a database: how it stands, and turning it while the bot runs on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.installs.audit import Act, ActKind
from bot.store.audit.acts import note_acts
from bot.store.connections import dispose
from bot.store.engine import Purpose, lent, make_engine
from bot.store.fitness.schema import check_revision
from bot.store.isolation import lock
from bot.store.isolation.policies import RULES
from bot.store.isolation.state import LockState, lock_state
from bot.store.place.address import dialect_of, parse_url
from bot.store.place.failures import store_errors

# Shorter than PostgreSQL waits before it looks for a deadlock: we give way, and nobody else does.
_SHORT = text("SET LOCAL lock_timeout = 500")
_SEEN = text("SET LOCAL row_security = on")
_TRIES = 40
_REST_S = 0.25
_LOCKED = "55P03"


async def turn(url: str, *, on: bool, now: datetime) -> LockState:
    """Lock every table, or unlock all of them, and return how the lock stands then.

    One table after the other, so that nobody waits for more than a moment; broken off, it goes on
    where it was when it is called again. Transactions of this version work all the time.

    Raises:
        LockRefused: it cannot be turned, or a table was in use all the time.
        SchemaOutdated: `nextrung db upgrade` comes first.
        BadDatabaseUrl, StoreUnavailable: as everywhere.
    """
    parsed = parse_url(url)
    if dialect_of(parsed) == "sqlite":
        raise lock.LockRefused.because(
            "SQLite has no second lock", "Only PostgreSQL can keep tenants apart by itself."
        )
    engine = make_engine(parsed, Purpose.MIGRATION)
    try:
        with store_errors():
            state = await _begun(engine, on=on)
            names = state.open if on else tuple(reversed([*RULES]))
            for name in names:
                await _turn_table(engine, name, state.role, on=on)
            async with _transaction(engine) as connection:
                done = Act(ActKind.TENANT_LOCK_TURNED, "on" if on else "off")
                await connection.execute(_SEEN)
                await note_acts(connection, None, done, at=now)
                return await lock_state(connection)
    finally:
        await dispose(engine)


async def _begun(engine: AsyncEngine, *, on: bool) -> LockState:
    """Do what comes before the first table: older versions are kept out, or let in, from now on."""
    async with _transaction(engine) as connection:
        await check_revision(connection)
        if on:
            state = await lock.prepare(connection)
            await lock.raise_floor(connection)
        else:
            state = await lock_state(connection)
            await lock.lower_floor(connection)
    return state


async def _turn_table(engine: AsyncEngine, name: str, role: str, *, on: bool) -> None:
    for _ in range(_TRIES):
        if await _turned(engine, name, role, on=on):
            return
        await asyncio.sleep(_REST_S)
    raise lock.LockRefused.because(
        f"somebody uses the table {name} all the time",
        "What was done stays. Run it again, when no backup or long query is under way.",
    )


async def _turned(engine: AsyncEngine, name: str, role: str, *, on: bool) -> bool:
    """Whether a table was turned: not where somebody used it for too long."""
    try:
        async with _transaction(engine) as connection:
            await connection.execute(_SHORT)
            if on:
                await lock.lock_table(connection, name, role)
            else:
                await lock.unlock_table(connection, name)
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) != _LOCKED:
            raise
        return False
    return True


@asynccontextmanager
async def _transaction(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    async with lent(engine) as connection, connection.begin():
        yield connection
