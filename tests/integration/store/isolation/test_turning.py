"""Turning the second lock: under load, without rights, for versions before and after."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from bot.cli.doctor.isolation import lock_finding
from bot.store import migrate
from bot.store.copies.work import back_up, restore
from bot.store.database import Database
from bot.store.engine import transaction
from bot.store.errors import StoreUnavailable
from bot.store.fitness.tenant_lock import turn
from bot.store.isolation.lock import SINCE, LockRefused
from bot.store.isolation.policies import RULES
from bot.store.isolation.reach import Across
from bot.store.isolation.state import LockState
from tests.fakes.all_rows import all_rows
from tests.fakes.postgresql import ACCOUNT, PostgresqlServer
from tests.integration.store.holders import NOW, ONE, TWO, join
from tests.integration.store.test_store_expand import ADD, a_later_version
from tests.integration.store.units import clients, work_off

LOWLY = f"lowly_{os.getpid()}"
"""A role and a database of this process alone: others test on the same server."""


@pytest.fixture
async def database(postgresql_url: str) -> AsyncIterator[Database]:
    database = Database(postgresql_url)
    yield database
    await database.dispose()


async def lock_of(database: Database) -> LockState:
    found = await database.tenant_lock()
    assert found is not None
    return found


def told(state: LockState | None) -> str:
    """Return what doctor says of a lock that is not as it should be."""
    (finding,) = lock_finding(state)
    assert not finding.ok
    return f"{finding.detail} | {finding.remedy}"


async def members(database: Database) -> set[str]:
    async with transaction(database._reader, timeout_ms=5000, reach=ONE) as connection:
        return {*(await connection.scalars(text("SELECT slack_id FROM member")))}


async def floor_of(database: Database) -> str:
    async with all_rows(database._reader) as connection:
        return str(await connection.scalar(text("SELECT migration FROM schema_floor")))


async def test_a_new_database_is_locked_and_can_be_unlocked(
    database: Database, postgresql_url: str
) -> None:
    await join(database, "U1")
    assert (await lock_of(database)).in_force
    (finding,) = lock_finding(await lock_of(database))
    assert finding.ok
    assert await floor_of(database) == SINCE  # no version from before starts

    await turn(postgresql_url, on=False, now=NOW)
    assert not (await lock_of(database)).begun
    assert await floor_of(database) != SINCE
    assert "second lock is off" in told(await lock_of(database))
    with psycopg.connect(postgresql_url) as before:  # as a version from before asks
        assert before.execute("SELECT slack_id FROM member").fetchall() == [("U1",)]
    await join(database, "U2")

    state = await turn(postgresql_url, on=True, now=NOW)
    assert state.in_force
    assert await members(database) == {"U1", "U2"}
    with psycopg.connect(postgresql_url) as before:
        assert before.execute("SELECT slack_id FROM member").fetchall() == []
    acts = [entry.act.detail async for entry in database.audit.entries()]
    assert acts == ["off", "on"]


async def test_it_is_turned_while_everybody_works(postgresql_url: str) -> None:
    """Nothing fails but what hears of changes, in words, at the moment itself: and misses none."""
    heard: set[str] = set()
    done = asyncio.Event()

    async def listen(database: Database) -> None:
        mark = (await database.changes_since(None)).mark
        ended = False
        while not ended:
            ended = done.is_set()
            with suppress(StoreUnavailable):
                found = await database.changes_since(mark)
                mark = found.mark
                heard.update(slack_id for _, slack_id in found.members)
            await asyncio.sleep(0)

    async def turn_often() -> None:
        for on in (False, True):
            await turn(postgresql_url, on=on, now=NOW)
        done.set()

    async with clients(postgresql_url, 1) as several:  # whose reads look behind the queries
        listening = asyncio.create_task(listen(several[0].database))
        turning = asyncio.create_task(turn_often())
        number = 0
        failures: list[str] = []
        while not done.is_set():
            failures += await work_off(several, units=20, seed=number, across=0, read=0)
            number += 1
        await turning
        await listening
        assert failures == []
        saved = {name for each in several for name in each.saved}
    assert len(saved) > 8
    assert saved <= heard


async def test_what_crosses_tenants_fails_rather_than_sees_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the lock came into force between BEGIN, which found none, and the query."""
    await join(database, "U1")
    found_none = "SELECT set_config('role', 'none', true), set_config('row_security', 'off', true)"
    monkeypatch.setattr("bot.store.isolation.reach.CROSS", found_none)
    with pytest.raises(StoreUnavailable, match="row-level security"):
        await database.changes_since(None)


@pytest.fixture
def roles(postgresql_server: PostgresqlServer) -> Iterator[PostgresqlServer]:
    """Let a test make roles and databases of its own, all called `LOWLY`."""

    def tidy() -> None:
        postgresql_server.execute(f"DROP DATABASE IF EXISTS {LOWLY} WITH (FORCE)")
        for name in (LOWLY, f"{LOWLY}_across"):
            postgresql_server.execute("DROP ROLE IF EXISTS {}", name)

    tidy()
    yield postgresql_server
    tidy()


def database_of(server: PostgresqlServer, attributes: str = "") -> str:
    """Make an account with these attributes, and return the way to an empty database it owns."""
    server.execute(f"CREATE ROLE {LOWLY} LOGIN {attributes}")
    server.execute(f"CREATE DATABASE {LOWLY} OWNER {LOWLY} STRATEGY file_copy")
    return server.url_of_bot(LOWLY).replace(f"//{ACCOUNT}", f"//{LOWLY}")


