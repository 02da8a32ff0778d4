"""The one place where the two databases' SQL is told apart: an INSERT that meets an existing row.

Both dialects spell it alike, so SQLite's construct stands for either in the annotations.
"""

from typing import TYPE_CHECKING, cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

if TYPE_CHECKING:
    from sqlalchemy.dialects.sqlite import Insert


def insert_into(connection: AsyncConnection, table: Table) -> "Insert":
    """Return an INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
    if connection.dialect.name == "postgresql":
        return cast("Insert", postgresql.insert(table))
    return sqlite.insert(table)
