"""Moves due plans on in batches: one transaction, four statements, however many members."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    any_,
    bindparam,
    cast,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    text,
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
from bot.store.nudges.rows import PLAN_COLUMNS, WORKING_COLUMNS, plan_of, working_of

_OWN_COLUMNS = ("member_id", "workspace_id", "next_due_at")
_PLAN = slice(len(_OWN_COLUMNS), None)

Straighten = Callable[[NudgePlan, WorkingTime], NudgePlan]
MoveOn = Callable[[NudgePlan, WorkingTime], tuple[Slot, NudgePlan]]

# PostgreSQL takes a whole batch as arrays: measured, a quarter of the time of a row each. They are
# written here: the driver needs nearly as long for them as PostgreSQL for the whole statement.
_MOVE = text(
    """
    UPDATE nudge_plan SET last_day = v.last_day, regular_at = v.regular_at,
        later_at = v.later_at, next_due_at = v.next_due_at
    FROM unnest(CAST(:ids AS bigint[]), CAST(:days AS date[]), CAST(:regular AS timestamptz[]),
        CAST(:later AS timestamptz[]), CAST(:due AS timestamptz[]))
        AS v(id, last_day, regular_at, later_at, next_due_at)
    WHERE nudge_plan.member_id = v.id
    """
)
_ADD = text(
    """
    INSERT INTO nudge (member_id, workspace_id, kind, slot_day, due_at, state, created_at)
    SELECT v.member_id, v.workspace_id, v.kind, v.slot_day, v.due_at, 'planned',
        CAST(:now AS timestamptz)
    FROM unnest(CAST(:ids AS bigint[]), CAST(:workspaces AS bigint[]), CAST(:kinds AS text[]),
        CAST(:days AS date[]), CAST(:due AS timestamptz[]))
        AS v(member_id, workspace_id, kind, slot_day, due_at)
    ON CONFLICT (member_id, kind, slot_day) DO NOTHING
    """
)


@dataclass(frozen=True, slots=True)
class _Moved:
    member_id: int
    workspace_id: int
    due_at: datetime
    slot: Slot
    plan: NudgePlan
    later_came: bool


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
    add = way_for(connection, sqlite=_add_rows, postgresql=_add_arrays)
    await add(connection, moved, now)
    move = way_for(connection, sqlite=_move_rows, postgresql=_move_arrays)
    await move(connection, moved)
    await _renew_later(connection, moved, now)
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
) -> list[_Moved]:
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
        moved.append(_Moved(row.member_id, row.workspace_id, row.next_due_at, slot, plan, came))
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
    as_array = workspace.c.id == any_(cast(literal(_array(ids)), ARRAY(BigInteger)))
    named = way_for(connection, sqlite=workspace.c.id.in_(ids), postgresql=as_array)
    columns = (workspace.c[name] for name in WORKING_COLUMNS)
    rows = (await connection.execute(select(workspace.c.id, *columns).where(named))).all()
    return {row.id: working_of(row) for row in rows}


async def _add_arrays(connection: AsyncConnection, moved: Sequence[_Moved], now: datetime) -> None:
    values = {
        "ids": _array(each.member_id for each in moved),
        "workspaces": _array(each.workspace_id for each in moved),
        "kinds": _array(each.slot.kind.value for each in moved),
        "days": _array(each.slot.day for each in moved),
        "due": _array(each.due_at for each in moved),
        "now": now,
    }
    await connection.execute(_ADD, values)


async def _add_rows(connection: AsyncConnection, moved: Sequence[_Moved], now: datetime) -> None:
    rows = [
        {
            "member_id": each.member_id,
            "workspace_id": each.workspace_id,
            "kind": each.slot.kind.value,
            "slot_day": each.slot.day,
            "due_at": each.due_at,
            "state": "planned",
            "created_at": now,
        }
        for each in moved
    ]
    await connection.execute(insert(nudge).prefix_with("OR IGNORE"), rows)


def _array(values: Iterable[int | str | date | datetime | None]) -> str:
    """Return PostgreSQL's text of an array of numbers, codes or moments; none needs quotes."""
    return f"{{{','.join('NULL' if each is None else str(each) for each in values)}}}"


async def _move_arrays(connection: AsyncConnection, moved: Sequence[_Moved]) -> None:
    columns = {
        "ids": _array(each.member_id for each in moved),
        "days": _array(each.plan.last_day for each in moved),
        "regular": _array(each.plan.regular_at for each in moved),
        "later": _array(each.plan.later_at for each in moved),
        "due": _array(each.plan.next_due_at for each in moved),
    }
    await connection.execute(_MOVE, columns)


async def _move_rows(connection: AsyncConnection, moved: Sequence[_Moved]) -> None:
    statement = (
        update(nudge_plan)
        .where(nudge_plan.c.member_id == bindparam("id"))
        .values(
            last_day=bindparam("day"),
            regular_at=bindparam("regular"),
            later_at=bindparam("later"),
            next_due_at=bindparam("due"),
        )
    )
    rows = [
        {
            "id": each.member_id,
            "day": each.plan.last_day,
            "regular": each.plan.regular_at,
            "later": each.plan.later_at,
            "due": each.plan.next_due_at,
        }
        for each in moved
    ]
    await connection.execute(statement, rows)


async def _renew_later(connection: AsyncConnection, moved: Sequence[_Moved], now: datetime) -> None:
    """Find the next "later" of those whose "later" has just come."""
    plans = {each.member_id: each.plan for each in moved if each.later_came}
    if not plans:
        return
    following = (
        select(nudge_later.c.member_id, func.min(nudge_later.c.until).label("until"))
        .where(
            nudge_later.c.member_id.in_(bindparam("ids", expanding=True)),
            nudge_later.c.until > now,
        )
        .group_by(nudge_later.c.member_id)
    )
    for row in (await connection.execute(following, {"ids": list(plans)})).all():
        plan = plans[row.member_id]
        due = min(row.until, plan.regular_at) if plan.regular_at else row.until
        await connection.execute(
            update(nudge_plan)
            .where(nudge_plan.c.member_id == row.member_id)
            .values(later_at=row.until, next_due_at=due)
        )
