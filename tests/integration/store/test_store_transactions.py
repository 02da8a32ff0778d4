"""How transactions begin: at what cost, with what limits on PostgreSQL, behind poolers too."""

import asyncio
from unittest.mock import sentinel

import pytest
from sqlalchemy import BinaryExpression, Select, select, text

from bot.store.database import Database
from bot.store.engine import transaction
from bot.store.errors import BadDatabaseUrl, StoreUnavailable
from bot.store.isolation.reach import Across
from bot.store.models import workspace
from bot.store.unit_of_work import UnitOfWork
from tests.fakes.postgresql import PostgresqlServer
from tests.integration.store.test_store_faults import MEMBER, ONE, read, save, using


async def test_own_options_of_a_url_are_kept(postgresql_url: str) -> None:
    url = f"{postgresql_url}&options=-c%20work_mem%3D7MB&application_name=sample"
    async with using(url, limit_ms=4_321) as database, database.read(ONE) as unit:
        for setting, expected in (
            ("work_mem", "7MB"),
            ("application_name", "sample"),
            ("statement_timeout", "4321ms"),
            ("TimeZone", "UTC"),
        ):
            value = await unit.members._connection.scalar(text(f"SHOW {setting}"))
            assert value == expected


@pytest.mark.parametrize("given", ["0", "-1", "often", "5&prepare_threshold=6", "²"])
async def test_a_bad_number_of_executions_before_preparing(given: str) -> None:
    with pytest.raises(BadDatabaseUrl):
        Database(f"postgresql://sample@host/db?prepare_threshold={given}")


@pytest.mark.parametrize("threshold", ["", "&prepare_threshold=1", "&prepare_threshold=5"])
async def test_the_limits_hold_in_each_transaction_and_in_none_after_it(
    postgresql_url: str, threshold: str
) -> None:
    async with using(f"{postgresql_url}{threshold}", pool_size=1, limit_ms=4_321) as database:
        for _ in range(7):
            await save(database)
            assert await read(database) == MEMBER
        for engine, read_only in ((database._reader, "on"), (database._writer, "off")):
            async with transaction(engine, timeout_ms=4_321, reach=Across.COPYING) as connection:
                assert await connection.scalar(text("SHOW statement_timeout")) == "4321ms"
                assert await connection.scalar(text("SHOW transaction_read_only")) == read_only
            async with engine.connect() as connection:
                raw = await connection.get_raw_connection()
                driver = raw.driver_connection
                assert driver is not None
                for setting, expected in (
                    ("statement_timeout", "0"),
                    ("transaction_read_only", "off"),
                ):
                    cursor = await driver.execute(f"SHOW {setting}")
                    assert (await cursor.fetchone())[0] == expected


async def test_connections_that_were_cut_are_replaced_without_a_failure(
    postgresql_url: str, postgresql_server: PostgresqlServer
) -> None:
    async with using(postgresql_url, pool_size=4) as database:
        await save(database)
        await asyncio.gather(*(read(database) for _ in range(4)), save(database))
        postgresql_server.disconnect(postgresql_url)
        for _ in range(10):
            await save(database)
            assert await read(database) == MEMBER


async def test_a_writer_leaves_a_server_that_only_reads(
    postgresql_url: str, postgresql_server: PostgresqlServer
) -> None:
    name = postgresql_url.partition("?")[0].rpartition("/")[2]
    async with using(postgresql_url) as database:
        await save(database)
        postgresql_server.execute("ALTER DATABASE {} SET default_transaction_read_only = on", name)
        await save(database)  # this connection was there before, and may still write
        await database._writer.dispose()
        with pytest.raises(StoreUnavailable, match="read-only"):
            await save(database)
        postgresql_server.execute("ALTER DATABASE {} RESET default_transaction_read_only", name)
        await save(database)  # on a connection of its own: the old one would refuse for ever


def test_a_unit_of_work_makes_no_statement_before_it_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each command and each nudge has one, and uses few of its repositories."""
    made: list[object] = []
    for kind in (Select, BinaryExpression):
        monkeypatch.setattr(kind, "__init__", lambda self, *_, **__: made.append(self))
    UnitOfWork(sentinel.connection, ONE, sentinel.keys)
    assert made == []
    select(workspace)
    assert len(made) == 1, "else this test could not see any"
