"""What was learnt about a database while it was used, shared by all engines of one `Database`.

Connections outlive what they lead to: a server that takes writes no more, another one in its place,
a SQLite file that was moved away while it was open. None of these breaks a connection, so each is
looked at as it leaves the pool, and as a transaction begins on it; neither asks the server.
"""

from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.values import dataclass

_ERA, _READS_ONLY, _FILE = "nextrung_era", "nextrung_reads_only", "nextrung_file"
# The server says by itself when one of them changes.
_STATUSES = (b"in_hot_standby", b"default_transaction_read_only")


@dataclass(slots=True)
class Condition:
    """What holds for all connections to one database."""

    era: int = 0
    full_at: float | None = None
    """When a write last failed because there was no room, by the event loop's time."""

    def leave(self) -> None:
        """Let go of every connection there is by now: as soon as it is free, or next asked for."""
        self.era += 1


_conditions: WeakKeyDictionary[Engine, Condition] = WeakKeyDictionary()


def condition_of(engine: AsyncEngine) -> Condition:
    """Return what is known of an engine's database."""
    return _conditions.setdefault(engine.sync_engine, Condition())


def share_condition(*engines: AsyncEngine) -> None:
    """Let what one of these engines learns hold for the others too. Call before they connect."""
    shared = Condition()
    for each in engines:
        _conditions[each.sync_engine] = shared


def leave_in_time(engine: AsyncEngine) -> None:
    """Use no connection made before `Condition.leave` was last called.

    Nor one to a SQLite file that is not in its place any more: what is written to that is lost
    when the last connection closes.
    """
    if engine.dialect.name == "sqlite":
        _stay_with_file(engine)
    else:
        _remember_server(engine)

    @event.listens_for(engine.sync_engine, "connect")
    def connected(_connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        entry.info[_ERA] = condition_of(engine).era

    @event.listens_for(engine.sync_engine, "checkout")
    def checked(_connection: DBAPIConnection, entry: ConnectionPoolEntry, _proxy: Any) -> None:
        if entry.info[_ERA] != condition_of(engine).era:
            raise DisconnectionError("its server or file is not the one to use any more")


def _remember_server(engine: AsyncEngine) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def connected(_connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        entry.info[_READS_ONLY] = _reads_only(entry.driver_connection)


def server_has_turned(connection: AsyncConnection) -> bool:
    """Tell whether the server let this connection write when it was made, and does not now."""
    if connection.dialect.name != "postgresql" or connection.sync_connection is None:
        return False
    raw = connection.sync_connection.connection
    return not raw.info.get(_READS_ONLY) and _reads_only(raw.driver_connection)


def _stay_with_file(engine: AsyncEngine) -> None:
    path = Path(engine.url.database or "")

    @event.listens_for(engine.sync_engine, "connect")
    def connected(_connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        entry.info[_FILE] = _file(path)

    @event.listens_for(engine.sync_engine, "checkout")
    def checked(_connection: DBAPIConnection, entry: ConnectionPoolEntry, _proxy: Any) -> None:
        if entry.info[_FILE] != _file(path):
            raise DisconnectionError("its file is not in its place any more")


def _reads_only(driver: Any) -> bool:
    # Poolers may keep this to themselves: then it is None.
    return any(driver.pgconn.parameter_status(each) == b"on" for each in _STATUSES)


def _file(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
