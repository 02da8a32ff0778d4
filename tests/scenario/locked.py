"""A database that somebody else holds."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager


@contextmanager
def write_locked(url: str) -> Iterator[None]:
    """Hold the one write transaction of a SQLite file; reading goes on."""
    path = url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
