"""Cursors on SQLite: how rows come, and what becomes of a statement that is called off."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from functools import partial
from itertools import count
from threading import Event

import pytest

from bot.store.connections import Connection

_NUMBERS = """
    WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
    SELECT n FROM numbers WHERE n > 0
"""


@pytest.fixture
async def connection() -> AsyncIterator[Connection]:
    made = Connection(partial(sqlite3.connect, ":memory:", check_same_thread=False), 64)
    yield await made  # type: ignore[misc]
    await made.close()


@pytest.mark.parametrize("rows", [0, 1, 255, 256, 257, 1000])
async def test_all_rows_come_in_order_however_they_are_fetched(
    connection: Connection, rows: int
) -> None:
    every = [(number,) for number in range(1, rows + 1)]

    async with connection.cursor() as cursor:
        await cursor.execute(_NUMBERS, [rows])
        assert list(await cursor.fetchall()) == every
        assert list(await cursor.fetchall()) == []
        await cursor.execute(_NUMBERS, [rows])
        found = [await cursor.fetchone(), *await cursor.fetchmany(300), *await cursor.fetchall()]
        assert [each for each in found if each] == every[:rows]
        await cursor.execute(_NUMBERS, [rows])
        assert [each async for each in cursor] == every


async def test_a_statement_that_is_called_off_is_ended_in_its_own_thread(
    connection: Connection,
) -> None:
    begun, go, calls = Event(), Event(), count()

    def hold() -> int:
        begun.set()
        go.wait(5)
        return next(calls)

    await connection.create_function("hold", 0, hold)
    cursor = await connection.cursor()
    waiting = asyncio.ensure_future(cursor.execute("SELECT hold()"))
    await asyncio.to_thread(begun.wait, 5)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    ending = asyncio.ensure_future(cursor.close())
    # This loop goes on, though the statement does.
    await asyncio.sleep(0)
    assert not ending.done()
    go.set()
    await ending
    assert next(calls) == 1
    async with connection.cursor() as another:
        await another.execute("SELECT 7")
        assert await another.fetchone() == (7,)
