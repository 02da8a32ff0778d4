"""Whatever a database may hold: rows of all tables, made from values that hypothesis draws."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    UniqueConstraint,
    insert,
    select,
)

from bot.store.copies.shapes import CHANGES, OF_THE_SCHEMA
from bot.store.models import metadata
from bot.store.types import Key, TextList, UtcMoment
from tests.fakes.all_rows import as_owner
from tests.integration.store.strategies import TEXTS

Row = dict[str, Any]
Rows = dict[str, list[Row]]
_EACH = 4
_LEFT_OUT = (CHANGES, *OF_THE_SCHEMA)
_SMALL, _INTEGER, _BIG = (1 << 15) - 1, (1 << 31) - 1, (1 << 63) - 1
_MOMENTS = st.datetimes(
    datetime.fromisoformat("0001-01-02"),
    datetime.fromisoformat("9999-12-30"),
    timezones=st.just(UTC),
)
_ONE_OF = re.compile(r"(\w+) IN \((.+)\)")
_BETWEEN = re.compile(r"(\w+) BETWEEN (\d+) AND (\d+)")


@dataclass(frozen=True)
class Values:
    """What cells hold, taken in turn."""

    texts: Sequence[str]
    lists: Sequence[tuple[str, ...]]
    numbers: Sequence[int]
    moments: Sequence[datetime]
    days: Sequence[date]
    bytes_: Sequence[bytes]
    flags: Sequence[bool]


def _several(values: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(values, min_size=3, max_size=7)


VALUES = st.builds(
    Values,
    texts=_several(TEXTS),
    lists=_several(st.lists(TEXTS, max_size=3).map(tuple)),
    numbers=_several(st.integers(0, _BIG) | st.just(_BIG)),
    moments=_several(_MOMENTS),
    days=_several(st.dates()),
    bytes_=_several(st.binary(max_size=40) | st.just(bytes(range(256)))),
    flags=_several(st.booleans()),
)


def rows_of(values: Values) -> Rows:
    """Return some rows of each table, which fulfil what the tables ask."""
    rows: Rows = {}
    turn = _Turn(values)
    for table in metadata.sorted_tables:
        if table.name not in _LEFT_OUT:
            made = [turn.row(table, number, rows) for number in range(_EACH)]
            rows[table.name] = _distinct(table, [each for each in made if each is not None])
    return rows


class _Turn:
    def __init__(self, values: Values) -> None:
        self._values = values
        self._taken = 0

    def row(self, table: Table, number: int, rows: Rows) -> Row | None:
        """Return a row; None where it would have to refer to one that is not there."""
        row: Row = {}
        keys = sorted(table.foreign_key_constraints, key=_order)
        for key in keys:
            if not _refer(key, row, rows, number):
                return None
        for column in table.columns:
            if column.name not in row:
                row[column.name] = self._cell(column, number, unique=_is_unique(column))
        _fulfil(table, row, number)
        return row

    def _cell(self, column: Column[Any], number: int, *, unique: bool) -> Any:
        self._taken += 1
        if column.nullable and self._taken % 3 == 0:
            return None
        match column.type:
            case _ if column.primary_key and isinstance(column.type, Integer):
                return number * 7 + 1
            case Boolean():
                return self._next(self._values.flags)
            case Integer():
                return self._next(self._values.numbers) % (_most(column) + 1)
            case UtcMoment():
                return self._next(self._values.moments)
            case Date():
                return self._next(self._values.days)
            case LargeBinary():
                return self._next(self._values.bytes_)
            case TextList():
                return self._next(self._values.lists)
            case Key():
                text = self._next(self._values.texts)
                return f"{text}{number}" if unique else text
            case _:
                return self._next(self._values.texts)

    def _next(self, values: Sequence[Any]) -> Any:
        return values[self._taken % len(values)]


def _order(key: ForeignKeyConstraint) -> tuple[int, str]:
    return len(key.elements), str(key.name)


def _most(column: Column[Any]) -> int:
    """Return the largest number that PostgreSQL keeps in a column."""
    if isinstance(column.type, SmallInteger):
        return _SMALL
    return _BIG if isinstance(column.type, BigInteger) else _INTEGER


def _is_unique(column: Column[Any]) -> bool:
    constraints = [each for each in column.table.constraints if isinstance(each, UniqueConstraint)]
    return column.primary_key or any(column.name in each.columns for each in constraints)


def _refer(key: ForeignKeyConstraint, row: Row, rows: Rows, number: int) -> bool:
    """Let a row refer to one that is there and agrees with what the row has; else to none."""
    pairs = [(each.parent, each.column.name) for each in key.elements]
    parents = [
        each
        for each in rows[key.referred_table.name]
        if all(row.get(own.name, each[theirs]) == each[theirs] for own, theirs in pairs)
    ]
    free = [own for own, _ in pairs if own.name not in row]
    if not parents:
        row.update({own.name: None for own in free if own.nullable})
        return any(own.nullable for own in free)
    parent = parents[number % len(parents)]
    row.update({own.name: parent[theirs] for own, theirs in pairs})
    return True


def _fulfil(table: Table, row: Row, number: int) -> None:
    for check in table.constraints:
        if not isinstance(check, CheckConstraint):
            continue
        words = str(check.sqltext)
        if found := _ONE_OF.search(words):
            choices = [each.strip(" '") for each in found[2].split(",")]
            row[found[1]] = choices[number % len(choices)]
        elif found := _BETWEEN.search(words):
            row[found[1]] = int(found[2]) + number % (int(found[3]) - int(found[2]) + 1)
        elif "<>" in words:
            row["skill_id" if row["expectation_id"] is not None else "expectation_id"] = None
        elif "enterprise_id IS NOT NULL" in words:
            row["enterprise_id"] = row["enterprise_id"] or "E1"
        else:
            raise AssertionError(f"rows that fulfil {words} are not made yet")


def _distinct(table: Table, rows: list[Row]) -> list[Row]:
    """Leave out what the table's unique keys and indexes would refuse."""
    unique = [
        [column.name for column in each.columns]
        for each in (*table.constraints, *(each for each in table.indexes if each.unique))
        if isinstance(each, UniqueConstraint) or each is table.primary_key or each in table.indexes
    ]
    seen: set[tuple[Any, ...]] = set()
    kept = []
    for row in rows:
        values = {(place, *(row[name] for name in names)) for place, names in enumerate(unique)}
        if not values & seen:
            kept.append(row)
            seen |= values
    return kept


async def write_rows(url: str, rows: Rows) -> None:
    """Write them into a migrated database without rows."""
    async with as_owner(url) as connection:
        for table in metadata.sorted_tables:
            if rows.get(table.name):
                await connection.execute(insert(table), rows[table.name])


async def rows_in(url: str) -> Rows:
    """Return what a database holds, read by the models."""
    found: Rows = {}
    async with as_owner(url) as connection:
        for table in metadata.sorted_tables:
            if table.name not in _LEFT_OUT:
                rows = (await connection.execute(select(table))).mappings()
                found[table.name] = sorted(map(dict, rows), key=repr)
    return found
