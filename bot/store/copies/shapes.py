"""Which tables a schema has and what their columns hold, told alike for both databases.

The migrations themselves tell: they build each schema that this version knows, in memory. So the
database of an older version can be read, and one of its backups restored as what it was.
"""

from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    Select,
    String,
    Table,
    Text,
    collate,
    create_engine,
    select,
)
from sqlalchemy.types import TypeEngine

from bot.store import migration_scripts
from bot.store.types import UtcMoment
from bot.values import dataclass

OF_THE_SCHEMA = ("alembic_version", "schema_floor")
"""Tables that say which schema it is: made by migrating, and no part of what is kept."""
CHANGES = "change"
"""What changed and in which order: for caches of running processes, and not copied."""


class Kind(StrEnum):
    """What a column holds."""

    INTEGER = "integer"
    BOOLEAN = "boolean"
    TEXT = "text"
    MOMENT = "moment"
    DATE = "date"
    BYTES = "bytes"


_REFLECTED: tuple[tuple[type[TypeEngine[Any]], Kind], ...] = (
    (Boolean, Kind.BOOLEAN),
    (Integer, Kind.INTEGER),
    (DateTime, Kind.MOMENT),
    (Date, Kind.DATE),
    (LargeBinary, Kind.BYTES),
    (String, Kind.TEXT),
)
_TYPES: dict[Kind, type[TypeEngine[Any]]] = {
    Kind.INTEGER: BigInteger,
    Kind.BOOLEAN: Boolean,
    Kind.TEXT: Text,
    Kind.MOMENT: UtcMoment,
    Kind.DATE: Date,
    Kind.BYTES: LargeBinary,
}


@dataclass(frozen=True, slots=True)
class Shape:
    """A table: its columns in their order, and those of its primary key.

    `numbered` names the column whose ids the database gives out, if there is one.
    """

    name: str
    columns: tuple[tuple[str, Kind], ...]
    key: tuple[str, ...]
    numbered: str | None

    def table(self) -> Table:
        """Return it for SQL of either database."""
        columns = (Column(name, _TYPES[kind]) for name, kind in self.columns)
        return Table(self.name, MetaData(), *columns)

    def rows(self, dialect: str) -> Select[Any]:
        """Return the query of all rows, in the same order on both databases."""
        table, kinds = self.table(), dict(self.columns)
        by_bytes = {Kind.TEXT} if dialect == "postgresql" else set()  # as SQLite sorts texts
        order = [
            collate(table.c[name], "C") if kinds[name] in by_bytes else table.c[name]
            for name in self.key
        ]
        return select(table).order_by(*order)


@cache
def shapes_at(revision: str) -> tuple[Shape, ...]:
    """Return the tables of the schema of a migration, each after those that it refers to."""
    engine = create_engine("sqlite://")
    tables = MetaData()
    try:
        with engine.begin() as connection:
            migration_scripts.upgrade(connection, revision)
            tables.reflect(connection)
    finally:
        engine.dispose()
    return tuple(_shape(each) for each in tables.sorted_tables if each.name not in OF_THE_SCHEMA)


def _shape(table: Table) -> Shape:
    columns = tuple((column.name, _kind(column)) for column in table.columns)
    key = tuple(column.name for column in table.primary_key.columns)
    numbered = None
    if len(key) == 1 and dict(columns)[key[0]] is Kind.INTEGER:
        numbered = None if table.c[key[0]].foreign_keys else key[0]
    return Shape(table.name, columns, key, numbered)


def _kind(column: Column[Any]) -> Kind:
    return next(kind for type_, kind in _REFLECTED if isinstance(column.type, type_))
