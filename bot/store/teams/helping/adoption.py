"""Counts what people did in a month, keeps it rounded, and never counts it again."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.growth.goal import GoalState
from bot.domain.teams.helping.adoption import (
    AdoptionFigure,
    AdoptionRow,
    counted,
    end_of,
    start_of,
)
from bot.domain.tenancy import Tenant
from bot.store.dialect import insert_into
from bot.store.engine import transaction
from bot.store.growth.models import assessment, evidence, goal
from bot.store.isolation.reach import Across
from bot.store.models import member, workspace
from bot.store.moving.conditions import paused
from bot.store.owners import Owners
from bot.store.teams.helping.adoption_models import adoption, adoption_month
from bot.values import dataclass

Months = tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Uncounted:
    """A workspace, since when it is there, and the months of it that were counted."""

    tenant: Tenant
    since: datetime
    months: frozenset[date]


class AdoptionRepository:
    """Counts of one tenant."""

    def __init__(self, connection: AsyncConnection, owners: Owners) -> None:
        self._connection = connection
        self._owners = owners

    async def count(self, month: date, *, answered_nudges: Collection[int], at: datetime) -> bool:
        """Count a month; False where that was done before, by whichever process.

        `answered_nudges` are the ids of the members who did so in the month.
        """
        workspace_id = await self._connection.scalar(select(self._owners.workspace_id()))
        if workspace_id is None:
            return False
        first = insert_into(self._connection, adoption_month).values(
            workspace_id=workspace_id, month=month, counted_at=at
        )
        won = first.on_conflict_do_nothing().returning(adoption_month.c.month)
        if await self._connection.scalar(won) is None:
            return False
        acted: dict[AdoptionFigure, Collection[int]] = {
            figure: (await self._connection.scalars(query)).all()
            for figure, query in _acted(workspace_id, month).items()
        }
        acted[AdoptionFigure.NUDGES] = answered_nudges
        rows = counted(month, acted, await self._roles(workspace_id, month))
        if rows:
            values = [
                {
                    "workspace_id": workspace_id,
                    "month": each.month,
                    "figure": each.figure.value,
                    "role_key": each.role,
                    "people": each.people,
                }
                for each in rows
            ]
            await self._connection.execute(insert(adoption), values)
        return True

    async def kept(self, *, since: date) -> tuple[Months, tuple[AdoptionRow, ...]]:
        """Return the months that were counted from a day on, and what was kept of them."""
        here = self._owners.workspace_id()
        months = select(adoption_month.c.month).where(
            adoption_month.c.workspace_id == here, adoption_month.c.month >= since
        )
        rows = select(adoption).where(adoption.c.workspace_id == here, adoption.c.month >= since)
        found = (await self._connection.scalars(months)).all()
        kept = (await self._connection.execute(rows)).all()
        return tuple(found), tuple(
            AdoptionRow(row.month, AdoptionFigure(row.figure), row.role_key, row.people)
            for row in kept
        )

    async def _roles(self, workspace_id: int, month: date) -> Mapping[int, str]:
        """Return the role in which each member stands: that of their goal, else their own."""
        recorded = select(member.c.id, member.c.role_key).where(
            member.c.workspace_id == workspace_id, member.c.role_key.is_not(None)
        )
        goals = (
            select(goal.c.member_id, goal.c.role_key)
            .join(member, member.c.id == goal.c.member_id)
            .where(
                member.c.workspace_id == workspace_id,
                goal.c.set_at < end_of(month),
                goal.c.state != GoalState.DROPPED.value,
            )
            .order_by(goal.c.id)
        )
        found: dict[int, str] = {}
        for query in (recorded, goals):
            rows = (await self._connection.execute(query)).all()
            found.update((row[0], row[1]) for row in rows)
        return found


def _acted(workspace_id: int, month: date) -> Mapping[AdoptionFigure, Select[Any]]:
    acts = {
        AdoptionFigure.GOALS: (goal.c.member_id, goal.c.set_at),
        AdoptionFigure.ASSESSMENTS: (assessment.c.member_id, assessment.c.at),
        AdoptionFigure.EVIDENCE: (evidence.c.member_id, evidence.c.added_at),
    }
    return {
        figure: select(who)
        .join(member, member.c.id == who)
        .where(member.c.workspace_id == workspace_id, at >= start_of(month), at < end_of(month))
        .distinct()
        for figure, (who, at) in acts.items()
    }


class AdoptionStore:
    """Finds where a month is to be counted, in all workspaces."""

    def __init__(self, *, reader: AsyncEngine, timeout_ms: int) -> None:
        self._reader = reader
        self._timeout_ms = timeout_ms

    async def behind(self, newest: date, *, now: datetime) -> tuple[Uncounted, ...]:
        """Return the workspaces of which the month `newest` was not counted yet.

        Raises:
            StoreUnavailable: the database failed.
        """
        done = select(adoption_month.c.month).where(
            adoption_month.c.workspace_id == workspace.c.id, adoption_month.c.month == newest
        )
        query = (
            select(
                workspace.c.id,
                workspace.c.team_id,
                workspace.c.enterprise_id,
                workspace.c.created_at,
            )
            .where(~done.exists(), workspace.c.created_at < end_of(newest), ~paused(now))
            .order_by(workspace.c.id)
        )
        known = select(adoption_month.c.workspace_id, adoption_month.c.month)
        async with transaction(
            self._reader, timeout_ms=self._timeout_ms, reach=Across.COUNTING
        ) as connection:
            rows = (await connection.execute(query)).all()
            months: dict[int, set[date]] = {row.id: set() for row in rows}
            if rows:
                ids = select(workspace.c.id).where(~done.exists())
                for id_, month in await connection.execute(
                    known.where(adoption_month.c.workspace_id.in_(ids))
                ):
                    months.setdefault(id_, set()).add(month)
        return tuple(
            Uncounted(
                Tenant(row.team_id, row.enterprise_id), row.created_at, frozenset(months[row.id])
            )
            for row in rows
        )
