"""A database that is locked, slow, frozen or away gives a typed error in time, and heals."""

import asyncio
import gc
import re
import sqlite3
import threading
import traceback
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.domain.tenancy import Member, Tenant
from bot.store import migrate
from bot.store.connections import Connector, dispose, wait_for_threads
from bot.store.database import Database
from bot.store.engine import LOCK_TURN_S, Purpose, make_engine
from bot.store.errors import BadDatabaseUrl, SchemaOutdated, StoreUnavailable
from bot.store.place.address import parse_url
from bot.time_left import MARGIN_SECONDS, answer_within
from tests.fakes.clock import FrozenClock
from tests.scenario.locked import write_locked

Rows = Sequence[Mapping[str, Any]]

ONE = Tenant("T1")
MEMBER = Member(ONE, "U1")
NOW = FrozenClock().now()
# The database gives up after so long where a test is about that; a crowded machine is slow to tell.
LIMIT_MS = 1_000
IN_TIME_SECONDS = 15.0


@asynccontextmanager
async def using(url: str, *, pool_size: int = 2, limit_ms: int = 20_000) -> AsyncIterator[Database]:
    """Open a database whose limit nobody comes to unless the test says so, on any machine."""
    database = Database(url, pool_size=pool_size, statement_timeout_ms=limit_ms)
    try:
        yield database
    finally:
        await database.dispose()


async def save(database: Database) -> None:
    async with database.write(ONE) as unit:
        await unit.members.save(MEMBER, at=NOW)


async def read(database: Database) -> Member | None:
    async with database.read(ONE) as unit:
        return await unit.members.get("U1")


async def fails_in_time(work: asyncio.Task[object]) -> StoreUnavailable:
    """Return the error; a test fails when it is another one, or takes far too long."""
    async with asyncio.timeout(IN_TIME_SECONDS):
        with pytest.raises(StoreUnavailable) as failure:
            await work
    return failure.value


async def test_a_locked_sqlite_file(sqlite_url: str) -> None:
    path = sqlite_url.removeprefix("sqlite:///")
    async with using(sqlite_url, limit_ms=LIMIT_MS) as database:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            error = await fails_in_time(asyncio.create_task(save(database)))
            assert "locked" in str(error.params["reason"])
            assert await read(database) is None, "readers go on while another process writes"
            other.execute("ROLLBACK")
        await save(database)
        assert await read(database) == MEMBER


async def test_all_that_wait_for_a_lock_are_told_of_it(sqlite_url: str) -> None:
    """Also those behind the one connection that writes: it is not that none is free."""
    async with using(sqlite_url, limit_ms=LIMIT_MS) as database:
        with write_locked(sqlite_url):
            errors = [
                await fails_in_time(each)
                for each in [asyncio.create_task(save(database)) for _ in range(16)]
            ]
        assert {error.params["reason"] for error in errors} == {"database is locked"}
        await save(database)


