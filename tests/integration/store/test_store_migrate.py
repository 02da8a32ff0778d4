"""The schema: upgraded once however many ask, recognised, and equal to the models."""

import asyncio
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Table, inspect, text

from bot.domain.growth.holdings import NO_GROWTH
from bot.domain.tenancy import Member, Tenant
from bot.store import migrate, migration_files, migration_scripts
from bot.store.database import Database
from bot.store.errors import MigrationFailed, ModelsDiffer, SchemaOutdated
from bot.store.models import metadata
from tests.fakes.all_rows import as_owner
from tests.fakes.clock import FrozenClock
from tests.integration.store.feeds import changed_since

FIRST = "353bd91b1986"
NOW = FrozenClock().now()
EARLIER_WORKSPACE = """
    INSERT INTO workspace (id, tenant_key, team_id, created_at)
    VALUES (7, '/T1', 'T1', '2026-01-05 09:00:00.000000')
"""
EARLIER_MEMBERS = """
    INSERT INTO member
        (id, workspace_id, slack_id, locale, time_zone, role_key, level_key, changed_at)
    VALUES
        (3, 7, 'U1', 'zh-CN', 'Asia/Shanghai', 'llm-engineer', 'senior',
         '2026-01-05 09:00:00.000000'),
        (4, 7, 'U2', 'en-US', 'UTC', NULL, NULL, '2026-03-02 09:30:00.000000')
"""
UPGRADE = (
    "import asyncio, sys; from bot.store.migrate import upgrade; asyncio.run(upgrade(sys.argv[1]))"
)


async def test_upgrade_brings_an_empty_database_to_the_head(empty_url: str) -> None:
    assert await migrate.current(empty_url) is None
    with pytest.raises(SchemaOutdated) as outdated:
        await migrate.check(empty_url)
    assert outdated.value.params == {
        "found": "none",
        "expected": migrate.head(),
        "remedy": "nextrung db upgrade",
    }
    await migrate.upgrade(empty_url)
    await migrate.upgrade(empty_url)
    assert await migrate.current(empty_url) == migrate.head()
    await migrate.check(empty_url)


def test_the_developers_command_compares() -> None:
    command_line = [sys.executable, "-m", "bot.store.migrate", "check-models"]
    assert subprocess.run(command_line, check=False).returncode == 0


def test_current_does_not_create_a_file(tmp_path: Path) -> None:
    assert asyncio.run(migrate.current(f"sqlite:///{tmp_path}/absent.sqlite")) is None
    assert list(tmp_path.iterdir()) == []


def test_an_installed_package_brings_its_migrations(empty_url: str, tmp_path: Path) -> None:
    """As the wheel lays them out, far from any checkout."""
    site = tmp_path / "site-packages"
    source = Path(migration_scripts.__file__).parent.parent
    site.joinpath("bot").mkdir(parents=True)
    for each in source.glob("*.py"):
        shutil.copyfile(each, site / "bot" / each.name)
    for part in ("store", "domain"):
        shutil.copytree(source / part, site / "bot" / part)
    shutil.copytree(migration_files.folder(), site / "bot" / "_bundled" / "migrations")
    subprocess.run(
        [sys.executable, "-c", UPGRADE, empty_url],
        check=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(site), "PATH": ""},
    )
    assert asyncio.run(migrate.current(empty_url)) == migrate.head()


async def test_the_models_equal_the_migrations(database_url: str) -> None:
    async with migrate._connected(database_url) as connection, connection.begin():
        await connection.run_sync(migration_scripts.compare)


async def test_a_difference_is_found(sqlite_url: str) -> None:
    async with migrate._connected(sqlite_url) as connection, connection.begin():
        await connection.execute(text("ALTER TABLE member ADD COLUMN shoe_size INTEGER"))
        with pytest.raises(ModelsDiffer, match="shoe_size"):
            await connection.run_sync(migration_scripts.compare)


