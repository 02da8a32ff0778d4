"""Whether a write would work now, and whether the schema is whole."""

import asyncio

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.dialect import way_for
from bot.store.engine import transaction
from bot.store.errors import StoreFull
from bot.store.fitness.schema import check_revision, check_whole
from bot.store.place.condition import condition_of

WRITTEN_FOR_S = 1.0
"""How long a write that worked is an answer."""

WHOLE_FOR_S = 5.0
"""How long a schema that was whole is taken for whole."""

FULL_FOR_S = 30.0
"""How long a write that found no room is an answer: a small one may find some all the same."""

# It changes nothing, and adds no row. It is committed: only that needs room, and waits for those
# who must have a copy. While a migration holds the row, somebody can write, and nobody waits.
_WRITE = "UPDATE alembic_version SET version_num = version_num"
_WRITE_UNLESS_LOCKED = text(
    f"{_WRITE} WHERE version_num IN (SELECT version_num FROM alembic_version"  # noqa: S608 - no value
    " FOR UPDATE SKIP LOCKED)"
)


class Fitness:
    """Asks the database, at most once a moment."""

    def __init__(self, *, reader: AsyncEngine, writer: AsyncEngine, timeout_ms: int) -> None:
        self._reader = reader
        self._writer = writer
        self._timeout_ms = timeout_ms
        self._written_until = self._whole_until = 0.0

    async def check(self) -> None:
        """Return where a write would work now, and all tables and columns are there.

        A newer version's schema is fit as long as it has what this one needs.

        Raises:
            StoreReadOnly, StoreFull: writes are refused, or lately found no room.
            StoreUnavailable: the database is locked, slow or away.
            SchemaOutdated, SchemaIncomplete: the schema is older than needed, or not whole.
        """
        now = asyncio.get_running_loop().time()
        full_at = condition_of(self._writer).full_at
        if full_at is not None and now - full_at < FULL_FOR_S:
            raise StoreFull(reason="a write found no room lately")
        if now >= self._written_until:
            async with transaction(
                self._writer, timeout_ms=self._timeout_ms, reach=None
            ) as connection:
                await connection.execute(
                    way_for(connection, sqlite=text(_WRITE), postgresql=_WRITE_UNLESS_LOCKED)
                )
            self._written_until = now + WRITTEN_FOR_S
        if now >= self._whole_until:
            async with transaction(
                self._reader, timeout_ms=self._timeout_ms, reach=None
            ) as connection:
                await check_revision(connection)
                await check_whole(connection)
            self._whole_until = now + WHOLE_FOR_S
