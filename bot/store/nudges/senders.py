"""Who sends for which workspace: one process at a time, by a lease, and what keeps it waiting."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any, Protocol

from sqlalchemy import (
    CompoundSelect,
    Executable,
    Integer,
    Select,
    bindparam,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    text,
    union,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.sql.dml import ReturningUpdate

from bot.domain.tenancy import Tenant
from bot.store.dialect import insert_into
from bot.store.engine import transaction
from bot.store.isolation.reach import Across
from bot.store.models import workspace
from bot.store.moving.conditions import NOW, PAUSED, moments
from bot.store.nudges.models import nudge, nudge_sender
from bot.values import dataclass

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
        async with transaction(
            self._reader, timeout_ms=self._timeout_ms, reach=Across.SENDING
        ) as connection:
            values = self._moments(now) | {"most": most}
            rows = (await connection.execute(_waiting(), values)).all()
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
            values = self._moments(now) | {"workspace": workspace_id, "until": until}
            return await _hold(connection, _take(), _left(others=False), values)

    async def prolong(self, workspace_id: int, *, now: datetime, until: datetime) -> Lease | None:
        """Prolong the lease within a run; None where another process holds it by now.

        What another one left that held it for a while becomes unknown.
        """
        async with transaction(
            self._writer, timeout_ms=self._timeout_ms, reach=Across.SENDING
        ) as connection:
            values = self._moments(now) | {"workspace": workspace_id, "until": until}
            return await _hold(connection, _prolong(), _left(others=True), values)

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

    def _moments(self, now: datetime) -> dict[str, Any]:
        """Return what each of the statements below is asked with."""
        return moments(now) | {"far": now + LONGEST_WAIT, "this_process": self._holder}


async def _hold(
    connection: AsyncConnection, take: Executable, left: Executable, values: dict[str, Any]
) -> Lease | None:
    row = (await connection.execute(take, values)).one_or_none()
    if row is None:
        return None
    lost = (await connection.scalars(left, values)).all()
    return Lease(row.failures, row.resumes_at is not None, tuple(sorted(lost)))


# Statements are built once: most take longer to build than to ask, and some are asked each second.
# What they are asked with is never named as a column is: an UPDATE would set that column.
_SENDER = nudge_sender.c
_FAR = bindparam("far", type_=_SENDER.held_until.type)
_HOLDER = bindparam("this_process", type_=_SENDER.holder.type)
# This process may send: nobody else does.
_FREE = or_(
    _SENDER.holder.is_(None),
    _SENDER.holder == _HOLDER,
    _SENDER.held_until < NOW,
    _SENDER.held_until > _FAR,
)
# Neither Slack nor an open circuit asks to wait.
_RESUMED = or_(_SENDER.resumes_at.is_(None), _SENDER.resumes_at <= NOW, _SENDER.resumes_at > _FAR)
# The workspace is moving, and nobody there can be reached.
_MOVING = select(workspace.c.id).where(workspace.c.id == _SENDER.workspace_id, PAUSED).exists()


@cache
def _waiting() -> Select[Any]:
    mine = exists().where(nudge.c.workspace_id == workspace.c.id)
    due = mine.where(nudge.c.state == "planned", nudge.c.due_at <= NOW)
    left = mine.where(nudge.c.state == "sending")
    return (
        select(workspace.c.id, workspace.c.team_id, workspace.c.enterprise_id)
        .where(workspace.c.id.in_(_with_something()))
        .outerjoin(nudge_sender, _SENDER.workspace_id == workspace.c.id)
        .where(or_(_SENDER.workspace_id.is_(None), _FREE), _RESUMED, ~PAUSED, or_(due, left))
        .order_by(workspace.c.catalogue_id, workspace.c.id)
        .limit(bindparam("most", type_=Integer()))
    )


@cache
def _take() -> Executable:
    return _prolong().where(_RESUMED)


@cache
def _prolong() -> ReturningUpdate[Any]:
    return (
        update(nudge_sender)
        .where(_SENDER.workspace_id == bindparam("workspace"), _FREE, ~_MOVING)
        .values(holder=_HOLDER, held_until=bindparam("until", type_=_SENDER.held_until.type))
        .returning(_SENDER.failures, _SENDER.resumes_at)
    )


@cache
def _left(*, others: bool) -> Executable:
    """Name as unknown what was left without a word; by `others` alone, or by anybody."""
    left = update(nudge).where(
        nudge.c.workspace_id == bindparam("workspace"), nudge.c.state == "sending"
    )
    left = left.where(nudge.c.holder != _HOLDER) if others else left
    return left.values(state="unknown", reason="sender_lost").returning(nudge.c.id)


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


async def held_by(
    connection: AsyncConnection, holder: str, ids: set[int], now: datetime
) -> frozenset[int]:
    """Return those of the workspaces that `holder` sends for; nobody takes them meanwhile."""
    values = moments(now) | {"workspaces": sorted(ids), "this_process": holder}
    return frozenset((await connection.scalars(_held(), values)).all())


@cache
def _held() -> Select[Any]:
    return (
        select(_SENDER.workspace_id)
        .where(
            _SENDER.workspace_id.in_(bindparam("workspaces", expanding=True)),
            _SENDER.holder == _HOLDER,
            ~_MOVING,
        )
        .order_by(_SENDER.workspace_id)
        .with_for_update(read=True)
    )
