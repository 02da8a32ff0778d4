"""The repository of goals: at most one active per member."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Update, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.growth.goal import Goal, GoalState
from bot.store.growth.models import goal
from bot.store.owners import Owner


class GoalRepository:
    """Writes the goals of members that this transaction holds."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def set(
        self,
        owner: Owner,
        *,
        role: str,
        level: str,
        origin: tuple[str, str] | None,
        revision_id: int,
        at: datetime,
        by: date | None = None,
    ) -> Goal:
        """Set a goal; the one before it becomes history. `origin` is a (role key, level key)."""
        await self.drop(owner, at=at)
        origin_role, origin_level = origin or (None, None)
        added = insert(goal).values(
            member_id=owner.member_id,
            role_key=role,
            level_key=level,
            origin_role_key=origin_role,
            origin_level_key=origin_level,
            revision_id=revision_id,
            state=GoalState.ACTIVE.value,
            set_at=at,
            by_day=by,
        )
        goal_id = (await self._connection.execute(added.returning(goal.c.id))).scalar_one()
        return Goal(
            id=goal_id,
            role=role,
            level=level,
            revision_id=revision_id,
            set_at=at,
            origin_role=origin_role,
            origin_level=origin_level,
            by=by,
        )

    async def drop(self, owner: Owner, *, at: datetime) -> bool:
        """Drop the active goal; False where there is none. One that was reached stays reached."""
        return await self._change(_active(owner).values(state=GoalState.DROPPED.value, ended_at=at))

    async def reach(self, owner: Owner, *, at: datetime) -> bool:
        """Mark the active goal as reached; True for the one caller that did it."""
        return await self._change(_active(owner).values(state=GoalState.REACHED.value, ended_at=at))

    async def reopen(self, owner: Owner, goal_id: int) -> bool:
        """Work towards a reached goal again; False where it is not reached."""
        return await self._change(
            update(goal)
            .where(
                goal.c.id == goal_id,
                goal.c.member_id == owner.member_id,
                goal.c.state == GoalState.REACHED.value,
            )
            .values(state=GoalState.ACTIVE.value, ended_at=None)
        )

    async def date(self, owner: Owner, by: date | None) -> bool:
        """Let the active goal be wanted by a day, or by none; False without a goal."""
        return await self._change(_active(owner).values(by_day=by))

    async def told_of_recount(self, owner: Owner, *, at: datetime) -> bool:
        """Note that the member knows why the active goal's figures changed; False without one."""
        return await self._change(_active(owner).values(recount_told_at=at))

    async def adopt(self, owner: Owner, revision_id: int, named: Goal | None = None) -> bool:
        """Measure the active goal against another revision from now on.

        `named` is the goal as that revision names its levels, where that is another way.
        """
        values: dict[str, Any] = {"revision_id": revision_id, "kept_revision_id": None}
        if named is not None:
            values |= {
                "role_key": named.role,
                "level_key": named.level,
                "origin_role_key": named.origin_role,
                "origin_level_key": named.origin_level,
            }
        return await self._change(_active(owner).values(values))

    async def keep(self, owner: Owner, revision_id: int) -> bool:
        """Note that the member keeps the active goal as it is, while this revision is the newest"""
        return await self._change(_active(owner).values(kept_revision_id=revision_id))

    async def _change(self, statement: Update) -> bool:
        return (await self._connection.execute(statement)).rowcount == 1


def _active(owner: Owner) -> Update:
    return update(goal).where(
        goal.c.member_id == owner.member_id, goal.c.state == GoalState.ACTIVE.value
    )
