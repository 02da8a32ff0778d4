"""Who sends for which workspace: one process at a time, by a lease, and what keeps it waiting."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Protocol

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    text,
    true,
    union,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.tenancy import Tenant
from bot.store.dialect import insert_into
from bot.store.engine import transaction
from bot.store.isolation.reach import Across
from bot.store.models import workspace
from bot.store.moving.conditions import paused
from bot.store.nudges.models import nudge, nudge_sender

LONGEST_WAIT = timedelta(hours=1)
"""Nothing is held or put off for longer; a later moment means that a clock was set back."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A workspace with something to send."""

    workspace_id: int
    tenant: Tenant


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to send for a workspace, for a while.

    `failures` counts in a row; `troubled` tells that the workspace had to wait since something was
    sent there. `lost` are the nudges that were left without a word of how they ended: they are
    unknown now.
    """

    failures: int
    troubled: bool
    lost: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SendingTrouble:
    """Why a workspace waits. `broken` opens its circuit."""

    reason: str
    resumes_at: datetime
    failures: int
    broken: bool


class Take(Protocol):
    """Takes or prolongs a workspace's lease."""

    async def __call__(
        self, workspace_id: int, *, now: datetime, until: datetime
    ) -> Lease | None: ...


class NudgeSenders:
    """Leases and circuits, one per workspace."""

    def __init__(
        self, *, reader: AsyncEngine, writer: AsyncEngine, timeout_ms: int, holder: str
    ) -> None:
        """`holder` names this process, and no other that ever was."""
        self._reader = reader
        self._writer = writer
        self._timeout_ms = timeout_ms
        self._holder = holder

    async def waiting(self, *, now: datetime, most: int) -> list[Waiting]:
        """Return workspaces for which this process could send now, catalogue by catalogue.

        The cost is that of those with something planned, however many there are.
        """
        sender = nudge_sender.c
        mine = exists().where(nudge.c.workspace_id == workspace.c.id)
        due = mine.where(nudge.c.state == "planned", nudge.c.due_at <= now)
        left = mine.where(nudge.c.state == "sending")
        query = (
            select(workspace.c.id, workspace.c.team_id, workspace.c.enterprise_id)
            .where(workspace.c.id.in_(_with_something()))
            .outerjoin(nudge_sender, sender.workspace_id == workspace.c.id)
            .where(
                or_(sender.workspace_id.is_(None), self._free(now)),
                _resumed(now),
                ~paused(now),
                or_(due, left),
            )
            .order_by(workspace.c.catalogue_id, workspace.c.id)
            .limit(most)
        )
        async with transaction(
            self._reader, timeout_ms=self._timeout_ms, reach=Across.SENDING
        ) as connection:
            rows = (await connection.execute(query)).all()
        return [Waiting(row.id, Tenant(row.team_id, row.enterprise_id)) for row in rows]

    async def take(self, workspace_id: int, *, now: datetime, until: datetime) -> Lease | None:
        """Take the lease to begin a run; None where another process holds it, or none may begin.

        Whatever is *sending* there was left: by a former holder, or by a run of ours that broke
        off. It may have arrived, so it becomes unknown.
        """
        async with transaction(
            self._writer, timeout_ms=self._timeout_ms, reach=Across.SENDING
        ) as connection:
            new = insert_into(connection, nudge_sender).values(workspace_id=workspace_id)
            await connection.execute(new.on_conflict_do_nothing())
            free = self._free(now) & _resumed(now) & ~_paused(now)
            return await self._hold(connection, workspace_id, until, free, true())

    async def prolong(self, workspace_id: int, *, now: datetime, until: datetime) -> Lease | None:
        """Prolong the lease within a run; None where another process holds it by now.

        What another one left that held it for a while becomes unknown.
        """
        async with transaction(
            self._writer, timeout_ms=self._timeout_ms, reach=Across.SENDING
        ) as connection:
            others = nudge.c.holder != self._holder
            free = self._free(now) & ~_paused(now)
            return await self._hold(connection, workspace_id, until, free, others)

    async def _hold(
        self,
        connection: AsyncConnection,
        workspace_id: int,
        until: datetime,
        free: ColumnElement[bool],
        left: ColumnElement[bool],
    ) -> Lease | None:
        taken = (
            update(nudge_sender)
            .where(nudge_sender.c.workspace_id == workspace_id, free)
            .values(holder=self._holder, held_until=until)
            .returning(nudge_sender.c.failures, nudge_sender.c.resumes_at)
        )
        row = (await connection.execute(taken)).one_or_none()
        if row is None:
            return None
        unknown = (
            update(nudge)
            .where(nudge.c.workspace_id == workspace_id, nudge.c.state == "sending", left)
            .values(state="unknown", reason="sender_lost")
            .returning(nudge.c.id)
        )
        lost = (await connection.scalars(unknown)).all()
        return Lease(row.failures, row.resumes_at is not None, tuple(sorted(lost)))

    async def give_back(self, workspace_id: int) -> None:
        """End the lease; harmless where it is another's by now."""
        await self._change(workspace_id, holder=None, held_until=None)

    async def recovered(self, workspace_id: int) -> None:
        """Note that sending works (again)."""
        await self._change(
            workspace_id, resumes_at=None, broken_since=None, broken_reason=None, failures=0
        )

    async def troubled(self, workspace_id: int, trouble: SendingTrouble, *, now: datetime) -> None:
        """Note why the workspace waits; an open circuit keeps the moment at which it opened."""
        values: dict[str, object] = {
            "resumes_at": min(trouble.resumes_at, now + LONGEST_WAIT),
            "failures": trouble.failures,
        }
        if trouble.broken:
            since = nudge_sender.c.broken_since
            opened = func.coalesce(since, literal(now, type_=since.type))
            values |= {"broken_reason": trouble.reason, "broken_since": opened}
        await self._change(workspace_id, **values)

    async def _change(self, workspace_id: int, **values: object) -> None:
        statement = (
            update(nudge_sender)
            .where(
                nudge_sender.c.workspace_id == workspace_id,
                nudge_sender.c.holder == self._holder,
            )
            .values(**values)
        )
        async with transaction(
            self._writer, timeout_ms=self._timeout_ms, reach=Across.SENDING
        ) as connection:
            await connection.execute(statement)

    def _free(self, now: datetime) -> ColumnElement[bool]:
        """Return the condition that this process may send: nobody else does."""
        sender = nudge_sender.c
        return or_(
            sender.holder.is_(None),
            sender.holder == self._holder,
            sender.held_until < now,
            sender.held_until > now + LONGEST_WAIT,
        )


