"""The threads behind SQLite connections: each connection works in one of its own.

A connection that fails to open, or whose statement is cancelled, is left by SQLAlchemy without
waiting for its thread. The thread then reports to an event loop that may be gone, which prints a
traceback at shutdown. So the engine's end waits for them.
"""

import asyncio
import sqlite3
from functools import partial
from threading import Thread
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

import aiosqlite
from sqlalchemy import Engine
from sqlalchemy.ext.asyncio import AsyncEngine

_PATIENCE_S = 5.0
_ROWS_AT_A_TIME = 64
_workers: WeakKeyDictionary[Engine, WeakSet[Thread]] = WeakKeyDictionary()


class Connection(aiosqlite.Connection):
    """A connection that is stopped once, however often it is asked to.

    SQLAlchemy gives up on a connection gracefully and, where it is called off again, by force; the
    graceful way would then wait for an answer of a thread that has ended.
    """

    _stopped: "asyncio.Future[Any] | None" = None

    def stop(self) -> "asyncio.Future[Any] | None":
        """Let the thread end after what it has been given."""
        if self._stopped is None:
            self._stopped = super().stop()
        return self._stopped


class Connector:
    """Opens connections for one engine and remembers their threads."""

    def __init__(self, *, lock_timeout_s: float) -> None:
        self._lock_timeout_s = lock_timeout_s
        self.threads: WeakSet[Thread] = WeakSet()

    async def __call__(self, path: str, *, check_same_thread: bool) -> aiosqlite.Connection:
        connect = partial(
            sqlite3.connect,
            path,
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


def remember(engine: AsyncEngine, connector: Connector) -> None:
    """Let `dispose` know which threads work for the engine."""
    _workers[engine.sync_engine] = connector.threads


async def dispose(engine: AsyncEngine) -> None:
    """Close the engine's connections, and return when its threads have ended."""
    await engine.dispose()
    for thread in list(_workers.get(engine.sync_engine, ())):
        await asyncio.to_thread(thread.join, _PATIENCE_S)
    # What the threads reported last reaches whoever waits for it.
    await asyncio.sleep(0)
