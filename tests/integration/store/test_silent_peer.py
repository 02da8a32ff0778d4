"""What takes a connection and says nothing more, at any step: a frozen pooler, a lost network.

All comes to an end in the time that was set, and nothing is lost for good: each connection that is
given up on leaves its place in the pool to another.
"""

import asyncio
import gc
import socket
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import (
    AbstractAsyncContextManager,
    ExitStack,
    asynccontextmanager,
    closing,
    contextmanager,
)
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import QueuePool
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store import migrate
from bot.store.database import Database
from bot.store.engine import transaction
from bot.store.errors import StoreUnavailable
from tests.fakes.forwarder import Forwarder, forwarding
from tests.integration.store.test_store_faults import MEMBER, NOW, ONE, read, save, using

POOL = 2
# A crowded machine comes to the silence within it. The driver itself would wait five seconds for a
# server to cancel a statement, SQLAlchemy for ever for one to roll back.
LIMIT_MS = 500
IN_TIME_SECONDS = 4.0
Work = Callable[[Database], Coroutine[Any, Any, object]]


class Refused(Exception):
    """What a service raises within its unit of work."""


async def refuse(database: Database) -> None:
    async with database.write(ONE) as unit:
        await unit.members.save(MEMBER, at=NOW)
        raise Refused


async def dawdle(database: Database) -> None:
    async with database.write(ONE) as unit:
        await unit.members.save(MEMBER, at=NOW)
        await asyncio.Event().wait()


async def check(database: Database) -> None:
    await database.fitness.check()


async def poll(database: Database) -> None:
    await database.changes_since(None)


async def hear(database: Database) -> None:
    await database.catalogues.newest()


async def given_up(work: Coroutine[Any, Any, object]) -> None:
    """Hold that the store gives up on it in time; what hangs for good must not hang the test."""
    now = asyncio.get_running_loop().time
    began, task = now(), asyncio.create_task(work)
    await asyncio.wait({task}, timeout=IN_TIME_SECONDS)
    assert task.done(), "it waits for the silent server"
    assert now() - began < IN_TIME_SECONDS
    assert isinstance(task.exception(), StoreUnavailable), task.exception()


def impatient(url: str) -> AbstractAsyncContextManager[Database]:
    return using(url, pool_size=POOL, limit_ms=LIMIT_MS)


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[tuple[Forwarder, Database]]:
    """A database by way of a forwarder, with every connection of its pools open."""
    async with forwarding(url) as way, impatient(way.url(url)) as database:
        await all_work(database)
        try:
            yield way, database
        finally:
            way.thaw()


async def all_work(database: Database) -> None:
    """Use every connection of both pools at once: none was lost."""
    met = asyncio.Barrier(POOL)

    async def together(engine: AsyncEngine) -> None:
        async with transaction(engine, timeout_ms=10_000, reach=ONE):
            await met.wait()

    for engine in (database._reader, database._writer):
        await asyncio.gather(*(together(engine) for _ in range(POOL)))


def lent(database: Database) -> list[int]:
    """Return how many connections of each pool are in use."""
    pools = [each.pool for each in (database._reader, database._writer)]
    return [each.checkedout() for each in pools if isinstance(each, QueuePool)]


@pytest.mark.parametrize("all_of_it", [True, False], ids=["also-new-ones", "old-connections"])
@pytest.mark.parametrize(
    ("word", "work"),
    [
        (b"BEGIN", read),
        (b"BEGIN", save),
        (b"FROM member", read),
        (b"INTO member", save),
        (b"COMMIT", save),
        (b"ROLLBACK", read),
        (b"ROLLBACK", refuse),
        (b"INTO member", dawdle),
        (b"UPDATE alembic_version", check),
        (b"COMMIT", check),
        (b"ROLLBACK", poll),
        (b"ROLLBACK", hear),
    ],
)
async def test_a_peer_that_falls_silent(
    postgresql_url: str, word: bytes, work: Work, all_of_it: bool
) -> None:
    async with opened(postgresql_url) as (way, database):
        way.freeze_at(word, all_of_it=all_of_it)
        await given_up(work(database))
        assert way.frozen.is_set()
        assert lent(database) == [0, 0]
        way.thaw()
        await all_work(database)


