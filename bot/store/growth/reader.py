"""Reads everything that a member holds, in three queries."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.growth.evidence import Evidence, EvidenceKind
from bot.domain.growth.goal import Goal, GoalState
from bot.domain.growth.standing import NO_GROWTH, Growth, growth_of
from bot.store.growth.models import assessment, evidence, evidence_support, goal
from bot.store.models import member
from bot.store.owners import Owners

_GOAL = [column.label(f"goal_{column.name}") for column in goal.c]


class GrowthReader:
    """Reads one tenant's members' growth."""

    def __init__(self, connection: AsyncConnection, owners: Owners) -> None:
        self._connection = connection
        self._owners = owners

    async def of(self, slack_id: str) -> Growth:
        """Return what the member holds; nothing where the member is unknown.

        Outside a write each query sees what is committed when it runs. The version is read first,
        so the rest is never older than it says.
        """
        query = (
            select(member.c.id, member.c.growth_version, *_GOAL)
            .outerjoin(
                goal,
                (goal.c.member_id == member.c.id) & (goal.c.state != GoalState.DROPPED.value),
            )
            .where(self._owners.is_owner(slack_id))
            .order_by(goal.c.id.desc())
            .limit(1)
        )
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            return NO_GROWTH
        if row.growth_version == 0:
            return Growth()
        return growth_of(
            await self.history(row.id),
            await self._evidence(row.id),
            None if row.goal_id is None else _goal(row),
            row.growth_version,
        )

    async def history(self, member_id: int) -> tuple[Assessment, ...]:
        """Return every mark ever made, oldest first."""
        return (await histories_of(self._connection, [member_id]))[member_id]

    async def history_of(self, slack_id: str) -> tuple[Assessment, ...]:
        """Return every mark the member ever made, oldest first."""
        query = select(member.c.id).where(self._owners.is_owner(slack_id))
        member_id = await self._connection.scalar(query)
        return () if member_id is None else await self.history(member_id)

    async def goals_of(self, slack_id: str) -> tuple[Goal, ...]:
        """Return every goal the member ever set, oldest first."""
        query = (
            select(*_GOAL)
            .join(member, member.c.id == goal.c.member_id)
            .where(self._owners.is_owner(slack_id))
            .order_by(goal.c.id)
        )
        return tuple(_goal(row) for row in (await self._connection.execute(query)).all())

    async def _evidence(self, member_id: int) -> tuple[Evidence, ...]:
        return (await evidence_of(self._connection, [member_id]))[member_id]


async def growths_of(connection: AsyncConnection, members: Collection[int]) -> Mapping[int, Growth]:
    """Return what several members hold: three queries, however many."""
    query = (
        select(member.c.id.label("owner_id"), member.c.growth_version, *_GOAL)
        .outerjoin(
            goal, (goal.c.member_id == member.c.id) & (goal.c.state != GoalState.DROPPED.value)
        )
        .where(member.c.id.in_(members))
        .order_by(goal.c.id)
    )
    # The newest goal of a member comes last, and stays.
    rows = {row.owner_id: row for row in (await connection.execute(query)).all()}
    histories = await histories_of(connection, members)
    evidence_by = await evidence_of(connection, members)
    return {
        each: growth_of(
            histories[each],
            evidence_by[each],
            None if row.goal_id is None else _goal(row),
            row.growth_version,
        )
        for each, row in rows.items()
    }


async def histories_of(
    connection: AsyncConnection, members: Collection[int]
) -> Mapping[int, tuple[Assessment, ...]]:
    """Return every mark that each member ever made, oldest first."""
    query = select(assessment).where(assessment.c.member_id.in_(members)).order_by(assessment.c.id)
    found: dict[int, list[Assessment]] = {each: [] for each in members}
    for row in (await connection.execute(query)).all():
        found[row.member_id].append(
            Assessment(
                CellKey(row.role_key, row.level_key, row.skill_key),
                Status(row.status),
                row.at,
                row.proficiency_key,
                row.note,
                row.revision_id,
                bool(row.withdraws),
            )
        )
    return {each: tuple(marks) for each, marks in found.items()}


async def evidence_of(
    connection: AsyncConnection, members: Collection[int]
) -> Mapping[int, tuple[Evidence, ...]]:
    """Return each member's evidence, newest first."""
    query = (
        select(evidence, *evidence_support.c)
        .outerjoin(evidence_support, evidence_support.c.evidence_id == evidence.c.id)
        .where(evidence.c.member_id.in_(members))
        .order_by(evidence.c.id.desc())
    )
    pieces: dict[int, Row[Any]] = {}
    supports: dict[int, set[CellKey]] = defaultdict(set)
    for row in (await connection.execute(query)).all():
        pieces[row.id] = row
        if row.skill_key is not None:
            supports[row.id].add(CellKey(row.role_key, row.level_key, row.skill_key))
    found: dict[int, list[Evidence]] = {each: [] for each in members}
    for row in pieces.values():
        found[row.member_id].append(
            Evidence(
                row.id,
                EvidenceKind(row.kind),
                row.note,
                row.url,
                row.added_at,
                frozenset(supports[row.id]),
            )
        )
    return {each: tuple(some) for each, some in found.items()}


def _goal(row: Row[Any]) -> Goal:
    return Goal(
        id=row.goal_id,
        role=row.goal_role_key,
        level=row.goal_level_key,
        revision_id=row.goal_revision_id,
        set_at=row.goal_set_at,
        state=GoalState(row.goal_state),
        origin_role=row.goal_origin_role_key,
        origin_level=row.goal_origin_level_key,
        ended_at=row.goal_ended_at,
        recounted_at=row.goal_recounted_at,
        recount_told_at=row.goal_recount_told_at,
    )
