"""Engines for SQLite and PostgreSQL, and the translation of their failures into typed errors."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from enum import Enum
from typing import Any
from weakref import WeakKeyDictionary

import orjson
from sqlalchemy import Engine, NullPool, event
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import ExceptionContext
from sqlalchemy.exc import (
    DBAPIError,
)
from sqlalchemy.exc import TimeoutError as NoFreeConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.spans import part
from bot.store.connections import Connector, wait_for_threads, watch
from bot.store.dialect import begin_with, postgresql_begin
from bot.store.errors import StoreFull, StoreReadOnly, StoreUnavailable
from bot.store.isolation.reach import Reach, reach_words
from bot.store.place.address import dialect_of
from bot.store.place.condition import condition_of, leave_in_time, server_has_turned
from bot.store.place.failures import NO_CONNECTION, condition_behind, is_locked, store_errors
from bot.store.place.options import OWN, prepare_threshold_of, schema_of
from bot.time_left import TimeLimit, time_left

BULK_LIMIT_MS = 300_000
"""Limit of rare long work: publishing waits for another process that publishes."""

LOCK_TURN_S = 0.1
"""How long a thread of SQLite's waits for a lock before it looks whether that is still wanted."""


MOST_IDLE_S = 15
"""How long PostgreSQL keeps a transaction of which nothing is asked, and what it has locked.

Far longer than any unit of work: its process is frozen, or its machine is cut off.
"""

_GRACE_S = 0.25
# Which units of work wait for SQLite's lock just now, by engine.
_locked_out: WeakKeyDictionary[Engine, set[int]] = WeakKeyDictionary()
_ONLY_READS = "nextrung_only_reads"
REACH = "nextrung_reach"
"""The execution option that says whose rows a connection's transactions may see: a `Reach`."""
ONE_MOMENT = "nextrung_one_moment"
"""The execution option that lets a transaction of PostgreSQL's see one moment only."""


class Purpose(Enum):
    """What a connection is for; it decides transactions and time limits."""

    READ = "read"  # the database itself refuses writes
    WRITE = "write"  # one transaction per unit of work
    BULK = "bulk"  # the same for rare long work: its own connection, generous limits
    MIGRATION = "migration"  # like bulk; foreign keys are checked at the end instead


def make_engine(
    url: URL, purpose: Purpose, *, pool_size: int = 1, timeout_ms: int = BULK_LIMIT_MS
) -> AsyncEngine:
    """Return an engine; it connects only when used.

    Args:
        url: as `parse_url` returns it.
        purpose: see `Purpose`.
        pool_size: most connections at a time (READ and WRITE only).
        timeout_ms: limit for one statement, for a lock, and for a free connection.
    """
    options: dict[str, Any] = {
        "hide_parameters": True,
        "execution_options": {_ONLY_READS: purpose is Purpose.READ},
    }
    if purpose in (Purpose.READ, Purpose.WRITE):
        options |= {
            "pool_size": pool_size,
            "max_overflow": 0,
            "pool_timeout": timeout_ms / 1000,
        }
    else:
        options |= {"poolclass": NullPool}
    build = _sqlite_engine if dialect_of(url) == "sqlite" else _postgresql_engine
    engine = build(url, purpose, options, timeout_ms)
    watch(engine)
    leave_in_time(engine)
    if purpose is not Purpose.READ:
        _leave_when_read_only(engine)
    return engine


def _sqlite_engine(
    url: URL, purpose: Purpose, options: dict[str, Any], timeout_ms: int
) -> AsyncEngine:
    # What is deleted is overwritten, whatever this build of SQLite does by default.
    pragmas = ["journal_mode = WAL", "synchronous = NORMAL", "secure_delete = ON"]
    pragmas.append(f"foreign_keys = {'OFF' if purpose is Purpose.MIGRATION else 'ON'}")
    if purpose is Purpose.READ:
        options |= {"isolation_level": "AUTOCOMMIT", "skip_autocommit_rollback": True}
        pragmas.append("query_only = ON")
    connector = Connector(
        pragmas=pragmas,
        # A thread that waits cannot be called off: all but migrations wait in short turns.
        lock_timeout_s=timeout_ms / 1000 if purpose is Purpose.MIGRATION else LOCK_TURN_S,
        # Where its file is gone, a new and empty one in its place would only hide that.
        may_create=purpose is Purpose.MIGRATION,
    )
    engine = create_async_engine(url, connect_args={"async_creator_fn": connector}, **options)
    wait_for_threads(engine, connector)
    if purpose is not Purpose.READ:
        begin_with(engine, lambda _options: "BEGIN IMMEDIATE")
    return engine


