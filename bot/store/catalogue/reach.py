"""Counts of what one workspace's members hold, by role. Services round before anybody sees them."""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.growth.goal import GoalState
from bot.store.growth.models import assessment, goal
from bot.store.models import member
from bot.store.owners import Owners


class ReachReader:
    """Reads one tenant's counts."""

    def __init__(self, connection: AsyncConnection, owners: Owners) -> None:
        self._connection = connection
        self._owners = owners

    async def goals(self) -> Mapping[str, int]:
        """Return how many members have an active goal in each role, by the role's key."""
        query = (
            select(goal.c.role_key, func.count())
            .join(member, member.c.id == goal.c.member_id)
            .where(
                member.c.workspace_id == self._owners.workspace_id(),
                goal.c.state == GoalState.ACTIVE.value,
            )
            .group_by(goal.c.role_key)
        )
        rows = (await self._connection.execute(query)).all()
        return {row[0]: row[1] for row in rows}

    async def marks(self) -> list[tuple[int, str, int]]:
        """Return (member's id, role's key, marks) for each role in which a member ever marked."""
        query = (
            select(assessment.c.member_id, assessment.c.role_key, func.count())
            .join(member, member.c.id == assessment.c.member_id)
            .where(member.c.workspace_id == self._owners.workspace_id())
            .group_by(assessment.c.member_id, assessment.c.role_key)
        )
        rows = (await self._connection.execute(query)).all()
        return [(row[0], row[1], row[2]) for row in rows]