async def test_without_the_right_to_make_roles_the_bot_works_and_sql_is_told(
    roles: PostgresqlServer,
) -> None:
    url = database_of(roles)
    await migrate.upgrade(url)
    database = Database(url)
    await join(database, "U1")
    await database.changes_since(None)
    assert "Have an administrator" in told(await lock_of(database))
    with pytest.raises(LockRefused) as refusal:
        await turn(url, on=True, now=NOW)
    assert not (await lock_of(database)).begun

    remedy = str(refusal.value.params["remedy"])
    _, create, grant = remedy.splitlines()
    assert (create, grant) == (
        f'CREATE ROLE "{LOWLY}_across" NOLOGIN;',
        f'GRANT "{LOWLY}_across" TO "{LOWLY}" WITH INHERIT FALSE, SET TRUE;',
    )
    for each in (create, grant):
        roles.execute(each)
    assert (await turn(url, on=True, now=NOW)).in_force
    assert await members(database) == {"U1"}
    await database.changes_since(None)

    # Whoever else connects has to be let in too, and not as a member in name alone.
    roles.execute(f"GRANT {LOWLY}_across TO {LOWLY} WITH SET FALSE")
    assert f"may not take the role {LOWLY}_across" in told(await lock_of(database))
    roles.execute(f"REVOKE {LOWLY}_across FROM {LOWLY}")
    with pytest.raises(StoreUnavailable, match="permission denied to set role"):
        await database.changes_since(None)
    assert f"may not take the role {LOWLY}_across" in told(await lock_of(database))
    assert await members(database) == {"U1"}
    await database.dispose()


async def test_who_may_make_roles_has_a_new_database_locked(roles: PostgresqlServer) -> None:
    url = database_of(roles, "CREATEROLE")
    await asyncio.gather(*(migrate.upgrade(url) for _ in range(2)))
    database = Database(url)
    assert (await lock_of(database)).in_force
    await join(database, "U1")
    assert len((await database.changes_since(None)).mark.snapshot) > 0
    await database.dispose()


async def test_a_role_that_passes_it_by_is_named(roles: PostgresqlServer) -> None:
    url = database_of(roles, "CREATEROLE")
    await migrate.upgrade(url)
    database = Database(url)
    roles.execute(f"ALTER ROLE {LOWLY} BYPASSRLS")
    assert f"{LOWLY} passes the second lock by" in told(await lock_of(database))
    roles.execute(f"ALTER ROLE {LOWLY} NOBYPASSRLS")
    roles.execute(f"GRANT {LOWLY}_across TO {LOWLY} WITH INHERIT TRUE")
    assert f"always has the rights of {LOWLY}_across" in told(await lock_of(database))
    roles.execute(f"GRANT {LOWLY}_across TO {LOWLY} WITH INHERIT FALSE")
    async with transaction(database._bulk, timeout_ms=5000, reach=None) as connection:
        await connection.execute(text("ALTER TABLE goal NO FORCE ROW LEVEL SECURITY"))
        await connection.execute(text("DROP POLICY tenant ON nudge"))
    assert "off for goal, nudge |" in told(await lock_of(database))
    assert (await turn(url, on=True, now=NOW)).in_force
    await database.dispose()


async def test_a_migration_of_rows_fails_unless_it_says_so(
    database: Database, postgresql_url: str, tmp_path: Path
) -> None:
    """A forced owner's UPDATE would touch no row, without a word."""
    await join(database, "U1")
    rewrite = "op.execute(\"UPDATE member SET locale = 'de'\")"
    # Triggers of the table note changes, and ask for the workspace.
    touched = ("member", "workspace", "change")
    unlock = "; ".join(
        f'op.execute("ALTER TABLE {each} NO FORCE ROW LEVEL SECURITY")' for each in touched
    )
    with (
        a_later_version(tmp_path / "silent", (rewrite, "")),
        pytest.raises(StoreUnavailable, match="row-level security"),
    ):
        await migrate.upgrade(postgresql_url)
    with a_later_version(tmp_path / "said", (f"{unlock}; {rewrite}; {ADD}", "")):
        await migrate.upgrade(postgresql_url, noted_at=NOW)
        assert (await lock_of(database)).in_force
        assert await floor_of(database) == SINCE
    async with all_rows(database._reader) as connection:
        assert {*await connection.scalars(text("SELECT locale FROM member"))} == {"de"}


async def test_a_backup_has_all_tenants_and_what_is_restored_is_locked(
    database: Database, postgresql_url: str, tmp_path: Path
) -> None:
    await join(database, "U1", tenant=ONE)
    await join(database, "U1", tenant=TWO)
    made = await back_up(postgresql_url, tmp_path / "backup.zip", now=NOW)
    assert {each.name: each.rows for each in made.tables}["member"] == 2
    await turn(postgresql_url, on=False, now=NOW)

    await restore(postgresql_url, tmp_path / "backup.zip", now=NOW, replace=True)

    assert (await lock_of(database)).in_force
    async with transaction(database._reader, timeout_ms=5000, reach=Across.COPYING) as connection:
        assert await connection.scalar(text("SELECT count(*) FROM member")) == 2
    assert await members(database) == {"U1"}


async def test_sqlite_has_no_second_lock(sqlite_url: str) -> None:
    with pytest.raises(LockRefused, match="SQLite"):
        await turn(sqlite_url, on=True, now=NOW)
    database = Database(sqlite_url)
    assert lock_finding(await database.tenant_lock()) == []
    await database.dispose()


def test_each_table_is_locked_under_its_own_name() -> None:
    assert next(iter(RULES)) == "workspace"  # whether the lock is on is looked up there
    assert all(name.isidentifier() for name in RULES)
