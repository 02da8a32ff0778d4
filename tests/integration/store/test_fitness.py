"""Whether a write would work and the schema is whole, in each broken state, on both databases."""

import asyncio
import os
import resource
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from bot.store import migrate
from bot.store.database import Database
from bot.store.engine import transaction
from bot.store.errors import (
    SchemaIncomplete,
    SchemaOutdated,
    StoreError,
    StoreFull,
    StoreReadOnly,
    StoreUnavailable,
)
from bot.store.fitness import probe
from tests.fakes.postgresql import PostgresqlServer
from tests.fakes.scratch import scratch_folder
from tests.integration.store.test_store_faults import LIMIT_MS, MEMBER, read, save, using
from tests.scenario.locked import write_locked

NOBODY = 65534


@pytest.fixture(autouse=True)
def asked_anew(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no answer be a former one."""
    if "moments" not in request.fixturenames:
        monkeypatch.setattr(probe, "WRITTEN_FOR_S", 0.0)
        monkeypatch.setattr(probe, "WHOLE_FOR_S", 0.0)


@pytest.fixture
def moments() -> None:
    """A test takes this that is about how long an answer holds."""


async def spoil(database: Database, statement: str) -> None:
    async with transaction(database._bulk, timeout_ms=5000, reach=None) as connection:
        await connection.execute(text(statement))


async def fault(database: Database) -> StoreError:
    """Return what is wrong; a test fails where nothing is."""
    with pytest.raises(StoreError) as error:
        await database.fitness.check()
    return error.value


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def size_of(url: str) -> int:
    """Return how many bytes the database takes."""
    if url.startswith("sqlite"):
        path = file_of(url)
        return sum(each.stat().st_size for each in path.parent.glob(f"{path.name}*"))
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
        assert row is not None
        return int(row[0])


async def test_asking_adds_nothing(database: Database, database_url: str) -> None:
    await save(database)
    await database.fitness.check()
    before = size_of(database_url)
    for _ in range(40):
        await database.fitness.check()
    # SQLite's log begins anew after 1,000 pages, and PostgreSQL reuses what lies in the one page.
    assert size_of(database_url) - before <= (41 * 4120 if database.dialect == "sqlite" else 0)


async def test_an_answer_holds_for_a_moment(
    moments: None, database: Database, queries: list[str]
) -> None:
    await asyncio.gather(*(database.fitness.check() for _ in range(2)))
    queries.clear()
    for _ in range(20):
        await database.fitness.check()
    assert queries == []


@pytest.mark.parametrize(
    ("statement", "kind", "told"),
    [
        ("DROP TABLE nudge_sender", SchemaIncomplete, "table nudge_sender"),
        ("ALTER TABLE member DROP COLUMN language", SchemaIncomplete, "column member.language"),
        ("DROP TABLE alembic_version", SchemaOutdated, "incomplete"),
        ("DELETE FROM alembic_version", SchemaOutdated, "none"),
        ("UPDATE alembic_version SET version_num = '353bd91b1986'", SchemaOutdated, "353bd91b1986"),
    ],
)
async def test_a_schema_that_is_not_whole(
    database: Database,
    database_url: str,
    statement: str,
    kind: type[StoreError],
    told: str,
) -> None:
    await database.fitness.check()
    await spoil(database, statement)

    error = await fault(database)

    assert type(error) is kind
    assert told in str(error.params)
    # Nor does a process start on it, or an upgrade pass it over.
    with pytest.raises(StoreError) as refusal:
        await migrate.check(database_url)
    assert type(refusal.value) is kind
    if kind is SchemaIncomplete:
        with pytest.raises(SchemaIncomplete):
            await migrate.upgrade(database_url)


async def test_a_newer_schema_that_has_what_is_needed(database: Database) -> None:
    """A version runs on while the next one has upgraded the schema already."""
    await spoil(database, "UPDATE alembic_version SET version_num = 'of_tomorrow'")
    await spoil(database, "ALTER TABLE member ADD COLUMN of_tomorrow TEXT")
    await spoil(database, "CREATE TABLE of_tomorrow (id INTEGER)")
    await database.fitness.check()


async def test_a_migration_under_way_on_postgresql(postgresql_url: str) -> None:
    """It holds the row that is written; that somebody writes is answer enough."""
    async with using(postgresql_url) as database:
        with psycopg.connect(postgresql_url) as other:
            other.execute("UPDATE alembic_version SET version_num = version_num")
            await database.fitness.check()


async def test_a_locked_file(sqlite_url: str) -> None:
    async with using(sqlite_url, limit_ms=LIMIT_MS) as database:
        with write_locked(sqlite_url):
            assert "locked" in str((await fault(database)).params["reason"])
        await database.fitness.check()


@pytest.mark.parametrize("how", ["unlinked", "moved", "folder gone"])
async def test_a_file_that_is_gone(sqlite_url: str, how: str) -> None:
    """What is written to it is lost once the last connection closes, so nothing is."""
    file = file_of(sqlite_url)
    async with using(sqlite_url) as database:
        await save(database)
        await database.fitness.check()
        aside = file.parent.parent / "aside"
        if how == "folder gone":
            file.parent.rename(aside)
        elif how == "moved":
            file.rename(aside)
        else:
            aside.write_bytes(file.read_bytes())
            file.unlink()
        for _ in range(2):
            assert type(await fault(database)) is StoreUnavailable
            with pytest.raises(StoreUnavailable):
                await save(database)
            with pytest.raises(StoreUnavailable):
                await read(database)
        assert not file.exists()  # an empty one in its place would only hide that
        if how == "folder gone":
            aside.rename(file.parent)
        elif how == "moved":
            aside.rename(file)
        if how != "unlinked":
            await database.fitness.check()
            assert await read(database) == MEMBER


async def test_a_file_that_another_took_the_place_of(
    sqlite_url: str, sqlite_template: Path
) -> None:
    file = file_of(sqlite_url)
    async with using(sqlite_url) as database:
        await save(database)
        for each in file.parent.glob(f"{file.name}*"):
            each.unlink()
        shutil.copyfile(sqlite_template, file)
        await database.fitness.check()
        assert await read(database) is None
        await save(database)
    with closing(sqlite3.connect(file)) as other:
        assert other.execute("SELECT count(*) FROM member").fetchone() == (1,)


@pytest.fixture
def own_file(sqlite_template: Path) -> Iterator[Path]:
    """A database in a folder that anybody may enter, of somebody who is not root."""
    with tempfile.TemporaryDirectory(prefix="nextrung-own-", dir=scratch_folder()) as name:
        folder = Path(name)
        file = folder / "own.sqlite"
        shutil.copyfile(sqlite_template, file)
        if os.geteuid() == 0:
            for each in (folder, file):
                os.chown(each, NOBODY, NOBODY)
        yield file


@contextmanager
def only_readable(file: Path) -> Iterator[None]:
    file.chmod(0o400)
    try:
        yield
    finally:
        # What SQLite has made beside it meanwhile is as readable as the file was.
        for each in file.parent.glob(f"{file.name}*"):
            each.chmod(0o600)


@contextmanager
def as_somebody() -> Iterator[None]:
    """Root may write everything: be another account."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


async def test_a_file_that_may_only_be_read(own_file: Path) -> None:
    url = f"sqlite:///{own_file}"
    with as_somebody():
        async with using(url) as database:
            await save(database)
        with only_readable(own_file):
            async with using(url) as database:
                error = await fault(database)
                assert await read(database) == MEMBER
    assert type(error) is StoreReadOnly


async def test_a_file_that_may_be_written_again(own_file: Path) -> None:
    """Connections that could not write are left, each as it is next used."""
    with as_somebody():
        async with using(f"sqlite:///{own_file}") as database:
            with only_readable(own_file):
                await fault(database)
                await read(database)
            for _ in range(2):
                with suppress(StoreReadOnly):
                    await save(database)
                await read(database)
            await database.fitness.check()
            assert await read(database) == MEMBER


async def test_a_server_that_only_reads(
    postgresql_url: str, postgresql_server: PostgresqlServer
) -> None:
    name = postgresql_url.partition("?")[0].rpartition("/")[2]
    async with using(postgresql_url) as database:
        postgresql_server.execute("ALTER DATABASE {} SET default_transaction_read_only = on", name)
        assert type(await fault(database)) is StoreReadOnly
        assert await read(database) is None
        postgresql_server.execute("ALTER DATABASE {} RESET default_transaction_read_only", name)
        await database.fitness.check()


def _not_grow(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA max_page_count = 1")
    cursor.close()


@pytest.fixture
async def without_room(database: Database) -> Database:
    """A database in which no member fits any more, though the probe does."""
    if database.dialect == "postgresql":
        await spoil(
            database,
            "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE"
            " 'could not extend file' USING ERRCODE = 'disk_full'; END $$",
        )
        await spoil(
            database,
            "CREATE TRIGGER no_room BEFORE INSERT ON member"
            " FOR EACH STATEMENT EXECUTE FUNCTION no_room()",
        )
    else:
        await spoil(
            database,
            "CREATE TRIGGER no_room BEFORE INSERT ON member BEGIN"
            " INSERT INTO forgetting (at) VALUES ('at ' || hex(zeroblob(1000000))); END",
        )
        event.listen(database._writer.sync_engine, "connect", _not_grow)
    return database


async def test_a_disk_that_is_full(
    moments: None, without_room: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = without_room
    await database.fitness.check()
    with pytest.raises(StoreFull):
        await save(database)
    assert type(await fault(database)) is StoreFull
    monkeypatch.setattr(probe, "FULL_FOR_S", 0.0)  # a while later
    await database.fitness.check()


@contextmanager
def files_cannot_grow(beyond: int) -> Iterator[None]:
    """Let no file of this process grow beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (beyond, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def test_a_log_of_sqlites_that_cannot_grow(sqlite_url: str) -> None:
    file = file_of(sqlite_url)
    async with using(sqlite_url) as database:
        for _ in range(50):
            await save(database)
        log = file.with_name(f"{file.name}-wal")
        with files_cannot_grow(log.stat().st_size):
            assert isinstance(await fault(database), StoreUnavailable)
        await database.fitness.check()
        await save(database)
