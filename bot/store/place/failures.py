"""What a driver raises, as the typed errors of the store."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    NotSupportedError,
    ProgrammingError,
)

from bot.store.errors import SchemaOutdated, StoreFull, StoreReadOnly, StoreUnavailable

UPGRADE_COMMAND = "nextrung db upgrade"
NO_CONNECTION = "no free connection"
_READ_ONLY = "25006"  # PostgreSQL: a write in a transaction, or on a server, that only reads
_NO_ROOM = "53100"  # PostgreSQL: disk full
_NOT_ALLOWED = "42501"  # PostgreSQL: the role lacks a right
_UNDEFINED = frozenset({"42P01", "42703"})  # PostgreSQL: undefined table, undefined column
_SQLITE_UNDEFINED = ("no such table", "no such column", "has no column named")
# Errors of our own making; everything else that a driver raises is the database's condition.
_BUGS = (IntegrityError, ProgrammingError, DataError, NotSupportedError)


@contextmanager
def store_errors() -> Iterator[None]:
    """Turn what the drivers raise about the database's condition into `StoreError`s."""
    try:
        yield
    except DBAPIError as error:
        if _schema_is_missing(error):
            raise SchemaOutdated(
                found="incomplete", expected="newest", remedy=UPGRADE_COMMAND
            ) from error
        if _is_bug(error):
            raise
        raise condition_behind(error.orig).because(error.orig) from error


def condition_behind(error: BaseException | None) -> type[StoreUnavailable]:
    """Return what a driver's error says of the database."""
    state = getattr(error, "sqlstate", None)
    # Its lowest byte is the kind; what stands above it tells more.
    sqlite = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if state == _READ_ONLY or sqlite == sqlite3.SQLITE_READONLY:
        return StoreReadOnly
    if state == _NO_ROOM or sqlite == sqlite3.SQLITE_FULL:
        return StoreFull
    return StoreUnavailable


def _is_bug(error: DBAPIError) -> bool:
    if error.connection_invalidated or getattr(error.orig, "sqlstate", None) == _NOT_ALLOWED:
        return False
    return isinstance(error, _BUGS)


def is_locked(error: DBAPIError) -> bool:
    """Tell whether SQLite's file is locked by somebody else."""
    return "database is locked" in str(error.orig)


def _schema_is_missing(error: DBAPIError) -> bool:
    if getattr(error.orig, "sqlstate", None) in _UNDEFINED:
        return True
    return any(words in str(error.orig) for words in _SQLITE_UNDEFINED)
