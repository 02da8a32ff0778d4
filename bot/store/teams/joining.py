"""Shares and letters of people whose rows are joined."""

from datetime import datetime

from sqlalchemy import CTE, and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.growth.goal import GoalState
from bot.domain.teams.share import ShareEnd, ShareState
from bot.domain.tenancy import Tenant
from bot.store.growth.models import goal
from bot.store.models import workspace
from bot.store.teams.ending import end_shares
from bot.store.teams.models import letter, share


async def join_shares(connection: AsyncConnection, pair: CTE, *, stays: int, at: datetime) -> None:
    """Give shares and letters of each `pair.gone` to its `pair.stays`, once goals were joined.

    Nobody shares with themselves, and nobody sees a goal twice: of two shares the newer stays.
    """
    for table, columns in (
        (letter, (letter.c.member_id, letter.c.author_member_id)),
        (share, (share.c.member_id, share.c.other_member_id)),
    ):
        if table is share:
            await _end_doubles(connection, pair, stays, at)
        for column in columns:
            given = update(table).where(column == pair.c.gone)
            await connection.execute(given.values({column.name: pair.c.stays}))
    with_self = share.c.member_id == share.c.other_member_id
    await connection.execute(delete(share).where(with_self))
    # A goal may have ended because another one is newer.
    over = select(goal.c.id).where(
        goal.c.member_id.in_(select(pair.c.stays)), goal.c.state != GoalState.ACTIVE.value
    )
    await end_shares(
        connection,
        await _tenant(connection, stays),
        share.c.goal_id.in_(over),
        ShareEnd.GOAL_OVER,
        at=at,
    )


async def _end_doubles(connection: AsyncConnection, pair: CTE, stays: int, at: datetime) -> None:
    mine, its = share.alias("mine"), share.alias("its")
    same = and_(
        mine.c.goal_id == its.c.goal_id,
        mine.c.other_member_id == pair.c.gone,
        its.c.other_member_id == pair.c.stays,
        mine.c.state != ShareState.ENDED.value,
        its.c.state != ShareState.ENDED.value,
    )
    older = select(its.c.id).where(same)
    which = share.c.id.in_(older)
    await end_shares(connection, await _tenant(connection, stays), which, ShareEnd.LAPSED, at=at)


async def _tenant(connection: AsyncConnection, workspace_id: int) -> Tenant:
    query = select(workspace.c.team_id, workspace.c.enterprise_id)
    row = (await connection.execute(query.where(workspace.c.id == workspace_id))).one()
    return Tenant(row.team_id, row.enterprise_id)
