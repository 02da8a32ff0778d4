"""The repository of dated actions: planned once per form, moved, and ended by their member."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.framework import CellKey
from bot.domain.growth.planned.action import ActionState, DatedAction
from bot.store.dialect import insert_into
from bot.store.growth.due_actions import claim_reminder
from bot.store.growth.models import dated_action
from bot.store.models import member
from bot.store.owners import Owner, Owners


class ActionRepository:
    """Writes the actions of members that this transaction holds; no other's can be reached."""

    def __init__(self, connection: AsyncConnection, owners: Owners) -> None:
        self._connection = connection
        self._owners = owners

    async def add(
        self, owner: Owner, *, cell: CellKey, text: str, due: date, token: str, at: datetime
    ) -> DatedAction:
        """Plan an action and return it; one already planned under this token stays as it is."""
        added = (
            insert_into(self._connection, dated_action)
            .values(
                member_id=owner.member_id,
                role_key=cell.role,
                level_key=cell.level,
                skill_key=cell.skill,
                text=text,
                due_on=due,
                first_due_on=due,
                token=token,
                made_at=at,
                state=ActionState.OPEN.value,
            )
            .on_conflict_do_nothing(index_elements=[dated_action.c.member_id, dated_action.c.token])
        )
        await self._connection.execute(added)
        known = select(dated_action).where(
            dated_action.c.member_id == owner.member_id, dated_action.c.token == token
        )
        return action_of((await self._connection.execute(known)).one())

    async def change(self, owner: Owner, action: DatedAction) -> None:
        """Keep what may change of an open action: its text, its day, and how it ended."""
        await self._connection.execute(
            update(dated_action)
            .where(
                dated_action.c.id == action.id,
                dated_action.c.member_id == owner.member_id,
                dated_action.c.state == ActionState.OPEN.value,
            )
            .values(
                text=action.text,
                due_on=action.due,
                state=action.state.value,
                ended_at=action.ended_at,
                evidence_id=action.evidence_id,
            )
        )

    async def claim_reminder(self, action_id: int, due: date) -> bool:
        """Note that a reminder of this day is written; True for the transaction that writes it."""
        return await claim_reminder(self._connection, action_id, due)

    async def kept_of(self, slack_id: str) -> tuple[DatedAction, ...]:
        """Return every action that the member ever planned, oldest first."""
        query = (
            select(dated_action)
            .join(member, member.c.id == dated_action.c.member_id)
            .where(self._owners.is_owner(slack_id))
            .order_by(dated_action.c.id)
        )
        return tuple(map(action_of, (await self._connection.execute(query)).all()))


def action_of(row: Any) -> DatedAction:
    """Return the action of a row."""
    return DatedAction(
        id=row.id,
        cell=CellKey(row.role_key, row.level_key, row.skill_key),
        text=row.text,
        due=row.due_on,
        first_due=row.first_due_on,
        made_at=row.made_at,
        state=ActionState(row.state),
        ended_at=row.ended_at,
        evidence_id=row.evidence_id,
        reminded_on=row.reminded_on,
    )
