"""Behind a real PgBouncer in transaction mode: each transaction on whichever connection is free."""

import asyncio
import re
import traceback
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy import text

from bot.store import migrate, migration_files
from bot.store.copies.work import back_up, restore
from bot.store.database import Database
from bot.store.errors import StoreUnavailable
from tests.docs.pages import ROOT
from tests.fakes.pgbouncer import Pooler, pooled
from tests.fakes.postgresql import PostgresqlServer
from tests.integration.store.holders import join
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
from tests.integration.store.units import clients, work_off

SERVERS = 2
PASSWORDS = (
    "plain",
    "p@:/%#? &=+w",
    "a@b/c?d=e",
    "\"quoted\" 'or not' \\",
    "пароль 密码 ñ",
    "100%25",
)


@pytest.fixture(scope="module")
def pooler(postgresql_server: PostgresqlServer) -> Iterator[Pooler]:
    with pooled(postgresql_server, servers=SERVERS) as pooler:
        yield pooler


@pytest.fixture
def pooled_url(pooler: Pooler, postgresql_url: str) -> str:
    """A migrated database of this test's own, through the pooler."""
    return pooler.url(postgresql_url)


async def test_units_of_several_processes_on_few_connections(
    pooler: Pooler, pooled_url: str
) -> None:
    async with clients(pooled_url, 4) as several:
        assert await work_off(several, units=300, seed=20261129) == {}
    name = pooled_url.rpartition("@/")[2].partition("?")[0]
    assert len([each for each in pooler.shows("SERVERS") if each["database"] == name]) <= SERVERS


async def test_nothing_stays_with_the_connection(pooled_url: str) -> None:
    """What comes to it next finds the server's own settings, no lock and nothing prepared."""
    async with using(pooled_url) as database:
        await asyncio.gather(*(read(database) for _ in range(8)), save(database))
        await database.catalogues.newest()
        engine = database._bulk
        for _ in range(SERVERS * 2):
            async with engine.connect() as connection:
                driver = (await connection.get_raw_connection()).driver_connection
                assert driver is not None
                cursor = await driver.execute(
                    "SELECT current_setting('statement_timeout'), current_setting('search_path'),"
                    " current_setting('transaction_read_only'),"
                    # Of this database alone: other tests hold locks of theirs on the same server.
                    " (SELECT count(*) FROM pg_locks JOIN pg_database ON database = pg_database.oid"
                    "  WHERE locktype = 'advisory' AND datname = current_database()),"
                    " (SELECT count(*) FROM pg_prepared_statements)"
                )
                assert await cursor.fetchone() == ("0", '"$user", public', "off", 0, 0)


async def test_limits_hold(pooled_url: str) -> None:
    async def slow() -> None:
        async with database.write(ONE) as unit:
            await unit.members._connection.execute(text("SELECT pg_sleep(30)"))

    patient = using(pooled_url, limit_ms=60_000)
    async with using(pooled_url, limit_ms=LIMIT_MS) as database, patient as other:
        error = await fails_in_time(asyncio.create_task(slow()))
        assert "timeout" in str(error.params["reason"])
        await save(database)
        async with other.write(ONE) as unit:
            await unit.members.save(MEMBER, at=NOW)
            await fails_in_time(asyncio.create_task(save(database)))
        assert await read(database) == MEMBER


@pytest.mark.parametrize("options", ["", "&schema=own%20%25%22s"])
async def test_migrations_of_several_at_once(
    pooler: Pooler, postgresql_server: PostgresqlServer, options: str
) -> None:
    name = f"pooled_migrations_{len(options)}"
    url = pooler.url(postgresql_server.create(name), options=options)
    await asyncio.gather(*(migrate.upgrade(url) for _ in range(3)))
    await migrate.check(url)
    async with using(url) as database:
        await save(database)
        assert await read(database) == MEMBER
    postgresql_server.drop(name)


async def test_startup_parameters_that_it_refuses_are_named(
    pooler: Pooler, postgresql_url: str
) -> None:
    url = pooler.url(postgresql_url).replace("&pgbouncer=true", "&options=-c%20work_mem%3D7MB")
    async with using(url) as database:
        error = await fails_in_time(asyncio.create_task(database.fitness.check()))
    assert "unsupported startup parameter: options" in str(error.params["reason"])


async def test_a_backup_is_made_and_restored_through_it(pooled_url: str, tmp_path: Path) -> None:
    database = Database(pooled_url)
    await join(database, "U1")
    made = await back_up(pooled_url, tmp_path / "backup.zip", now=NOW)
    await join(database, "U2")
    await database.dispose()

    copied, _ = await restore(pooled_url, tmp_path / "backup.zip", now=NOW, replace=True)

    assert copied == made


def test_nothing_is_asked_of_the_session() -> None:
    """A pooler would lose it, or hand it on: locks, settings, channels, temporary tables."""
    of_a_session = re.compile(
        r"pg_(try_)?advisory_(un)?lock|\b(UN)?LISTEN \w|\bNOTIFY \w|\bTEMP(ORARY)? TABLE"
        r"|WITH HOLD|set_config\((?!.*, true\))|[\"']PREPARE \w|[\"']SET (?!LOCAL|NULL)",
    )
    assert of_a_session.search("SELECT pg_advisory_lock(1)")
    folders = (ROOT / "bot" / "store", migration_files.folder())
    sources = [each for folder in folders for each in folder.rglob("*.py")]
    assert len(sources) > 20
    for each in sources:
        assert not of_a_session.search(each.read_text(encoding="utf-8")), each


@pytest.fixture(scope="module")
def guarded(postgresql_server: PostgresqlServer) -> Iterator[Pooler]:
    passwords = {f"user{number}": password for number, password in enumerate(PASSWORDS)}
    with pooled(postgresql_server, passwords=passwords) as pooler:
        yield pooler


@pytest.mark.parametrize(
    ("number", "written"),
    [
        *((number, quote(password, safe="")) for number, password in enumerate(PASSWORDS)),
        # Where it can be told apart it need not be encoded; %25 is how a percent sign is.
        *enumerate(PASSWORDS[:-1]),
    ],
)
async def test_passwords_arrive(
    guarded: Pooler, postgresql_url: str, number: int, written: str
) -> None:
    account = f"user{number}:{written}"
    async with using(guarded.url(postgresql_url, account=account)) as database:
        await database.fitness.check()
    async with using(guarded.url(postgresql_url, account=f"{account}x")) as database:
        with pytest.raises(StoreUnavailable) as refusal:
            await database.fitness.check()
    shown = "".join(traceback.format_exception(refusal.value))
    assert PASSWORDS[number] not in shown
    assert written not in shown
