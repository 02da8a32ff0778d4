"""The content of a revision, read with one statement, and with more where it is large.

A thread makes content of what the database has put together as JSON: row for row, the event loop
would do so, or hand a thread back and forth thousands of times.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    Table,
    bindparam,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.framework import CatalogueContent
from bot.pauses import Pause, in_turns, no_pause
from bot.store.catalogue.content_maker import COLUMNS, ContentMaker, Row
from bot.store.catalogue.revision_models import expectation
from bot.store.dialect import json_lines
from bot.store.together import converters

PAGE = 4_000
"""Rows of each table per statement: what is in memory twice for a moment stays small."""

# Lines that a fraction of a millisecond is enough for.
_TURN = 200
_TABLES = tuple(COLUMNS)


class ContentReader:
    """Reads the content of one revision."""

    def __init__(
        self, connection: AsyncConnection, revision_id: int, pause: Pause = no_pause
    ) -> None:
        """Call `pause` now and then in the thread that computes."""
        self._connection = connection
        self._revision_id = revision_id
        self._pause = pause

    async def read(self, *, name: str, base_locale: str) -> CatalogueContent:
        """Return everything the owner published, in the owner's order."""
        pages = {table: [page] for table, page in (await self._first_pages()).items()}
        for table, found in pages.items():
            while table is not expectation and len(found[-1]) == PAGE:
                found.append(await self._next_page(table, found[-1]))
        page = pages[expectation].pop()
        maker = await asyncio.to_thread(self._maker, pages, page)
        while len(page) == PAGE:
            page = await self._next_page(expectation, page)
            await asyncio.to_thread(maker.add, page)
        return maker.content(name=name, base_locale=base_locale)

    def _maker(
        self, pages: Mapping[Table, Sequence[Sequence[Row]]], cells: list[Row]
    ) -> ContentMaker:
        rows = {table: [row for page in found for row in page] for table, found in pages.items()}
        maker = ContentMaker(rows, self._pause)
        maker.add(cells)
        return maker

    async def _first_pages(self) -> dict[Table, list[Row]]:
        values = {"revision": self._revision_id, "last": -1, "most": PAGE}
        found = (await self._connection.execute(_first(), values)).all()
        texts = {_TABLES[part]: text for part, text in found}
        return await asyncio.to_thread(self._all_decoded, texts)

    async def _next_page(self, table: Table, before: Sequence[Row]) -> list[Row]:
        values = {"revision": self._revision_id, "last": before[-1][0], "most": PAGE}
        text = await self._connection.scalar(_page(table), values)
        return await asyncio.to_thread(self._decoded, table, text)

    def _all_decoded(self, texts: Mapping[Table, str | None]) -> dict[Table, list[Row]]:
        return {table: self._decoded(table, texts.get(table)) for table in _TABLES}

    def _decoded(self, table: Table, text: str | None) -> list[Row]:
        """Return the rows of a page by their ids in order."""
        lines = text.split("\n") if text else []
        rows: list[Row] = []
        needed = _converters(table)
        starts = range(0, len(lines), _TURN)
        for start in in_turns(starts, self._pause, every=1):
            some = json.loads(f"[{','.join(lines[start : start + _TURN])}]")
            for place, convert in needed:
                for row in some:
                    if row[place] is not None:
                        row[place] = convert(row[place])
            rows += some
        return sorted(rows, key=itemgetter(0))


@cache
def _converters(table: Table) -> Any:
    return converters(each.type for each in _read_of(table))


def _read_of(table: Table) -> list[Any]:
    return [table.c.id, *(table.c[name] for name in COLUMNS[table])]


@cache
def _page(table: Table) -> Select[Any]:
    return _lines(table).with_only_columns(_lines(table).selected_columns.lines)


@cache
def _first() -> CompoundSelect[Any]:
    return union_all(*(_lines(table) for table in _TABLES))


@cache
def _lines(table: Table) -> Select[Any]:
    """Return the statement for the number of a table among all, and a page of it as text."""
    rows = (
        select(*_read_of(table))
        .where(table.c.revision_id == bindparam("revision"), table.c.id > bindparam("last"))
        .order_by(table.c.id)
        .limit(bindparam("most", type_=Integer()))
        .subquery()
    )
    number: ColumnElement[Any] = literal_column(str(_TABLES.index(table)))
    return select(number.label("part"), json_lines(*rows.c).label("lines"))