async def test_a_service_that_dawdles_before_a_silent_peer(postgresql_url: str) -> None:
    """It is called off outside of the driver, which then asks nothing more of the server."""
    async with opened(postgresql_url) as (way, database):

        async def freeze_and_dawdle() -> None:
            async with database.write(ONE) as unit:
                await unit.members.save(MEMBER, at=NOW)
                way.freeze(all_of_it=True)
                await asyncio.Event().wait()

        await given_up(freeze_and_dawdle())
        assert lent(database) == [0, 0]
        way.thaw()
        await all_work(database)


@pytest.mark.parametrize("work", [read, save, check, poll, hear])
async def test_a_peer_that_takes_a_connection_and_never_speaks(
    postgresql_url: str, work: Work
) -> None:
    async with forwarding(postgresql_url) as way, impatient(way.url(postgresql_url)) as database:
        way.freeze(all_of_it=True)
        await given_up(work(database))
        assert lent(database) == [0, 0]
        way.thaw()
        await all_work(database)


@contextmanager
def crowded(folder: Path, kind: socket.AddressFamily) -> Iterator[tuple[socket.socket, str]]:
    """A socket that listens, with more who wait to be taken than it has room for.

    A connection by TCP then gets no answer at all, one by a file is refused at once.
    """
    with closing(socket.socket(kind)) as listener, ExitStack() as waiting:
        by_file = kind == socket.AF_UNIX
        place: Any = str(folder / ".s.PGSQL.5432") if by_file else ("127.0.0.1", 0)
        listener.bind(place)
        listener.listen(0)
        for _ in range(8):
            other = waiting.enter_context(closing(socket.socket(kind)))
            other.setblocking(False)
            other.connect_ex(listener.getsockname())
        where = f"host={folder}" if by_file else f"host=127.0.0.1&port={listener.getsockname()[1]}"
        yield listener, where


@pytest.mark.parametrize("kind", [socket.AF_UNIX, socket.AF_INET], ids=["file", "tcp"])
async def test_a_peer_that_takes_no_connection(
    postgresql_url: str, tmp_path: Path, kind: socket.AddressFamily
) -> None:
    name = make_url(postgresql_url).database
    with crowded(tmp_path, kind) as (listener, where):
        async with impatient(f"postgresql://postgres@/{name}?{where}") as database:
            for work in (read, save, check, poll):
                await given_up(work(database))
            assert lent(database) == [0, 0]
            way = Forwarder(tmp_path, postgresql_url)
            async with await asyncio.start_server(way.serve, sock=listener.dup()):
                await all_work(database)
                await way.end()


async def test_a_peer_that_falls_silent_as_a_first_connection_is_looked_at(
    postgresql_url: str,
) -> None:
    """SQLAlchemy asks its first connection of what version and settings the server is."""
    async with forwarding(postgresql_url) as way, impatient(way.url(postgresql_url)) as database:
        way.freeze_at(b"version()", all_of_it=True)
        await given_up(read(database))
        assert way.frozen.is_set()
        way.thaw()
        await all_work(database)
        gc.collect()


@pytest.mark.parametrize("word", [b"BEGIN", b"FROM pg_catalog", b"ROLLBACK"])
async def test_a_command_line_that_is_called_off_twice_ends(
    postgresql_url: str, word: bytes
) -> None:
    """Without a limit of time, as at a migration: by Ctrl+C."""
    async with forwarding(postgresql_url) as way:
        way.freeze_at(word, all_of_it=True)
        task = asyncio.create_task(migrate.current(way.url(postgresql_url)))
        await way.frozen.wait()
        for _ in range(2):
            task.cancel()
            # The driver takes two turns of the loop for what is polite.
            await asyncio.wait({task}, timeout=0.05)
        await asyncio.wait({task}, timeout=IN_TIME_SECONDS)
        assert task.cancelled()
        way.thaw()
        assert await migrate.current(way.url(postgresql_url))
