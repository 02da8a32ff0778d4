"""A PostgreSQL server that freezes, stops, takes no more writes, or that another stands in for."""

import asyncio
import os
import signal
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

import psycopg
import pytest
from sqlalchemy import Table, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.tenancy import Member
from bot.store import dialect, engine, migrate
from bot.store.database import Database
from bot.store.errors import StoreReadOnly, StoreUnavailable
from bot.store.place import condition
from tests.factories import big_catalogue
from tests.fakes.forwarder import forwarding
from tests.fakes.postgresql import PostgresqlServer, running_server
from tests.integration.store.test_store_faults import (
    LIMIT_MS,
    MEMBER,
    NOW,
    ONE,
    fails_in_time,
    read,
    save,
    using,
)

Rows = Sequence[Mapping[str, Any]]
READ_ONLY = "default_transaction_read_only"
PATIENCE_SECONDS = 60.0  # a busy machine is slow
# The server is shared by all processes that test.
MOVED = f"moved_{os.getpid()}"
SECOND = Member(ONE, "U2")


@pytest.fixture(scope="module")
def own_server() -> Iterator[PostgresqlServer]:
    """A server that a test may stop without harm to others."""
    with running_server() as server:
        yield server


async def comes_back(database: Database) -> bool:
    """Tell whether a database is read again, within as many tries as a busy machine may need."""
    for _ in range(40):
        with suppress(StoreUnavailable):
            await read(database)
            return True
    return False


async def test_postgresql_that_freezes(own_server: PostgresqlServer) -> None:
    url = own_server.create("frozen")
    await migrate.upgrade(url)
    async with using(url, pool_size=1, limit_ms=LIMIT_MS) as database:
        async with database.read(ONE) as unit:
            process = await unit.members._connection.scalar(text("SELECT pg_backend_pid()"))
        os.kill(process, signal.SIGSTOP)
        try:
            await fails_in_time(asyncio.create_task(read(database)))
        finally:
            os.kill(process, signal.SIGCONT)
        assert await comes_back(database)


async def test_postgresql_that_stops_and_comes_back(own_server: PostgresqlServer) -> None:
    url = own_server.create("restarted")
    await migrate.upgrade(url)
    async with using(url) as database:
        await save(database)
        assert await read(database) == MEMBER
        await asyncio.to_thread(own_server.stop)
        try:
            for work in (read(database), save(database), database.fitness.check()):
                await fails_in_time(asyncio.create_task(work))
            await fails_in_time(asyncio.create_task(database.catalogues.newest()))
            with pytest.raises(StoreUnavailable):
                await migrate.current(url)
        finally:
            await asyncio.to_thread(own_server.start)
        assert await read(database) == MEMBER
        await save(database)