@cache
def _with_something() -> CompoundSelect[int]:
    """Return the workspaces with nudges that are planned or being sent.

    It leaps through the index from one workspace to the next, past all nudges in between.
    """
    # Written out: where they were parameters, SQLite could not tell that partial indexes serve.
    is_planned = nudge.c.state == literal_column("'planned'")
    planned = select(func.min(nudge.c.workspace_id).label("id")).where(is_planned)
    found = planned.cte("found", recursive=True, nesting=True)
    here = found.alias("here")
    later = planned.where(nudge.c.workspace_id > here.c.id).correlate(here).scalar_subquery()
    found = found.union_all(select(later).where(here.c.id.is_not(None)))
    is_open = text("nudge.state IN ('sending', 'unknown')")
    sending = select(nudge.c.workspace_id).where(is_open, nudge.c.state == "sending")
    return union(select(found.c.id).where(found.c.id.is_not(None)), sending)


def _resumed(now: datetime) -> ColumnElement[bool]:
    """Return the condition that neither Slack nor an open circuit asks to wait."""
    resumes_at = nudge_sender.c.resumes_at
    return or_(resumes_at.is_(None), resumes_at <= now, resumes_at > now + LONGEST_WAIT)


def _paused(now: datetime) -> ColumnElement[bool]:
    """Return the condition that the workspace is moving, and nobody there can be reached."""
    mine = workspace.c.id == nudge_sender.c.workspace_id
    return select(workspace.c.id).where(mine, paused(now)).exists()


async def held_by(
    connection: AsyncConnection, holder: str, ids: set[int], now: datetime
) -> frozenset[int]:
    """Return those of the workspaces that `holder` sends for; nobody takes them meanwhile."""
    query = (
        select(nudge_sender.c.workspace_id)
        .where(nudge_sender.c.workspace_id.in_(sorted(ids)), nudge_sender.c.holder == holder)
        .where(~_paused(now))
        .order_by(nudge_sender.c.workspace_id)
        .with_for_update(read=True)
    )
    return frozenset((await connection.scalars(query)).all())