@pytest.mark.parametrize("calls", [1, 2])
async def test_work_that_is_called_off_leaves_nothing_behind(sqlite_url: str, calls: int) -> None:
    """Called off twice: SQLAlchemy gives up on the connection gracefully, and then by force."""
    ours = asyncio.current_task()
    complaints: list[Mapping[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, told: complaints.append(told))
    async with using(sqlite_url) as database:
        await save(database)
        with write_locked(sqlite_url):
            work = asyncio.create_task(save(database))
            for _ in range(calls):
                # Long enough for the thread to wait in the database.
                await asyncio.wait({work}, timeout=LOCK_TURN_S / 5)
                work.cancel()
            with pytest.raises(asyncio.CancelledError):
                await work
        await save(database)
    gc.collect()
    assert asyncio.all_tasks() == {ours}
    assert complaints == []


async def test_a_wait_takes_what_is_left_of_the_time_to_answer(database_url: str) -> None:
    database = Database(database_url, pool_size=1, statement_timeout_ms=5_000)
    now = asyncio.get_running_loop().time
    async with database.read(ONE):
        with answer_within(MARGIN_SECONDS + 0.1):
            began = now()
            with pytest.raises(StoreUnavailable):
                await read(database)
            assert now() - began < 2
    await database.dispose()


async def test_postgresql_limits_statements_to_what_is_left(postgresql_url: str) -> None:
    database = Database(postgresql_url, statement_timeout_ms=2_000)
    shown = text("SHOW statement_timeout")
    async with database.write(ONE) as unit:
        assert await unit.members._connection.scalar(shown) == "2s"
    with answer_within(MARGIN_SECONDS + 1):
        async with database.write(ONE) as unit:
            assert re.fullmatch(r"9\d\dms|1s", await unit.members._connection.scalar(shown))
    await database.dispose()


async def test_sqlite_writes_are_immediate(sqlite_url: str) -> None:
    """The lock is there before the first statement: no upgrade from reading that can fail."""
    path = sqlite_url.removeprefix("sqlite:///")
    async with using(sqlite_url) as database, database.write(ONE):
        with (
            closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            other.execute("BEGIN IMMEDIATE")


async def test_sqlite_is_set_up_for_many_readers(sqlite_url: str) -> None:
    async with using(sqlite_url) as database:
        for engine in (database._reader, database._writer, database._bulk):
            async with engine.connect() as connection:
                for pragma, expected in (("journal_mode", "wal"), ("foreign_keys", 1)):
                    value = await connection.exec_driver_sql(f"PRAGMA {pragma}")
                    assert value.scalar() == expected
                assert (await connection.exec_driver_sql("PRAGMA synchronous")).scalar() == 1


async def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear reader, " * 100)
    async with using(f"sqlite:///{path}") as database:
        await fails_in_time(asyncio.create_task(read(database)))
        await fails_in_time(asyncio.create_task(database.fitness.check()))
    with pytest.raises(StoreUnavailable):
        await migrate.upgrade(f"sqlite:///{path}")


async def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    async with using(f"sqlite:///{tmp_path}/nowhere/x.sqlite") as database:
        await fails_in_time(asyncio.create_task(database.fitness.check()))


async def test_disposing_waits_for_threads_that_are_still_busy(sqlite_url: str) -> None:
    finish = threading.Event()
    busy = threading.Thread(target=finish.wait, daemon=True)
    busy.start()
    connector = Connector(pragmas=(), lock_timeout_s=1)
    connector.threads.add(busy)
    engine = make_engine(parse_url(sqlite_url), Purpose.BULK)
    wait_for_threads(engine, connector)
    asyncio.get_running_loop().call_later(0.05, finish.set)
    await dispose(engine)
    assert not busy.is_alive()


async def in_use_at_the_end(url: str) -> None:
    """Dispose of a database while a unit of work goes on, and let that come to its end."""
    database, began, disposed = Database(url), asyncio.Event(), asyncio.Event()

    async def dawdle() -> None:
        async with database.read(ONE) as unit:
            began.set()
            await disposed.wait()
            await unit.members.get("U1")

    work = asyncio.create_task(dawdle())
    await began.wait()
    async with asyncio.timeout(IN_TIME_SECONDS):
        await database.dispose()
    disposed.set()
    await fails_in_time(work)


async def test_disposing_closes_what_is_in_use(database_url: str) -> None:
    """It comes back to a pool that nobody closes any more; Python would tell at a collection."""
    await in_use_at_the_end(database_url)
    gc.collect()


async def test_no_free_connection(database_url: str) -> None:
    async with using(database_url, pool_size=1, limit_ms=LIMIT_MS) as database, database.read(ONE):
        error = await fails_in_time(asyncio.create_task(read(database)))
        assert error.params["reason"] == "no free connection"


async def test_a_slow_statement_on_postgresql(postgresql_url: str) -> None:
    async def slow() -> None:
        async with database.write(ONE) as unit:
            await unit.members._connection.execute(text("SELECT pg_sleep(30)"))

    async with using(postgresql_url, limit_ms=LIMIT_MS) as database:
        error = await fails_in_time(asyncio.create_task(slow()))
        assert "timeout" in str(error.params["reason"])
        await save(database)


async def test_a_lock_on_postgresql(postgresql_url: str) -> None:
    # Who holds the lock holds it for longer than the other waits, however crowded the machine is.
    patient = using(postgresql_url, limit_ms=60_000)
    async with using(postgresql_url, limit_ms=LIMIT_MS) as database, patient as other:
        await save(database)
        async with other.write(ONE) as unit:
            await unit.members.save(MEMBER, at=NOW)
            await fails_in_time(asyncio.create_task(save(database)))
            assert await read(database) == MEMBER
        await save(database)


async def test_a_service_that_dawdles_within_its_unit_of_work(database_url: str) -> None:
    async def dawdle() -> None:
        async with database.write(ONE) as unit:
            await unit.members.save(MEMBER, at=NOW)
            await asyncio.Event().wait()

    async with using(database_url, limit_ms=LIMIT_MS) as database:
        error = await fails_in_time(asyncio.create_task(dawdle()))
        assert error.params["reason"] == "no answer in time"
        assert await read(database) is None
        await save(database)


async def test_a_timeout_of_the_service_itself_is_not_ours(database_url: str) -> None:
    async with using(database_url) as database:
        with pytest.raises(TimeoutError):
            async with database.read(ONE):
                raise TimeoutError("of something else")


async def test_nobody_listens_and_the_password_stays_secret() -> None:
    url = "postgresql://sample:hunter2@127.0.0.1:1/nextrung"
    async with using(url) as database:
        error = await fails_in_time(asyncio.create_task(database.fitness.check()))
    assert "hunter2" not in "".join(traceback.format_exception(error))
    with pytest.raises(StoreUnavailable) as failure:
        await migrate.upgrade(url)
    assert "hunter2" not in "".join(traceback.format_exception(failure.value))


@pytest.fixture
def without_tables(empty_url: str) -> str:
    """A database without any table, once of each kind; SQLite's file is there."""
    if empty_url.startswith("sqlite"):
        file = Path(empty_url.removeprefix("sqlite:///"))
        file.parent.mkdir()
        file.touch()
    return empty_url


async def test_a_database_without_tables(without_tables: str) -> None:
    async with using(without_tables) as database:
        for work in (database.fitness.check(), read(database)):
            with pytest.raises(SchemaOutdated) as failure:
                await work
            assert failure.value.params["remedy"] == "nextrung db upgrade"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "   ",
        "nonsense hunter2",
        "mysql://sample:hunter2@host/db",
        "postgresql+asyncpg://sample:hunter2@host/db",
        "postgresql://sample:hunter2@host:port/db",
        "postgresql://sample:hunter2@host",
        "postgresql://",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:hunter2?mode=memory&uri=true",
        "sqlite:///file:hunter2",
        "sqlite://hunter2/path",
        "sqlite+pysqlite:///hunter2",
    ],
)
def test_bad_urls_are_refused_without_repeating_them(url: str) -> None:
    with pytest.raises(BadDatabaseUrl) as refusal:
        Database(url)
    assert "hunter2" not in "".join(traceback.format_exception(refusal.value))


@pytest.mark.parametrize(
    ("url", "dialect"),
    [
        ("sqlite:///relative.sqlite", "sqlite"),
        ("sqlite+aiosqlite:////absolute.sqlite", "sqlite"),
        ("postgres://sample@host/db", "postgresql"),
        ("postgresql://sample:pass@host:5432/db?sslmode=require", "postgresql"),
        (" postgresql+psycopg:///db?host=/run/postgresql\n", "postgresql"),
    ],
)
def test_good_urls(url: str, dialect: str) -> None:
    assert Database(url).dialect == dialect
