"""The repository of members' plans for nudges, and of what their workspace decided about them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.framework import CellKey
from bot.domain.nudges.cadence import Cadence, NudgePolicy
from bot.domain.nudges.decision import PlanStatus
from bot.store.dialect import insert_into
from bot.store.members.workspaces import WorkspaceRepository
from bot.store.models import member, workspace
from bot.store.nudges.models import nudge_later, nudge_plan
from bot.store.nudges.rows import (
    PLAN_COLUMNS,
    WORKING_COLUMNS,
    mask_of,
    minutes,
    plan_of,
    plan_values,
    working_of,
)
from bot.store.owners import Owner, Owners

STATUS_COLUMNS = (*PLAN_COLUMNS, "ignored", "asked_less", "told_done", "barred", "checked_at")
POLICY_COLUMNS = (*WORKING_COLUMNS, "default_cadence", "weekly_cap")


class PlanRepository:
    """Plans of one tenant's members."""

    def __init__(
        self, connection: AsyncConnection, owners: Owners, workspaces: WorkspaceRepository
    ) -> None:
        self._connection = connection
        self._owners = owners
        self._workspaces = workspaces

    async def of(self, slack_id: str) -> PlanStatus | None:
        """Return a member's plan; None where there is none, or no such member."""
        query = (
            select(*(nudge_plan.c[name] for name in STATUS_COLUMNS))
            .join(member, member.c.id == nudge_plan.c.member_id)
            .where(self._owners.is_owner(slack_id))
        )
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else status_of(row)

    async def keep(self, owner: Owner, status: PlanStatus) -> None:
        """Insert or replace a member's plan."""
        own_workspace = select(member.c.workspace_id).where(member.c.id == owner.member_id)
        values = status_values(status)
        statement = insert_into(self._connection, nudge_plan).values(
            member_id=owner.member_id, workspace_id=own_workspace.scalar_subquery(), **values
        )
        await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=[nudge_plan.c.member_id],
                set_={name: statement.excluded[name] for name in values},
            )
        )

    async def put_off(self, owner: Owner, cell: CellKey, until: datetime) -> None:
        """Keep an expectation out until then."""
        statement = insert_into(self._connection, nudge_later).values(
            member_id=owner.member_id, **cell_values(cell), until=until
        )
        await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=list(nudge_later.primary_key.columns),
                set_={"until": statement.excluded.until},
            )
        )

    async def came(self, owner: Owner, cell: CellKey) -> None:
        """Note that what was put off has come."""
        mine = nudge_later.c.member_id == owner.member_id
        same = (nudge_later.c[name] == value for name, value in cell_values(cell).items())
        await self._connection.execute(delete(nudge_later).where(mine, *same))

    async def forget_put_off(self, owner: Owner) -> None:
        """Put nothing off any more: another goal asks for other things."""
        await self._connection.execute(
            delete(nudge_later).where(nudge_later.c.member_id == owner.member_id)
        )

    async def policy(self) -> NudgePolicy:
        """Return what the workspace decided; the defaults where it is not known yet."""
        query = select(*(workspace.c[name] for name in POLICY_COLUMNS)).where(
            workspace.c.id == self._owners.workspace_id()
        )
        row = (await self._connection.execute(query)).one_or_none()
        return NudgePolicy() if row is None else policy_of(row)

    async def set_policy(self, policy: NudgePolicy, *, at: datetime) -> None:
        """Decide about the workspace's nudges. The plans are renewed by the caller, see `some`."""
        await self._workspaces.ensure(at=at)
        working = policy.working
        await self._connection.execute(
            update(workspace)
            .where(workspace.c.id == self._owners.workspace_id())
            .values(
                work_days=mask_of(working.weekdays),
                work_start=minutes(working.start),
                work_end=minutes(working.end),
                holidays=tuple(day.isoformat() for day in sorted(working.holidays)),
                default_cadence=policy.default_cadence.value,
                weekly_cap=policy.weekly_cap,
            )
        )

    async def some(self, *, after: str, most: int) -> list[str]:
        """Return the Slack ids of at most so many members with something to come, in order."""
        query = (
            select(member.c.slack_id)
            .join(nudge_plan, nudge_plan.c.member_id == member.c.id)
            .where(
                member.c.workspace_id == self._owners.workspace_id(),
                member.c.slack_id > after,
                nudge_plan.c.next_due_at.is_not(None),
            )
            .order_by(member.c.slack_id)
            .limit(most)
        )
        return list((await self._connection.scalars(query)).all())


def status_of(row: Row[Any]) -> PlanStatus:
    """Return what a row with `STATUS_COLUMNS` says."""
    return PlanStatus(
        plan_of(row), row.ignored, row.asked_less, row.told_done, row.barred, row.checked_at
    )


def status_values(status: PlanStatus) -> Mapping[str, Any]:
    """Return the column values of a plan with its status; nothing comes to who is barred."""
    values = {
        **plan_values(status.plan),
        "ignored": status.ignored,
        "asked_less": status.asked_less,
        "told_done": status.told_done,
        "barred": status.barred,
        "checked_at": status.checked_at,
    }
    return values | {"next_due_at": None} if status.barred else values


def policy_of(row: Row[Any]) -> NudgePolicy:
    """Return what a row with `POLICY_COLUMNS` says."""
    return NudgePolicy(working_of(row), Cadence(row.default_cadence), row.weekly_cap)


def cell_values(cell: CellKey) -> Mapping[str, str]:
    """Return the three key columns of an expectation."""
    return {"role_key": cell.role, "level_key": cell.level, "skill_key": cell.skill}
