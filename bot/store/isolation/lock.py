"""Turning the second lock: PostgreSQL itself lets a transaction see one tenant's rows only.

It is turned by `nextrung db lock-tenants`, and for a new database with its first upgrade: a
version from before it says nothing of tenants, so it would see nothing at all. Such a version does
not start on a locked database; see docs/decisions/0031-a-second-lock.md.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import migration_files
from bot.store.errors import StoreError
from bot.store.isolation.policies import RULES, SHARED
from bot.store.isolation.reach import COME_BACK, CROSS
from bot.store.isolation.state import LockState, lock_state, quoted
from bot.store.models import schema_floor

SINCE = "b7d15c2e9f04"
"""The migration since which every version says whose rows it wants."""

_TRIES = 3
_KINDS = text(
    """
    SELECT c.relname, c.relkind = 'S' AS is_sequence FROM pg_class AS c
    WHERE c.oid = ANY(SELECT to_regclass(each) FROM unnest(CAST(:names AS text[])) AS each)
        OR (c.relkind = 'S' AND EXISTS (SELECT 1 FROM pg_depend AS d WHERE d.objid = c.oid
            AND d.deptype IN ('a', 'i') AND d.refobjid = ANY(SELECT to_regclass(each)
                FROM unnest(CAST(:names AS text[])) AS each)))
    """
)


class LockRefused(StoreError):
    """The second lock cannot be turned. Params: `reason`, `remedy` (that, and what can be done)."""

    code = "tenant_lock_refused"

    @classmethod
    def because(cls, reason: str, remedy: str) -> "LockRefused":
        """Make one; an operator reads both."""
        return cls(reason=reason, remedy=f"{reason[0].upper()}{reason[1:]}. {remedy}")


async def prepare(connection: AsyncConnection) -> LockState:
    """See that the lock can be turned, make the role that crosses tenants, and give it its rights.

    All in the connection's transaction; it changes nothing for whoever works meanwhile.

    Raises:
        LockRefused: it cannot.
    """
    state = await lock_state(connection)
    if state.owner is not None:
        raise LockRefused.because(
            f"the tables belong to {state.owner}, not to {state.account}",
            f"Run it once more with a DATABASE_URL that connects as {state.owner}.",
        )
    if not state.fits and state.creates:
        await _make_role(connection, state)
        state = await lock_state(connection)
    if not state.fits:
        raise LockRefused.because(
            f"{state.account} may not take and leave a role {state.role} that crosses tenants",
            _administrators(state),
        )
    await _grant(connection, state.role)
    return state


async def lock_table(connection: AsyncConnection, name: str, role: str) -> None:
    """Lock one table. It waits for whoever uses the table, and keeps others for a moment."""
    rule = RULES[name]
    writes = f" WITH CHECK ({rule.writes})" if rule.writes else ""
    for each in (
        f"DROP POLICY IF EXISTS tenant ON {name}",
        f"DROP POLICY IF EXISTS across ON {name}",
        f"CREATE POLICY tenant ON {name} USING ({rule.sees}){writes}",
        f"CREATE POLICY across ON {name} TO {quoted(role)} USING (true)",
        f"COMMENT ON POLICY tenant ON {name} IS '{rule.digest}'",
        f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY",
    ):
        await _run(connection, each)


async def unlock_table(connection: AsyncConnection, name: str) -> None:
    """Unlock one table."""
    for each in (
        f"ALTER TABLE {name} NO FORCE ROW LEVEL SECURITY",
        f"ALTER TABLE {name} DISABLE ROW LEVEL SECURITY",
        f"DROP POLICY IF EXISTS tenant ON {name}",
        f"DROP POLICY IF EXISTS across ON {name}",
    ):
        await _run(connection, each)


@asynccontextmanager
async def across(connection: AsyncConnection) -> AsyncIterator[None]:
    """See the rows of all tenants for a while, in a transaction that changes the schema."""
    if connection.dialect.name != "postgresql":
        yield
        return
    await _run(connection, CROSS)
    yield
    await _run(connection, COME_BACK)


async def after_migrating(connection: AsyncConnection, *, new: bool) -> None:
    """Put the lock in order after the schema was changed: tables may be new, or rules.

    A `new` database, which no other version uses, is locked where that can be done at all. All in
    the connection's transaction, which has changed the schema and so is alone already.
    """
    if connection.dialect.name != "postgresql" or not await _says_tenants(connection):
        return
    state = await lock_state(connection)
    if not state.begun and not (new and (state.fits or state.creates)):
        return
    try:
        await prepare(connection)
    except LockRefused:
        if state.begun:
            raise
        return
    for name in state.open:
        await lock_table(connection, name, state.role)
    await raise_floor(connection)
    # From here on rows of tenants are hidden from this transaction, and no error.
    await _run(connection, "SET LOCAL row_security = on")


async def _says_tenants(connection: AsyncConnection) -> bool:
    """Whether the schema is of a version that knows of the lock."""
    found: str | None = await connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found in migration_files.known() and SINCE in migration_files.chain(str(found))


async def raise_floor(connection: AsyncConnection) -> None:
    """Let no version start from before there was a lock."""
    if await connection.scalar(text("SELECT to_regclass('schema_floor')")) is None:
        return
    lowest = await connection.scalar(select(schema_floor.c.migration))
    order = migration_files.chain(migration_files.head())
    if lowest in order and order.index(lowest) < order.index(SINCE):
        await _set_floor(connection, SINCE)


async def lower_floor(connection: AsyncConnection) -> None:
    """Let versions start again from before there was a lock."""
    await _set_floor(connection, migration_files.floor(migration_files.head()))


async def _set_floor(connection: AsyncConnection, migration: str) -> None:
    if await connection.scalar(select(func.count()).select_from(schema_floor)):
        await connection.execute(delete(schema_floor))
        await connection.execute(insert(schema_floor), {"migration": migration})


async def _make_role(connection: AsyncConnection, state: LockState) -> None:
    """Make the role, or let the account take it; others may do the same at the same moment."""
    for statement in state.administrators_sql.splitlines():
        for last in (False,) * (_TRIES - 1) + (True,):
            try:
                async with connection.begin_nested():
                    await _run(connection, statement)
                break
            except DBAPIError as error:
                if last and not _is_there(error):
                    reason = str(error.orig).strip().splitlines()[0]
                    raise LockRefused.because(reason, _administrators(state)) from error


def _administrators(state: LockState) -> str:
    told = "Have an administrator of the database run this, then try again:"
    return f"{told}\n{state.administrators_sql}"


def _is_there(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) in {"42710", "23505"}


async def _grant(connection: AsyncConnection, role: str) -> None:
    """Let the role read everything, and write what tenants have."""
    to = quoted(role)
    schema = await connection.scalar(text("SELECT current_schema()"))
    await _run(connection, f"GRANT USAGE ON SCHEMA {quoted(str(schema))} TO {to}")
    found = (await connection.execute(_KINDS, {"names": [*RULES, *SHARED]})).all()
    sequences = sorted(row.relname for row in found if row.is_sequence)
    tables = {row.relname for row in found if not row.is_sequence}
    for what, names, rights in (
        ("TABLE", sorted(tables & set(RULES)), "SELECT, INSERT, UPDATE, DELETE"),
        ("TABLE", sorted(tables - set(RULES)), "SELECT"),
        ("SEQUENCE", sequences, "SELECT, USAGE"),
    ):
        await _run(connection, f"GRANT {rights} ON {what} {_list(names)} TO {to}")


def _list(names: Sequence[str]) -> str:
    return ", ".join(map(quoted, names))


async def _run(connection: AsyncConnection, statement: str) -> None:
    await connection.exec_driver_sql(statement.replace("%", "%%"))
