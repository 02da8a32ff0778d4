"""What admins and operators did, noted in the transaction of the act itself."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from sqlalchemy import Row, case, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.installs.audit import Act, ActKind, Actor, AuditEntry
from bot.domain.tenancy import Tenant
from bot.store.audit.models import audit
from bot.store.engine import transaction
from bot.store.isolation.reach import Across
from bot.store.tenants import tenant_key

_BATCH = 1_000
_LONGEST_DETAIL = 255


class AuditRepository:
    """Notes and reads acts in the tenant it is bound to, and no other."""

    def __init__(self, connection: AsyncConnection, tenant: Tenant) -> None:
        self._connection = connection
        self._tenant = tenant

    async def note(self, *acts: Act, at: datetime) -> None:
        """Note what this transaction does; it is there only if the rest is."""
        await note_acts(self._connection, self._tenant, *acts, at=at)

    async def of(self, slack_id: str) -> tuple[AuditEntry, ...]:
        """Return what somebody did or had done to them, oldest first."""
        theirs = or_(audit.c.slack_id == slack_id, audit.c.about == slack_id)
        mine = audit.c.tenant_key == tenant_key(self._tenant)
        query = select(audit).where(mine, theirs).order_by(audit.c.id)
        return tuple(map(_entry, (await self._connection.execute(query)).all()))


class AuditLog:
    """The acts of all tenants, for the operator of the installation."""

    def __init__(self, *, reader: AsyncEngine, writer: AsyncEngine, timeout_ms: int) -> None:
        self._reader = reader
        self._writer = writer
        self._timeout_ms = timeout_ms

    async def entries(
        self, *, workspace: str | None = None, since: datetime | None = None
    ) -> AsyncIterator[AuditEntry]:
        """Yield what was noted, oldest first; however much that is, little of it is held.

        `workspace` is the id of a workspace or of an organisation.

        Raises:
            StoreUnavailable: the database is locked, slow or away.
        """
        wanted = select(audit).order_by(audit.c.id).limit(_BATCH)
        if workspace is not None:
            ids = (audit.c.team_id, audit.c.enterprise_id)
            wanted = wanted.where(or_(*(each == workspace for each in ids)))
        if since is not None:
            wanted = wanted.where(audit.c.at >= since)
        last = 0
        while True:
            async with transaction(
                self._reader, timeout_ms=self._timeout_ms, reach=Across.OPERATING
            ) as connection:
                rows = (await connection.execute(wanted.where(audit.c.id > last))).all()
            for row in rows:
                yield _entry(row)
            if len(rows) < _BATCH:
                return
            last = rows[-1].id

    async def note(self, act: Act, *, at: datetime) -> None:
        """Note an act of the operator's that concerns the whole installation.

        Raises:
            StoreUnavailable: it is not noted.
        """
        async with transaction(
            self._writer, timeout_ms=self._timeout_ms, reach=Across.OPERATING
        ) as connection:
            await note_acts(connection, None, act, at=at)

    async def prune(self, before: datetime) -> int:
        """Throw away what was noted before then; return how much that was.

        Raises:
            StoreUnavailable: nothing is gone.
        """
        async with transaction(
            self._writer, timeout_ms=self._timeout_ms, reach=Across.SWEEPING
        ) as connection:
            gone = await connection.execute(delete(audit).where(audit.c.at < before))
            return gone.rowcount


async def note_acts(
    connection: AsyncConnection, tenant: Tenant | None, *acts: Act, at: datetime
) -> None:
    """Note acts in this transaction; `tenant` is None where they concern the installation."""
    rows = [
        {
            "at": at,
            "tenant_key": tenant and tenant_key(tenant),
            "team_id": tenant and tenant.team_id,
            "enterprise_id": tenant and tenant.enterprise_id,
            "actor": act.actor.value,
            "slack_id": act.slack_id,
            "kind": act.kind.value,
            "about": act.about,
            "detail": act.detail[:_LONGEST_DETAIL],
        }
        for act in acts
    ]
    if rows:
        # All as one statement: several of them, even of one, are a round trip more.
        await connection.execute(insert(audit).values(rows))


async def forget_actor(connection: AsyncConnection, key: str, slack_id: str) -> None:
    """Leave somebody out of what was noted in a tenant; what was done, and when, stays."""
    named = (audit.c.slack_id, audit.c.about)
    theirs = or_(*(each == slack_id for each in named))
    blank = {each.name: case((each == slack_id, None), else_=each) for each in named}
    await connection.execute(update(audit).where(audit.c.tenant_key == key, theirs).values(blank))


async def forget_acts(connection: AsyncConnection, tenant: Tenant, *, at: datetime) -> None:
    """Throw away what was noted in a tenant, and note that it was forgotten."""
    gone = (audit.c.tenant_key == tenant_key(tenant)) & (
        audit.c.kind != ActKind.WORKSPACE_FORGOTTEN.value
    )
    await connection.execute(delete(audit).where(gone))
    done = Act(ActKind.WORKSPACE_FORGOTTEN, actor=Actor.NEXTRUNG)
    await note_acts(connection, tenant, done, at=at)


def _entry(row: Row[Any]) -> AuditEntry:
    told = row.team_id or row.enterprise_id
    return AuditEntry(
        id=row.id,
        at=row.at,
        tenant=Tenant(row.team_id, row.enterprise_id) if told else None,
        act=Act(ActKind(row.kind), row.detail, Actor(row.actor), row.slack_id, row.about),
    )
