"""Two versions at once: migrations only add, so the version before runs on, and can come back."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.store import migrate, migration_files, migration_scripts
from bot.store.database import Database
from bot.store.errors import SchemaOutdated
from bot.store.place.address import parse_url
from tests.fakes.all_rows import as_owner
from tests.integration.store.holders import join
from tests.integration.store.schema_changes import schema_of, taken_away

MIGRATION = """
import sqlalchemy as sa
from alembic import op

revision: str = "{revision}"
down_revision: str | None = "{follows}"
{more}
def upgrade() -> None:
    {what}
"""
ADD = 'op.add_column("member", sa.Column("shoe_size", sa.Integer(), nullable=True))'
DROP = 'op.drop_column("member", "shoe_size")'


async def test_each_migration_only_adds_or_says_since_when_it_may_take_away(
    empty_url: str,
) -> None:
    """A failure here is a roll-out that breaks; see docs/decisions/0027-two-versions-at-once.md."""
    chain = migration_files.chain(migrate.head())
    migrate.make_folder(Path(parse_url(empty_url).database or "").parent)
    async with migrate._connected(empty_url) as connection, connection.begin():
        before = await connection.run_sync(schema_of)
        for place, each in enumerate(chain):
            await connection.run_sync(migration_scripts.upgrade, each)
            after = await connection.run_sync(schema_of)
            since = migration_files.steps()[each].contracts_since
            if since is None:
                assert taken_away(before, after) == [], each
            assert since is None or since in chain[:place], f"{each} names no earlier migration"
            before = after


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("DROP TABLE forgetting", "forgetting is gone"),
        ("ALTER TABLE member RENAME TO person", "member is gone"),
        ("ALTER TABLE member RENAME COLUMN language TO tongue", "member.language is gone"),
        ("ALTER TABLE member DROP COLUMN language", "member.language is gone"),
        ("CREATE UNIQUE INDEX one ON member (time_zone)", "member: unique one"),
        ("DROP TRIGGER member_added", "trigger member_added is gone"),
        ("ALTER TABLE member ALTER COLUMN language TYPE text", "member.language has another type"),
        ("ALTER TABLE member ALTER COLUMN language SET NOT NULL", "language must have a value"),
        ("ALTER TABLE member ADD COLUMN shoe integer NOT NULL", "member.shoe is new and must"),
        ("ALTER TABLE member ADD CHECK (locale <> '')", "member: check"),
        (
            "ALTER TABLE member ADD FOREIGN KEY (role_key) REFERENCES workspace (tenant_key)",
            "refer",
        ),
    ],
)
async def test_what_is_taken_away_is_told(statement: str, told: str, database_url: str) -> None:
    only_postgresql = "ALTER COLUMN" in statement or " ADD " in statement
    if database_url.startswith("sqlite") and only_postgresql:
        pytest.skip("SQLite has no such statement")
    if database_url.startswith("postgresql") and "TRIGGER" in statement:
        statement += " ON member"
    async with as_owner(database_url) as connection:
        before = await connection.run_sync(schema_of)
        await connection.execute(text(statement))
        found = taken_away(before, await connection.run_sync(schema_of))

    assert told in "\n".join(found)


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE member ADD COLUMN shoe integer",
        "ALTER TABLE member ADD COLUMN shoe integer NOT NULL DEFAULT 0",
        "CREATE TABLE shoe (id integer NOT NULL)",
        "CREATE INDEX one ON member (time_zone)",
    ],
)
async def test_what_is_added_is_not_told(statement: str, database_url: str) -> None:
    async with migrate._connected(database_url) as connection, connection.begin():
        before = await connection.run_sync(schema_of)
        await connection.execute(text(statement))
        assert taken_away(before, await connection.run_sync(schema_of)) == []


@contextmanager
def a_later_version(folder: Path, *migrations: tuple[str, str]) -> Iterator[None]:
    """Let this version be a later one meanwhile, which brings more migrations.

    Each is what it does, and since which migration nobody uses what it takes away.
    """
    shutil.copytree(migration_files.folder(), folder)
    follows = migrate.head()
    for number, (what, since) in enumerate(migrations):
        more = f'contracts_since: str = "{since}"' if since else ""
        source = MIGRATION.format(revision=f"later{number}", follows=follows, more=more, what=what)
        (folder / "versions" / f"later{number}.py").write_text(source, encoding="utf-8")
        follows = f"later{number}"
    with pytest.MonkeyPatch.context() as patch:
        for module in (migration_files, migration_scripts):
            patch.setattr(module, "folder", lambda: folder)
        _forget()
        try:
            yield
        finally:
            patch.undo()
            _forget()


def _forget() -> None:
    migration_files.steps.cache_clear()
    migration_files.head.cache_clear()


async def test_this_version_goes_on_and_comes_back_on_a_later_ones_schema(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    await join(database, "U1")

    with a_later_version(tmp_path / "migrations", (ADD, "")):
        assert await migrate.upgrade(database_url) == "later0"
    await join(database, "U2")  # it runs on

    assert await migrate.check(database_url) == "later0"  # and starts anew
    assert await migrate.upgrade(database_url) == "later0"
    again = Database(database_url)
    await join(again, "U3")
    await again.dispose()
    with a_later_version(tmp_path / "once more", (ADD, "")):
        assert await migrate.check(database_url) == "later0"


async def test_a_version_from_before_what_a_later_one_names_does_not_start(
    database_url: str, tmp_path: Path
) -> None:
    with a_later_version(tmp_path / "migrations", (ADD, ""), (DROP, "later0")):
        await migrate.upgrade(database_url)
        assert await migrate.check(database_url) == "later1"

    for start in (migrate.check, migrate.upgrade):
        with pytest.raises(SchemaOutdated) as outdated:
            await start(database_url)
        assert "newer" in str(outdated.value.params["remedy"])

    with a_later_version(tmp_path / "between", (ADD, "")):
        assert await migrate.check(database_url) == "later1"


async def test_a_database_of_before_this_was_told_is_refused(
    database_url: str, tmp_path: Path
) -> None:
    with a_later_version(tmp_path / "migrations", ("op.drop_table('schema_floor')", "")):
        await migrate.upgrade(database_url)

    with pytest.raises(SchemaOutdated):
        await migrate.check(database_url)