def _postgresql_engine(
    url: URL, purpose: Purpose, options: dict[str, Any], timeout_ms: int
) -> AsyncEngine:
    own = {
        "connect_timeout": str(min(10, max(2, timeout_ms // 1000))),
        "application_name": "nextrung",
    }
    connect_args: dict[str, Any] = {
        # The driver begins nothing by itself: what begins a transaction is one batch of ours.
        "autocommit": True,
        "prepare_threshold": prepare_threshold_of(url),
    }
    schema = schema_of(url)
    url = url.set(query=own | {**url.query}).difference_update_query(OWN)
    # Asking the server for a type that no table has would cost each first connection three trips.
    engine = create_async_engine(
        url,
        connect_args=connect_args,
        use_native_hstore=False,
        json_deserializer=orjson.loads,  # of each row that `Together` reads
        **options,
    )
    read_only = purpose is Purpose.READ
    unlimited = purpose in (Purpose.BULK, Purpose.MIGRATION)
    # A migration sees what it asks for, or fails: never no rows where there are some.
    last = ("SET LOCAL row_security = off",) if purpose is Purpose.MIGRATION else ()

    def words(given: Mapping[str, Any]) -> str:
        left_ms = int(time_left(timeout_ms / 1000) * 1000)
        return postgresql_begin(
            timeout_ms=left_ms,
            read_only=read_only,
            schema=schema,
            one_moment=given.get(ONE_MOMENT, False),
            idle_s=None if unlimited or given.get(ONE_MOMENT) else MOST_IDLE_S,
            more=(*reach_words(given.get(REACH)), *last),
        )

    begin_with(engine, words)
    return engine


def _leave_when_read_only(engine: AsyncEngine) -> None:
    """Let go of connections to what takes no writes any more, as a server after a switch-over."""

    @event.listens_for(engine.sync_engine, "handle_error")
    def writer_lost(context: ExceptionContext) -> None:
        if condition_behind(context.original_exception) is StoreReadOnly:
            # This connection now, all others, the readers' too, when they are next asked for.
            context.is_disconnect = True
            condition_of(engine).leave()


@asynccontextmanager
async def transaction(
    engine: AsyncEngine, *, timeout_ms: int, reach: Reach
) -> AsyncIterator[AsyncConnection]:
    """A connection within `deadline`, in a transaction: committed on success, else rolled back.

    What is left of the time to answer in is the limit, where that is less than `timeout_ms`.
    `reach` says whose rows it may see.

    Raises:
        StoreUnavailable: the database is locked, slow or away. Nothing was written, unless the
            connection broke during the commit itself.
    """
    seconds, wait = time_left(timeout_ms / 1000), _Wait(engine)
    only_reads = engine.sync_engine.get_execution_options().get(_ONLY_READS)
    try:
        with part("database read" if only_reads else "database write"), store_errors():
            async with deadline(seconds, wait.given_up), lent(engine) as connection:
                await connection.execution_options(**{REACH: reach})
                await wait.begun(connection, seconds)
                yield connection
                # After an error, or where nothing was to be written, its end rolls back.
                if not only_reads:
                    await connection.commit()
    except StoreFull:
        condition_of(engine).full_at = asyncio.get_running_loop().time()
        raise


@asynccontextmanager
async def lent(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """Lend a connection, and take it back within the time that its user has.

    SQLAlchemy's own way of taking it back waits for the end of a ROLLBACK, however often it is
    called off, also by Ctrl+C: from a server that is silent, for ever.
    """
    connection = await engine.connect()
    try:
        yield connection
    except asyncio.CancelledError:
        # Nobody waits any more, and whoever is silent hears no ROLLBACK. Its end is one as well.
        await connection.invalidate()
        raise
    finally:
        await connection.close()


class _Wait:
    """What a unit of work waits for: a lock that another process holds keeps all of ours."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._locked_out = _locked_out.setdefault(engine.sync_engine, set())
        self._condition = condition_of(engine)
        self._connected = False

    def given_up(self) -> str:
        """Return why it ends now without a result."""
        if self._locked_out:
            return "database is locked"
        if not self._connected:
            return NO_CONNECTION
        # The server itself would have said that a statement takes too long: it may be gone, and
        # others need not find out one by one.
        self._condition.leave()
        return "no answer in time"

    async def begun(self, connection: AsyncConnection, seconds: float) -> None:
        """Begin a transaction; nothing is lost yet, so what goes wrong may be tried again.

        An idle connection may have been cut since it was last used, or its server may take no
        writes any more: then on a new one. SQLite's lock may be held elsewhere: then until it is
        free, for so many seconds.
        """
        self._connected = True
        now = asyncio.get_running_loop().time
        ends, cut = now() + seconds, False
        try:
            while True:
                try:
                    await connection.begin()
                except DBAPIError as error:
                    if error.connection_invalidated and not cut:
                        cut = True
                    elif is_locked(error) and now() < ends:
                        self._locked_out.add(id(self))
                    else:
                        raise
                else:
                    if cut or not server_has_turned(connection):
                        return
                    cut = True
                    self._condition.leave()
                    await connection.invalidate()
                    await connection.rollback()
        finally:
            self._locked_out.discard(id(self))


@asynccontextmanager
async def deadline(seconds: float, reason: Callable[[], str]) -> AsyncIterator[None]:
    """Give up on the enclosed work when it takes longer, also when the server does not answer.

    The database's own time limits act first; this one holds where they cannot (a frozen server, a
    network that swallows packets).

    Raises:
        StoreUnavailable: no result within `seconds` plus a quarter of one, or no free connection;
            it says what `reason` says by then.
    """
    limit = TimeLimit(seconds + _GRACE_S)
    try:
        async with limit:
            yield
    except NoFreeConnection as error:
        raise StoreUnavailable(reason=reason()) from error
    except TimeoutError as error:
        if limit.passed:
            raise StoreUnavailable(reason=reason()) from error
        raise
