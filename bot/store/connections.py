"""The connections behind an engine, so that its end closes all of them.

SQLAlchemy closes those that are at rest. One that is in use meanwhile, by work that was called off
and is still rolling back, say, comes back to a pool that nobody closes any more.

Each connection to SQLite works in a thread of its own. One that fails to open, or whose statement
is cancelled, is left by SQLAlchemy without waiting for its thread. The thread then reports to an
event loop that may be gone, which prints a traceback at shutdown. So the end waits for threads.

Each errand to that thread costs two switches between threads, more than most statements take. So a
statement is one errand, where aiosqlite makes four of it: a cursor, the statement, rows, the end.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

import aiosqlite
from aiosqlite.context import Result
from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import ConnectionPoolEntry

_PATIENCE_S = 5.0
_ROWS_AT_A_TIME = 64
# So many rows come with the statement itself; others only when they are asked for.
_ROWS_AT_ONCE = 256
_opened: WeakKeyDictionary[Engine, WeakSet[Any]] = WeakKeyDictionary()
_threads: WeakKeyDictionary[Engine, WeakSet[Thread]] = WeakKeyDictionary()


class Cursor(aiosqlite.Cursor):
    """A cursor whose statement brings its first rows along; its end needs no errand."""

    def __init__(self, connection: "Connection", cursor: sqlite3.Cursor) -> None:
        super().__init__(connection, cursor)
        self._rows: deque[Any] = deque()
        self._complete = True
        self._under_way = False

    async def execute(self, sql: str, parameters: "Iterable[Any] | None" = None) -> "Cursor":
        """Execute a statement, and fetch what fits."""
        self._under_way = True
        await self._execute(self._run, sql, parameters or ())  # type: ignore[no-untyped-call]
        return self

    def _run(self, sql: str, parameters: "Iterable[Any]") -> None:
        try:
            self._cursor.execute(sql, parameters)  # type: ignore[arg-type]
            self._rows, self._complete = deque(), True
            if self._cursor.description:
                self._rows.extend(self._cursor.fetchmany(_ROWS_AT_ONCE))
                self._complete = len(self._rows) < _ROWS_AT_ONCE
        finally:
            self._under_way = False

    async def fetchone(self) -> Any:
        """Fetch a single row."""
        found = await self.fetchmany(1)
        return found[0] if found else None

    async def fetchmany(self, size: int | None = None) -> "list[Any]":
        """Fetch up to so many rows, fewer only where there are no more."""
        size = self.arraysize if size is None else size
        rows = [self._rows.popleft() for _ in range(min(size, len(self._rows)))]
        if len(rows) < size and not self._complete:
            rows += await super().fetchmany(size - len(rows))
        return rows

    async def fetchall(self) -> "list[Any]":
        """Fetch all remaining rows."""
        rows = list(self._rows)
        self._rows.clear()
        if not self._complete:
            rows += await super().fetchall()
        return rows

    async def close(self) -> None:
        """Close the cursor; where a statement was called off, after that has ended."""
        if self._under_way:
            await super().close()
        else:
            self._cursor.close()


class Connection(aiosqlite.Connection):
    """A connection whose statements are one errand each, and that is stopped once.

    It may be asked to stop more often: SQLAlchemy gives up on a connection gracefully and, where it
    is called off again, by force; the graceful way would then wait for an answer of a thread that
    has ended.
    """

    _stopped: "asyncio.Future[Any] | None" = None

    def cursor(self) -> "Result[aiosqlite.Cursor]":
        """Return a new cursor; making it takes no time."""
        return Result(self._made_cursor())

    async def _made_cursor(self) -> aiosqlite.Cursor:
        if not self._running:
            raise ValueError("Connection closed")
        return Cursor(self, self._conn.cursor())

    def stop(self) -> "asyncio.Future[Any] | None":
        """Let the thread end after what it has been given."""
        if self._stopped is None:
            self._stopped = super().stop()
        return self._stopped


class Connector:
    """Opens connections for one engine and remembers their threads."""

    def __init__(self, *, lock_timeout_s: float, may_create: bool = False) -> None:
        self._lock_timeout_s = lock_timeout_s
        self._mode = "rwc" if may_create else "rw"
        self.threads: WeakSet[Thread] = WeakSet()

    async def __call__(self, path: str, *, check_same_thread: bool) -> aiosqlite.Connection:
        connect = partial(
            sqlite3.connect,
            _address(path, self._mode),
            uri=True,
            timeout=self._lock_timeout_s,
            # The driver opens no transaction on its own terms: the engine's BEGIN is the only one.
            isolation_level=None,
            check_same_thread=check_same_thread,
        )
        connection = Connection(connect, _ROWS_AT_A_TIME)
        thread = connection._thread  # noqa: SLF001 - SQLAlchemy makes it a daemon the same way
        thread.daemon = True  # a thread that hangs must not keep the process from ending
        self.threads.add(thread)
        return await connection


def _address(path: str, mode: str) -> str:
    return f"{Path(path).absolute().as_uri()}?mode={mode}"


def watch(engine: AsyncEngine) -> None:
    """Remember each connection that the engine opens."""
    opened = _opened[engine.sync_engine] = WeakSet()

    @event.listens_for(engine.sync_engine, "connect")
    def remember(_connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        opened.add(entry.driver_connection)


def wait_for_threads(engine: AsyncEngine, connector: Connector) -> None:
    """Let `dispose` know which threads work for the engine."""
    _threads[engine.sync_engine] = connector.threads


async def dispose(engine: AsyncEngine) -> None:
    """Close the engine's connections, and return when its threads have ended.

    Work that still uses one of them fails, as it would where the database went away.
    """
    await engine.dispose()
    for connection in list(_opened.get(engine.sync_engine, ())):
        if isinstance(connection, Connection):
            connection.stop()
        else:
            await connection.close()
    for thread in list(_threads.get(engine.sync_engine, ())):
        await asyncio.to_thread(thread.join, _PATIENCE_S)
    # What the threads reported last reaches whoever waits for it.
    await asyncio.sleep(0)
