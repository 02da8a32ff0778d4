"""Whether the schema is the one that this version needs, with all its tables and columns."""

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

import bot.store.audit.models
import bot.store.catalogue.models
import bot.store.catalogue.revision_models
import bot.store.growth.models
import bot.store.installs.oauth.models
import bot.store.moving.models
import bot.store.nudges.models
import bot.store.teams.helping.adoption_models
import bot.store.teams.helping.offer_models
import bot.store.teams.models
import bot.store.tokens.models  # noqa: F401 - imported for their tables
from bot.store import migration_files
from bot.store.dialect import way_for
from bot.store.errors import SchemaIncomplete, SchemaOutdated
from bot.store.models import metadata
from bot.store.place.failures import UPGRADE_COMMAND

_SQLITE_COLUMNS = text(
    "SELECT m.name, p.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS p"
    " WHERE m.type = 'table'"
)
_POSTGRESQL_COLUMNS = text(
    "SELECT c.relname, a.attname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid"
    " WHERE c.relkind IN ('r', 'p') AND pg_table_is_visible(c.oid)"
    " AND a.attnum > 0 AND NOT a.attisdropped"
)
_NAMED = 5


async def check_revision(connection: AsyncConnection) -> None:
    """Return where the schema is of this version, or of one that it does not know: a newer one.

    Raises:
        SchemaOutdated: it is of an older version.
    """
    found = await connection.scalar(text("SELECT version_num FROM alembic_version"))
    older = migration_files.known() - {migration_files.head()}
    if found is None or found in older:
        raise SchemaOutdated(
            found=found or "none", expected=migration_files.head(), remedy=UPGRADE_COMMAND
        )


async def check_whole(connection: AsyncConnection) -> None:
    """Return where every table and column that this version uses is there.

    Raises:
        SchemaIncomplete: something was dropped, which no upgrade brings back.
    """
    way = way_for(connection, sqlite=_SQLITE_COLUMNS, postgresql=_POSTGRESQL_COLUMNS)
    found = {(table, column) for table, column in await connection.execute(way)}
    missing = _missing(found)
    if missing:
        more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
        raise SchemaIncomplete(
            missing=", ".join(missing[:_NAMED]) + more,
            remedy="Something else changed the schema: restore a backup, or what is missing.",
        )


def _missing(found: Iterable[tuple[str, str]]) -> list[str]:
    """Return what is missing: whole tables by their name, else `table.column`."""
    there = set(found)
    tables = {table for table, _ in there}
    return [
        *sorted(f"table {name}" for name in metadata.tables if name not in tables),
        *sorted(
            f"column {table.name}.{column.name}"
            for table in metadata.tables.values()
            for column in table.columns
            if table.name in tables and (table.name, column.name) not in there
        ),
    ]