async def test_constraints_that_a_comparison_overlooks(database_url: str) -> None:
    """Checks, foreign keys' actions and indexes have the same names in models and migrations."""

    def names(connection: Connection, table: Table) -> set[str]:
        inspector = inspect(connection)
        keys = inspector.get_foreign_keys(table.name)
        found = [
            *inspector.get_check_constraints(table.name),
            *inspector.get_unique_constraints(table.name),
            *keys,
        ]
        return {str(each["name"]) for each in found} | {
            f"{key['name']} {key['options'].get('ondelete')}" for key in keys
        }

    async with migrate._connected(database_url) as connection:
        for table in metadata.sorted_tables:
            expected = {
                str(each.name) for each in table.constraints if str(each.name)[:2] != "pk"
            } | {f"{each.name} {each.ondelete}" for each in table.foreign_key_constraints}
            assert await connection.run_sync(names, table) == expected, table.name


async def test_a_newer_database_is_recognised(database_url: str) -> None:
    database = Database(database_url)
    async with database._writer.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = 'fromthefuture'"))
        await connection.execute(text("UPDATE schema_floor SET migration = 'later than this'"))
    await database.dispose()
    for work in (migrate.check, migrate.upgrade):
        with pytest.raises(SchemaOutdated) as outdated:
            await work(database_url)
        assert "newer" in str(outdated.value.params["remedy"])


