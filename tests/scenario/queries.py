"""Counting the SQL that a database is sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from bot.store.database import Database


@contextmanager
def recorded_queries(database: Database) -> Iterator[list[str]]:
    """Collect the statements sent while the block runs, in order."""
    sent: list[str] = []

    def record(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    engines = [each.sync_engine for each in (database._reader, database._writer, database._bulk)]
    for engine in engines:
        event.listen(engine, "before_cursor_execute", record)
    try:
        yield sent
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", record)
