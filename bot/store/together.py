"""Several SELECTs as one statement: one round trip to the database, and one moment for them all."""

import json
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Boolean, Date, Select, literal_column, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeEngine

from bot.store.dialect import json_row
from bot.store.types import TextList, UtcMoment

Rows = Sequence[Any]
"""Rows of one of the SELECTs: each column under its own name, in no particular order."""


class Together:
    """A statement that is built once and read often. Not for columns of floats or bytes."""

    def __init__(self, queries: Mapping[str, Select[Any]]) -> None:
        """Put SELECTs together; their bound values are given to `read`, by name."""
        self._names = tuple(queries)
        self._makers = [_maker(each) for each in queries.values()]
        parts = []
        for number, query in enumerate(queries.values()):
            part = query.subquery()
            row = json_row(*part.c).label("row")
            parts.append(select(literal_column(str(number)).label("part"), row))
        self._statement = union_all(*parts)

    async def read(
        self, connection: AsyncConnection, values: Mapping[str, Any]
    ) -> Mapping[str, Rows]:
        """Return the rows of each SELECT by its name."""
        found: list[list[Any]] = [[] for _ in self._names]
        for part, row in (await connection.execute(self._statement, {**values})).all():
            # PostgreSQL's driver has decoded it already.
            cells = json.loads(row) if isinstance(row, str) else row
            found[part].append(self._makers[part](cells))
        return dict(zip(self._names, found, strict=True))


def _maker(query: Select[Any]) -> Callable[[list[Any]], Any]:
    """Return what makes a row, with names and types, of what JSON kept of it."""
    columns = query.selected_columns
    record = namedtuple("record", [each.key for each in columns])  # type: ignore[misc]
    needed = converters(each.type for each in columns)

    def make(cells: list[Any]) -> Any:
        for place, convert in needed:
            if cells[place] is not None:
                cells[place] = convert(cells[place])
        return record._make(cells)

    return make


def converters(
    kinds: Iterable[TypeEngine[Any]],
) -> Sequence[tuple[int, Callable[[Any], Any]]]:
    """Return what makes of JSON's values again what they were, with the places that need it."""
    found = [(place, _converter(each)) for place, each in enumerate(kinds)]
    return [(place, convert) for place, convert in found if convert is not None]


def _converter(kind: TypeEngine[Any]) -> Callable[[Any], Any] | None:
    match kind:
        case UtcMoment():
            return _moment
        case Date():
            return date.fromisoformat
        case Boolean():
            return bool  # SQLite's are numbers
        case TextList():
            return _texts
        case _:
            return None


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _texts(text: str) -> tuple[str, ...]:
    return () if text == "[]" else tuple(json.loads(text))
