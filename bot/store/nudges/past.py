"""What members were sent before: read for one member or for a whole batch, in four queries."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.framework import CellKey
from bot.domain.nudges.choice import Asked, NudgeHistory
from bot.domain.nudges.decision import Past
from bot.store.nudges.models import nudge, nudge_later, nudge_passed

WENT_OUT = ("sending", "sent", "unknown")
"""States of a nudge that the member has, or may have."""
# A week before the member's own day, wherever on earth that is.
_RECENT = timedelta(days=8)


async def pasts_of(
    connection: AsyncConnection,
    members: Collection[int],
    *,
    now: datetime,
    without: int | None = None,
) -> Mapping[int, Past]:
    """Return what each member was sent before; one nudge may be left out, by its id."""
    went_out = nudge.c.member_id.in_(members) & nudge.c.state.in_(WENT_OUT)
    if without is not None:
        went_out &= nudge.c.id != without
    asked = await _asked(connection, went_out)
    later = await _later(connection, members)
    last_sent, latest = await _latest(connection, went_out)
    days = await _days(connection, went_out, now.date() - _RECENT)
    return {
        each: Past(
            NudgeHistory(asked[each], later[each], latest.get(each)),
            last_sent.get(each),
            tuple(days[each]),
        )
        for each in members
    }


async def _asked(
    connection: AsyncConnection, went_out: ColumnElement[bool]
) -> Mapping[int, dict[CellKey, Asked]]:
    current = select(
        nudge.c.member_id, nudge.c.role_key, nudge.c.level_key, nudge.c.skill_key, nudge.c.sent_at
    ).where(went_out, nudge.c.skill_key.is_not(None))
    passed = (
        select(
            nudge.c.member_id,
            nudge_passed.c.role_key,
            nudge_passed.c.level_key,
            nudge_passed.c.skill_key,
            nudge.c.sent_at,
        )
        .join(nudge, nudge.c.id == nudge_passed.c.nudge_id)
        .where(went_out)
    )
    offered = union_all(current, passed).subquery()
    query = select(
        *offered.c[:4], func.count().label("times"), func.max(offered.c.sent_at).label("last")
    ).group_by(*offered.c[:4])
    found: dict[int, dict[CellKey, Asked]] = defaultdict(dict)
    for row in (await connection.execute(query)).all():
        cell = CellKey(row.role_key, row.level_key, row.skill_key)
        found[row.member_id][cell] = Asked(row.times, row.last)
    return found


async def _later(
    connection: AsyncConnection, members: Collection[int]
) -> Mapping[int, dict[CellKey, datetime]]:
    query = select(nudge_later).where(nudge_later.c.member_id.in_(members))
    found: dict[int, dict[CellKey, datetime]] = defaultdict(dict)
    for row in (await connection.execute(query)).all():
        found[row.member_id][CellKey(row.role_key, row.level_key, row.skill_key)] = row.until
    return found


async def _latest(
    connection: AsyncConnection, went_out: ColumnElement[bool]
) -> tuple[Mapping[int, datetime], Mapping[int, CellKey]]:
    """Return when each member was last sent anything, and what they were asked about last."""
    last = select(nudge.c.member_id, func.max(nudge.c.sent_at)).where(went_out)
    sent = (await connection.execute(last.group_by(nudge.c.member_id))).all()
    newest = (
        select(func.max(nudge.c.id))
        .where(went_out, nudge.c.skill_key.is_not(None))
        .group_by(nudge.c.member_id)
    )
    rows = (await connection.execute(select(nudge).where(nudge.c.id.in_(newest)))).all()
    return (
        {member_id: moment for member_id, moment in sent if moment is not None},
        {row.member_id: CellKey(row.role_key, row.level_key, row.skill_key) for row in rows},
    )


async def _days(
    connection: AsyncConnection, went_out: ColumnElement[bool], since: date
) -> Mapping[int, list[date]]:
    query = select(nudge.c.member_id, nudge.c.slot_day).where(went_out, nudge.c.slot_day >= since)
    found: dict[int, list[date]] = defaultdict(list)
    for member_id, day in (await connection.execute(query)).all():
        found[member_id].append(day)
    return found
