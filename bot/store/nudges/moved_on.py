"""What becomes of due plans, written in batches: planned nudges, and plans that are moved on."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import bindparam, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.nudges.plan import NudgePlan, Slot
from bot.store.dialect import way_for
from bot.store.nudges.models import nudge, nudge_later, nudge_plan
from bot.values import dataclass

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
class Moved:
    """A plan with what becomes of it; `later_came` tells that its "later" was what was due."""

    member_id: int
    workspace_id: int
    due_at: datetime
    slot: Slot
    plan: NudgePlan
    later_came: bool


async def write_moved(
    connection: AsyncConnection, moved: Sequence[Moved], *, now: datetime
) -> None:
    """Plan a nudge for each, and move its plan on; in the order of the members it is quickest."""
    add = way_for(connection, sqlite=_add_rows, postgresql=_add_arrays)
    await add(connection, moved, now)
    move = way_for(connection, sqlite=_move_rows, postgresql=_move_arrays)
    await move(connection, moved)
    await _renew_later(connection, moved, now)


async def _add_arrays(connection: AsyncConnection, moved: Sequence[Moved], now: datetime) -> None:
    values = {
        "ids": as_array(each.member_id for each in moved),
        "workspaces": as_array(each.workspace_id for each in moved),
        "kinds": as_array(each.slot.kind.value for each in moved),
        "days": as_array(each.slot.day for each in moved),
        "due": as_array(each.due_at for each in moved),
        "now": now,
    }
    await connection.execute(_ADD, values)


async def _add_rows(connection: AsyncConnection, moved: Sequence[Moved], now: datetime) -> None:
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


def as_array(values: Iterable[int | str | date | datetime | None]) -> str:
    """Return PostgreSQL's text of an array of numbers, codes or moments; none needs quotes."""
    return f"{{{','.join('NULL' if each is None else str(each) for each in values)}}}"


async def _move_arrays(connection: AsyncConnection, moved: Sequence[Moved]) -> None:
    columns = {
        "ids": as_array(each.member_id for each in moved),
        "days": as_array(each.plan.last_day for each in moved),
        "regular": as_array(each.plan.regular_at for each in moved),
        "later": as_array(each.plan.later_at for each in moved),
        "due": as_array(each.plan.next_due_at for each in moved),
    }
    await connection.execute(_MOVE, columns)


async def _move_rows(connection: AsyncConnection, moved: Sequence[Moved]) -> None:
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


async def _renew_later(connection: AsyncConnection, moved: Sequence[Moved], now: datetime) -> None:
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
