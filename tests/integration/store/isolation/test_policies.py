"""Below the queries: whatever a statement asks for, PostgreSQL shows one tenant's rows alone."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.engine import transaction
from bot.store.isolation.policies import RULES, SHARED
from bot.store.isolation.reach import Across, Reach
from bot.store.models import metadata
from tests.integration.store.copies.contents import Rows, write_rows
from tests.integration.store.isolation.two_tenants import (
    identity,
    locked_tables,
    owner_of,
    rows_of_tenants,
    tenant,
)

OWN = tenant(0)
_NOT_ALLOWED = "42501"
_TELLING = {"tenant_key", "workspace_id", "member_id", "slack_id", "team_id", "enterprise_id"}


@pytest.fixture
def rows() -> Rows:
    return rows_of_tenants()


@pytest.fixture
async def filled(postgresql_url: str, rows: Rows) -> AsyncIterator[Database]:
    """A database of PostgreSQL's with rows of several tenants in every table."""
    await write_rows(postgresql_url, rows)
    database = Database(postgresql_url)
    yield database
    await database.dispose()


def seeing(database: Database, reach: Reach) -> Any:
    return transaction(database._writer, timeout_ms=5000, reach=reach)


async def seen(connection: AsyncConnection) -> dict[str, set[tuple[Any, ...]]]:
    """Return the rows that can be seen, of each table with a rule, by what names them."""
    return {
        table.name: {
            identity(table, dict(row))
            for row in (await connection.execute(select(table))).mappings()
        }
        for table in locked_tables()
    }


def test_every_table_has_a_rule_or_is_known_to_have_no_tenant() -> None:
    """A new table belongs into one of the two: see bot/store/isolation/policies.py."""
    assert set(metadata.tables) | {"alembic_version"} == set(RULES) | SHARED
    assert not set(RULES) & SHARED
    for name in SHARED & set(metadata.tables):
        assert not _TELLING & set(metadata.tables[name].columns.keys()), name


async def test_the_account_of_the_tests_can_pass_nothing_by(filled: Database) -> None:
    lock = await filled.tenant_lock()
    assert lock is not None
    assert (lock.bypasses, lock.creates, lock.in_force, lock.fits) == (False, False, True, True)


async def test_a_tenant_sees_its_rows_and_no_others(filled: Database, rows: Rows) -> None:
    tables = {each.name: each for each in locked_tables()}
    everything = {
        name: {identity(table, row): owner_of(table, row, rows) for row in rows[name]}
        for name, table in tables.items()
    }
    assert all(len(set(owners.values())) > 1 for owners in everything.values())
    for number in range(4):
        async with seeing(filled, tenant(number)) as connection:
            mine = {
                name: {row for row, owner in owners.items() if owner == f"/T{number}"}
                for name, owners in everything.items()
            }
            assert await seen(connection) == mine
            changes = (await connection.execute(text("SELECT team_id FROM change"))).scalars()
            assert {*changes} == {f"T{number}"}
    async with seeing(filled, Across.COPYING) as connection:
        assert await seen(connection) == {name: {*each} for name, each in everything.items()}


async def test_without_a_tenant_nothing_is_seen(filled: Database) -> None:
    async with filled._writer.connect() as connection:
        for _ in range(2):  # the setting is missing at first, and empty ever after
            driver = (await connection.get_raw_connection()).driver_connection
            assert driver is not None
            for name in RULES:
                cursor = await driver.execute(f"SELECT count(*) FROM {name}")  # noqa: S608 - ours
                assert await cursor.fetchone() == (0,)
            await driver.execute("BEGIN; SET LOCAL app.tenant = '/T1'; COMMIT")
    for reach in (None, tenant(99)):
        async with seeing(filled, reach) as connection:
            assert not any((await seen(connection)).values())


async def test_rows_of_others_are_neither_changed_nor_deleted(filled: Database, rows: Rows) -> None:
    for table in locked_tables():
        own = sum(owner_of(table, row, rows) == "/T0" for row in rows[table.name])
        column = next(iter(table.primary_key.columns))
        async with filled._writer.connect() as connection:
            await connection.execution_options(nextrung_reach=OWN)
            changed = await connection.execute(update(table).values({column.name: column}))
            assert changed.rowcount == own, table.name
            gone = await connection.execute(delete(table))
            assert gone.rowcount == own, table.name
            await connection.rollback()


async def refused(database: Database, statement: Any) -> bool:
    """Whether a policy refuses what a tenant writes."""
    async with database._writer.connect() as connection:
        await connection.execution_options(nextrung_reach=OWN)
        with pytest.raises(ProgrammingError) as refusal:
            await connection.execute(statement)
    return getattr(refusal.value.orig, "sqlstate", None) == _NOT_ALLOWED


async def test_nothing_is_written_for_others(filled: Database, rows: Rows) -> None:
    tried = 0
    for table in locked_tables():
        for row in rows[table.name]:
            if owner_of(table, row, rows) != "/T0":
                new = {each.name: 10_000 for each in table.primary_key.columns if each.name == "id"}
                assert await refused(filled, insert(table).values(row | new)), table.name
                tried += 1
    assert tried > len(RULES)


async def test_no_row_comes_to_refer_to_anothers(filled: Database, rows: Rows) -> None:
    """The foreign keys themselves would let it: they name an id alone."""
    tried = 0
    for table in locked_tables():
        for key in table.foreign_key_constraints:
            parent = key.referred_table
            if parent.name not in RULES:
                continue
            ((own, theirs),) = [(each.parent, each.column.name) for each in key.elements]
            for other in rows[parent.name]:
                if owner_of(parent, other, rows) != "/T0":
                    moved = update(table).values({own.name: other[theirs]})
                    assert await refused(filled, moved), f"{table.name}.{own.name}"
                    tried += 1
    assert tried > len(RULES)


async def test_what_refers_within_a_tenant_is_written(filled: Database, rows: Rows) -> None:
    (plan,) = [row for row in rows["nudge_plan"] if owner_of_plan(row, rows) == "/T0"]
    async with seeing(filled, OWN) as connection:
        await connection.execute(delete(metadata.tables["nudge_plan"]))
        await connection.execute(insert(metadata.tables["nudge_plan"]).values(plan))
        assert (await seen(connection))["nudge_plan"] == {(plan["member_id"],)}


def owner_of_plan(row: Any, rows: Rows) -> str:
    return owner_of(metadata.tables["nudge_plan"], row, rows)