async def test_postgresql_that_drops_the_connection_of_a_publication(
    own_server: PostgresqlServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = own_server.create("dropped")
    await migrate.upgrade(url)
    content = big_catalogue(skills=12, roles=3, expectations=60)
    insert_many = dialect.insert_many

    async def cut_off(connection: AsyncConnection, table: Table, rows: Rows) -> None:
        process = await connection.scalar(text("SELECT pg_backend_pid()"))
        await asyncio.to_thread(own_server.execute, f"SELECT pg_terminate_backend({process})")
        await insert_many(connection, table, rows)

    async def publish(database: Database) -> int:
        info = await database.catalogues.publish(
            content, catalogue_key="sample", author="", note="", at=NOW
        )
        return info.number

    async with using(url) as database:
        with monkeypatch.context() as patch:
            patch.setattr("bot.store.catalogue.revisions.insert_many", cut_off)
            await fails_in_time(asyncio.create_task(publish(database)))
        assert await database.catalogues.newest() == {}
        assert await publish(database) == 1


@pytest.fixture
def read_only_later(own_server: PostgresqlServer) -> Iterator[PostgresqlServer]:
    """A server that `let_write` makes read-only for everybody, also for those connected."""
    yield own_server
    let_write(own_server, may=True)


def let_write(server: PostgresqlServer, *, may: bool) -> None:
    server.execute(f"ALTER SYSTEM SET {READ_ONLY} = {'off' if may else 'on'}")
    server.execute("SELECT pg_reload_conf()")
    # Once a new connection has it the others are told; they read it as they wake.
    ends = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < ends:
        with psycopg.connect(server.url()) as new:
            if new.execute(f"SHOW {READ_ONLY}").fetchall() == [("off" if may else "on",)]:
                return
    raise AssertionError("the server did not take the setting")


@pytest.fixture
def successor(postgresql_server: PostgresqlServer, postgresql_template: str) -> Iterator[str]:
    """A database on another server, of the name that the tests below use on the first one."""
    yield postgresql_server.create(MOVED, template=postgresql_template)
    postgresql_server.drop(MOVED)


@pytest.mark.parametrize("told", [True, False])
async def test_a_primary_that_turns_read_only_is_left_for_its_successor(
    read_only_later: PostgresqlServer,
    successor: str,
    monkeypatch: pytest.MonkeyPatch,
    told: bool,
) -> None:
    """Told by the server as the transaction begins, the first write succeeds; else the next."""
    if not told:  # as behind some poolers
        monkeypatch.setattr(condition, "_STATUSES", ())
    own = read_only_later.create(MOVED)
    await migrate.upgrade(own)
    async with forwarding(own) as way, using(way.url(own)) as database:
        await asyncio.gather(save(database), *(read(database) for _ in range(2)))
        let_write(read_only_later, may=False)
        way.lead_to(successor)
        if not told:
            with pytest.raises(StoreReadOnly):
                await save(database)
        async with database.write(ONE) as unit:
            await unit.members.save(SECOND, at=NOW)
        async with database.read(ONE) as unit:  # readers left it as well
            assert await unit.members.get(SECOND.slack_id) == SECOND
            assert await unit.members.get(MEMBER.slack_id) is None
        await database.fitness.check()
    let_write(read_only_later, may=True)
    read_only_later.drop(MOVED)


async def test_readers_alone_leave_a_server_that_turned(
    read_only_later: PostgresqlServer, successor: str
) -> None:
    own = read_only_later.create(MOVED)
    await migrate.upgrade(own)
    async with forwarding(own) as way, using(way.url(own), pool_size=1) as database:
        await save(database)
        assert await read(database) == MEMBER
        let_write(read_only_later, may=False)
        way.lead_to(successor)
        await database._writer.dispose()  # nobody writes
        assert await read(database) is None
    let_write(read_only_later, may=True)
    read_only_later.drop(MOVED)


async def test_a_server_that_went_silent_costs_one_command(postgresql_url: str) -> None:
    """Not one for each connection of the pool."""
    async with (
        forwarding(postgresql_url) as way,
        using(way.url(postgresql_url), pool_size=4, limit_ms=LIMIT_MS) as database,
    ):
        await save(database)
        await asyncio.gather(*(read(database) for _ in range(4)))
        way.freeze()
        error = await fails_in_time(asyncio.create_task(read(database)))
        assert error.params["reason"] == "no answer in time"
        await asyncio.gather(save(database), *(read(database) for _ in range(4)))


async def test_what_a_frozen_process_has_locked_is_free_again(
    postgresql_bot_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "MOST_IDLE_S", 1)
    frozen, other = (Database(postgresql_bot_url, statement_timeout_ms=20_000) for _ in range(2))

    async def freeze() -> None:
        async with frozen.write(ONE) as unit:
            await unit.members.save(MEMBER, at=NOW)
            # It comes to nothing more here until the other one, who waits for it, is through.
            await save(other)

    with pytest.raises(StoreUnavailable):
        await freeze()
    assert await read(other) == MEMBER
    for each in (frozen, other):
        await each.dispose()