async def test_a_migration_that_breaks_references_is_undone(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(connection: Connection) -> None:
        connection.execute(
            text(
                "INSERT INTO member (workspace_id, slack_id, locale, time_zone, changed_at)"
                " VALUES (404, 'U1', 'en', 'UTC', '2026-01-01')"
            )
        )

    monkeypatch.setattr(migration_scripts, "upgrade", careless)
    monkeypatch.setattr(migration_files, "head", lambda: "one that is missing")
    with pytest.raises(MigrationFailed):
        await migrate.upgrade(sqlite_url)
    async with migrate._connected(sqlite_url) as connection:
        assert await connection.scalar(text("SELECT count(*) FROM member")) == 0


async def test_members_of_an_earlier_version_stay_as_they_were(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def to_the_first(connection: Connection) -> None:
        command.upgrade(migration_scripts._config(connection), FIRST)

    def back_to_the_first(connection: Connection) -> None:
        command.downgrade(migration_scripts._config(connection), FIRST)

    with monkeypatch.context() as patch:
        patch.setattr(migration_scripts, "upgrade", to_the_first)
        await migrate.upgrade(empty_url)
    async with migrate._connected(empty_url) as connection, connection.begin():
        for rows in (EARLIER_WORKSPACE, EARLIER_MEMBERS):
            await connection.execute(text(rows))
        before = (await connection.execute(text("SELECT * FROM member ORDER BY id"))).all()
    await migrate.upgrade(empty_url)
    database = Database(empty_url)
    async with database.read(Tenant("T1")) as work:
        assert await work.members.get("U1") == Member(
            Tenant("T1"), "U1", "zh-CN", "Asia/Shanghai", "llm-engineer", "senior"
        )
        assert await work.growth.of("U1") == NO_GROWTH
    assert await changed_since(database, NOW) == [(Tenant("T1"), "U2")]
    async with database.write(Tenant("T1")) as work:
        assert await work.members.hold("U1", at=NOW)
    await database.dispose()
    async with as_owner(empty_url) as connection:
        await connection.run_sync(back_to_the_first)
        after = (await connection.execute(text("SELECT * FROM member ORDER BY id"))).all()
    assert [row[:-1] for row in after] == [row[:-1] for row in before]


EARLIER_MARKS = (
    """
    INSERT INTO catalogue (id, key, created_at) VALUES
        (1, 'built-in', '2026-01-01 00:00:00.000000'), (2, 'own', '2026-01-01 00:00:00.000000'),
        (3, 'another', '2026-01-01 00:00:00.000000')
    """,
    """
    INSERT INTO revision
        (id, catalogue_id, number, author, note, published_at, source_digest, name, base_locale,
         skills, roles, expectations)
    VALUES
        (1, 1, 1, 'a', '', '2026-01-02 00:00:00.000000', 'd', 'n', 'en', 0, 0, 0),
        (2, 2, 1, 'a', '', '2026-01-10 00:00:00.000000', 'd', 'n', 'en', 0, 0, 0),
        (3, 2, 2, 'a', '', '2026-01-20 00:00:00.000000', 'd', 'n', 'en', 0, 0, 0),
        (4, 3, 1, 'a', '', '2026-01-20 00:00:00.000000', 'd', 'n', 'en', 0, 0, 0)
    """,
    EARLIER_WORKSPACE,
    "UPDATE workspace SET catalogue_id = 2",
    EARLIER_MEMBERS,
    """
    INSERT INTO assessment (id, member_id, role_key, level_key, skill_key, status, note, at) VALUES
        (1, 3, 'r', 'l', 'before-any', 'met', '', '2026-01-01 12:00:00.000000'),
        (2, 3, 'r', 'l', 'built-in', 'met', '', '2026-01-05 12:00:00.000000'),
        (3, 3, 'r', 'l', 'first', 'met', '', '2026-01-19 12:00:00.000000'),
        (4, 3, 'r', 'l', 'second', 'met', '', '2026-02-05 12:00:00.000000')
    """,
    """
    INSERT INTO goal (id, member_id, role_key, level_key, revision_id, state, set_at) VALUES
        (1, 3, 'r', 'l', 3, 'dropped', '2026-02-01 12:00:00.000000'),
        (2, 3, 'r', 'l', 3, 'active', '2026-02-05 12:00:00.000000'),
        (3, 4, 'r', 'l', 3, 'active', '2026-02-05 12:00:00.000000')
    """,
)


async def test_marks_of_an_earlier_version_get_the_revision_in_force_on_their_day(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def to_the_version_before(connection: Connection) -> None:
        command.upgrade(migration_scripts._config(connection), "a4c17e90b3d2")

    with monkeypatch.context() as patch:
        patch.setattr(migration_scripts, "upgrade", to_the_version_before)
        await migrate.upgrade(empty_url)
    async with migrate._connected(empty_url) as connection, connection.begin():
        for rows in EARLIER_MARKS:
            await connection.execute(text(rows))
    await migrate.upgrade(empty_url)
    async with as_owner(empty_url) as connection:
        marks = await connection.execute(
            text("SELECT revision_id, withdraws FROM assessment ORDER BY id")
        )
        assert [tuple(row) for row in marks] == [(None, None), (1, None), (2, None), (3, None)]
        goals = await connection.execute(text("SELECT id, recounted_at FROM goal ORDER BY id"))
        # Of one who never marked anything, no figure changed.
        assert [(row[0], row[1] is not None) for row in goals] == [
            (1, False),
            (2, True),
            (3, False),
        ]


async def test_the_first_migration_can_be_undone(empty_url: str) -> None:
    await migrate.upgrade(empty_url)

    def downgrade(connection: Connection) -> list[str]:
        command.downgrade(migration_scripts._config(connection), "base")
        return inspect(connection).get_table_names()

    async with migrate._connected(empty_url) as connection, connection.begin():
        assert await connection.run_sync(downgrade) == ["alembic_version"]


def test_alembic_is_not_loaded_until_needed() -> None:
    loaded = "import sys, bot.store.database, bot.store.migrate; print('alembic' in sys.modules)"
    output = subprocess.check_output([sys.executable, "-c", loaded], text=True)
    assert output == "False\n"


def test_the_files_tell_the_same_migrations_as_alembic() -> None:
    scripts = ScriptDirectory.from_config(migration_scripts._config())

    assert migration_files.head() == scripts.get_current_head()
    assert migration_files.known() == {each.revision for each in scripts.walk_revisions()}


async def test_a_current_schema_is_left_alone_without_alembic(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path}/current.sqlite"
    await migrate.upgrade(url)

    def never() -> None:
        raise AssertionError("Alembic was asked for")

    monkeypatch.setattr(migrate, "_scripts", never)
    await migrate.upgrade(url)
    await migrate.check(url)
