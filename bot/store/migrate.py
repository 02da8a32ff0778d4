"""The database's schema: upgrade it, and tell which one it is.

For developers: ``python -m bot.store.migrate check-models`` tells whether the tables in `models`
are what the migrations build; ``python -m bot.store.migrate new "what it does"`` drafts the next
migration. Both use an empty SQLite file of their own.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.installs.audit import Act, ActKind
from bot.store import migration_files
from bot.store.audit.acts import note_acts
from bot.store.connections import dispose
from bot.store.dialect import dangling_references, make_schema, wait_for_others
from bot.store.engine import Purpose, lent, make_engine
from bot.store.errors import MigrationFailed, ModelsDiffer, SchemaOutdated, StoreUnavailable
from bot.store.fitness.schema import check_whole
from bot.store.isolation.lock import after_migrating
from bot.store.models import schema_floor
from bot.store.place.address import dialect_of, parse_url
from bot.store.place.failures import UPGRADE_COMMAND, store_errors
from bot.store.place.options import schema_of

if TYPE_CHECKING:
    from types import ModuleType

# Any fixed number serves; it only has to be the same in every process of Nextrung.
LOCK = 0x6E657874


def _scripts() -> "ModuleType":
    from bot.store import migration_scripts  # noqa: PLC0415 - Alembic costs start-up time

    return migration_scripts


async def upgrade(url: str, *, noted_at: datetime | None = None) -> str:
    """Bring the schema to the newest migration, and return which one it has then.

    `noted_at` is given where the operator asks for it: that is noted with the moment.

    All missing migrations run in one transaction. Processes that start together wait for each
    other. A missing SQLite file is created, with its folders. A database that has them all is left
    alone, and so is a newer one on which this version still works. PostgreSQL locks tenants apart
    in a new database, where the account may have that done, and goes on to in one that is locked.

    Raises:
        BadDatabaseUrl, StoreUnavailable: as everywhere.
        LockRefused: the lock is in force, and the account cannot keep it so.
        MigrationFailed: a migration would have left dangling references; nothing has changed.
        SchemaOutdated: the database comes from a newer version, and this one does not work on it.
        SchemaIncomplete: it is the newest, or newer, and not whole.
    """
    parsed = parse_url(url)
    if dialect_of(parsed) == "sqlite" and parsed.database:
        make_folder(Path(parsed.database).parent)
    async with _connected(url) as connection, connection.begin():
        await wait_for_others(connection, LOCK)
        if schema := schema_of(parsed):
            await make_schema(connection, schema)
        found = await connection.run_sync(found_in)
        if found is not None and await connection.run_sync(_fits, found):
            await check_whole(connection)
            return found
        await connection.run_sync(_scripts().upgrade)
        broken = await dangling_references(connection)
        if broken:
            raise MigrationFailed(reason=f"{broken} dangling references")
        await after_migrating(connection, new=found is None)
        if noted_at is not None:
            done = Act(ActKind.SCHEMA_UPGRADED, f"{found or 'empty'} to {head()}")
            await note_acts(connection, None, done, at=noted_at)
    return head()


async def current(url: str) -> str | None:
    """Return the id of the newest migration the database has, or None where it has none.

    Raises:
        BadDatabaseUrl, StoreUnavailable: as everywhere.
    """
    parsed = parse_url(url)
    if dialect_of(parsed) == "sqlite" and not is_file(parsed.database):
        return None  # asking must not create it
    async with _connected(url) as connection:
        return await connection.run_sync(found_in)


def head() -> str:
    """Return the id of the newest migration that this version of Nextrung brings."""
    return migration_files.head()


def is_known(revision: str) -> bool:
    """Tell whether this version of Nextrung brings that migration."""
    return revision in migration_files.known()


async def check(url: str) -> str:
    """Return the id of the schema's newest migration, where this version works on it.

    Raises:
        SchemaOutdated, SchemaIncomplete: it does not; the parameter `remedy` says what to do.
        BadDatabaseUrl, StoreUnavailable: as everywhere.
    """
    parsed = parse_url(url)
    found = None
    if dialect_of(parsed) != "sqlite" or is_file(parsed.database):
        async with _connected(url) as connection:
            found = await connection.run_sync(found_in)
            if found is not None and await connection.run_sync(_fits, found):
                await check_whole(connection)
                return found
    raise SchemaOutdated(found=found or "none", expected=head(), remedy=UPGRADE_COMMAND)


def is_file(path: str | None) -> bool:
    """Whether a SQLite file is there; connecting would create it."""
    return path is not None and Path(path).is_file()


def make_folder(folder: Path) -> None:
    """Make the folder of a SQLite file, where it is missing.

    Raises:
        StoreUnavailable: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(reason=f"cannot create {folder}: {error.strerror}") from error


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator[AsyncConnection]:
    engine = make_engine(parse_url(url), Purpose.MIGRATION)
    try:
        with store_errors():
            async with lent(engine) as connection:
                yield connection
    finally:
        await dispose(engine)


def found_in(connection: Connection) -> str | None:
    """Return the id of the newest migration that the connection's database has."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _fits(connection: Connection, found: str) -> bool:
    """Whether this version works on the schema: it is the newest, or newer and has only added.

    Raises:
        SchemaOutdated: a newer version has made it, and this one does not work on it.
    """
    if is_known(found):
        return found == head()
    lowest = None
    if inspect(connection).has_table(schema_floor.name):
        lowest = connection.scalar(select(schema_floor.c.migration))
    if lowest is None or not is_known(lowest):
        require_known(found)
    return True


def require_known(found: str | None) -> None:
    """Return where this version knows the migration.

    Raises:
        SchemaOutdated: a newer version has brought it.
    """
    if found is not None and not is_known(found):
        raise SchemaOutdated(
            found=found, expected=head(), remedy="install the newer Nextrung that upgraded it"
        )


async def _with_empty_database(arguments: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/models.sqlite"
        await upgrade(url)
        async with _connected(url) as connection, connection.begin():
            if arguments.task == "new":
                await connection.run_sync(_scripts().draft, arguments.message)
            else:
                await connection.run_sync(_scripts().compare)


def main() -> None:
    """Run a developer's task; exit with 1 and the differences when models and migrations differ."""
    parser = argparse.ArgumentParser(prog="python -m bot.store.migrate")
    tasks = parser.add_subparsers(dest="task", required=True)
    tasks.add_parser("check-models", help="compare the models with the migrations")
    new = tasks.add_parser("new", help="draft a migration from the difference")
    new.add_argument("message", help="what the migration does, for its file name")
    try:
        asyncio.run(_with_empty_database(parser.parse_args()))
    except ModelsDiffer as difference:
        sys.exit(f"The models differ from the migrations: {difference.params['reason']}")


if __name__ == "__main__":
    main()
