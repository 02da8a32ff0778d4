"""Moves due plans on in batches: one transaction, four statements, however many members."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    any_,
    cast,
    delete,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.nudges.cadence import WorkingTime
from bot.domain.nudges.plan import FARTHEST, LONGEST_LATER, LONGEST_PAUSE, NudgePlan, Slot
from bot.store.dialect import way_for
from bot.store.engine import transaction
from bot.store.isolation.reach import Across
from bot.store.models import workspace
from bot.store.nudges.models import nudge, nudge_later, nudge_plan
from bot.store.nudges.moved_on import Moved, as_array, write_moved
from bot.store.nudges.rows import PLAN_COLUMNS, WORKING_COLUMNS, plan_of, working_of

_OWN_COLUMNS = ("member_id", "workspace_id", "next_due_at")
_PLAN = slice(len(_OWN_COLUMNS), None)

Straighten = Callable[[NudgePlan, WorkingTime], NudgePlan]
MoveOn = Callable[[NudgePlan, WorkingTime], tuple[Slot, NudgePlan]]


class NudgePlanner:
    """Plans for all tenants; any number of processes may do it at once."""

    def __init__(self, writer: AsyncEngine, *, timeout_ms: int) -> None:
        self._writer = writer
        self._timeout_ms = timeout_ms

    async def plan_due(self, move_on: MoveOn, *, now: datetime, limit: int) -> int:
        """Turn what is due into planned nudges; return how many plans were moved on.

        A member's slot becomes one nudge, however often and by however many processes it is
        planned. Fewer than `limit` means that nothing more is due, or that others are at it.

        Raises:
            StoreUnavailable: nothing was moved on.
        """
        async with transaction(
            self._writer, timeout_ms=self._timeout_ms, reach=Across.PLANNING
        ) as connection:
            return await plan_some(connection, move_on, now=now, limit=limit)

    async def straighten(self, straighten: Straighten, *, now: datetime, most: int) -> int:
        """Plan anew what lies farther ahead than any plan may; return how many plans that changed.

        Only a clock that was wrong has planned so, or a list of holidays longer than a season.

        Raises:
            StoreUnavailable: some may be planned anew already.
        """
        async with transaction(
            self._writer, timeout_ms=self._timeout_ms, reach=Across.PLANNING
        ) as connection:
            far = (nudge.c.state == "planned") & (nudge.c.due_at > now + FARTHEST)
            await connection.execute(update(nudge).where(far).values(due_at=now))
        changed, last = 0, 0
        while True:
            async with transaction(
                self._writer, timeout_ms=self._timeout_ms, reach=Across.PLANNING
            ) as connection:
                rows = await _astray(connection, now, after=last, most=most)
                if not rows:
                    return changed
                last = rows[-1].member_id
                hours = await _working_times(connection, {row.workspace_id for row in rows})
                for row in rows:
                    before = plan_of(row)
                    plan = straighten(before, hours[row.workspace_id])
                    if plan != before:
                        await _keep_straight(connection, row.member_id, plan, now)
                        changed += 1


async def plan_some(
    connection: AsyncConnection, move_on: MoveOn, *, now: datetime, limit: int
) -> int:
    """Do what `NudgePlanner.plan_due` does, in the connection's own transaction."""
    rows = await _claim(connection, now, limit)
    if not rows:
        return 0
    working = await _working_times(connection, {row.workspace_id for row in rows})
    moved = _what_becomes(rows, working, move_on)
    await write_moved(connection, moved, now=now)
    return len(moved)


async def _astray(
    connection: AsyncConnection, now: datetime, *, after: int, most: int
) -> Sequence[Any]:
    names = (*_OWN_COLUMNS, *PLAN_COLUMNS)
    query = (
        select(*(nudge_plan.c[name] for name in names))
        .where(is_astray(now), nudge_plan.c.member_id > after)
        .order_by(nudge_plan.c.member_id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return (await connection.execute(query)).all()


def is_astray(now: datetime) -> ColumnElement[bool]:
    """Return the condition on `nudge_plan` of a plan that lies farther ahead than it may."""
    paused = nudge_plan.c.paused_until
    return (nudge_plan.c.next_due_at > now + FARTHEST) & or_(
        paused.is_(None), paused <= now, paused > now + LONGEST_PAUSE
    )


async def _keep_straight(
    connection: AsyncConnection, member_id: int, plan: NudgePlan, now: datetime
) -> None:
    await connection.execute(
        update(nudge_plan).where(nudge_plan.c.member_id == member_id).values(**_values(plan))
    )
    await connection.execute(
        delete(nudge_later).where(
            nudge_later.c.member_id == member_id, nudge_later.c.until > now + LONGEST_LATER
        )
    )


def _values(plan: NudgePlan) -> Mapping[str, Any]:
    return {
        "paused_until": plan.settings.paused_until,
        "last_day": plan.last_day,
        "regular_at": plan.regular_at,
        "later_at": plan.later_at,
        "next_due_at": plan.next_due_at,
    }


def _what_becomes(
    rows: Sequence[Any], working: Mapping[int, WorkingTime], move_on: MoveOn
) -> list[Moved]:
    """Return what becomes of each row, in the order of the members: it is quicker to write."""
    # Many members share their wishes and moments: what becomes of those is worked out once.
    known: dict[tuple[Any, ...], tuple[Slot, NudgePlan]] = {}
    moved = []
    for row in rows:
        hours = working[row.workspace_id]
        alike = (hours, *row[_PLAN])
        if alike not in known:
            known[alike] = move_on(plan_of(row), hours)
        slot, plan = known[alike]
        came = row.later_at is not None and plan.later_at is None
        moved.append(Moved(row.member_id, row.workspace_id, row.next_due_at, slot, plan, came))
    moved.sort(key=attrgetter("member_id"))
    return moved


async def _claim(connection: AsyncConnection, now: datetime, limit: int) -> Sequence[Any]:
    names = (*_OWN_COLUMNS, *PLAN_COLUMNS)
    due = (
        select(*(nudge_plan.c[name] for name in names))
        .where(nudge_plan.c.next_due_at <= now)
        .order_by(nudge_plan.c.next_due_at)
        .limit(limit)
        # SQLite needs no row locks: this transaction is the only one that writes.
        .with_for_update(skip_locked=True)
    )
    return (await connection.execute(due)).all()


async def _working_times(connection: AsyncConnection, ids: set[int]) -> Mapping[int, WorkingTime]:
    # On PostgreSQL one value however many there are, so that the statement stays the same.
    in_array = workspace.c.id == any_(cast(literal(as_array(ids)), ARRAY(BigInteger)))
    named = way_for(connection, sqlite=workspace.c.id.in_(ids), postgresql=in_array)
    columns = (workspace.c[name] for name in WORKING_COLUMNS)
    rows = (await connection.execute(select(workspace.c.id, *columns).where(named))).all()
    return {row.id: working_of(row) for row in rows}
