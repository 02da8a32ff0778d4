"""Deletes members with everything they hold, and lets other processes know that it happened."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Column, Table, delete, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.members.personal_data import NOTHING_FORGOTTEN, Forgotten
from bot.store.growth.models import assessment, evidence, goal, skill_offer
from bot.store.models import forgetting, member

# Longer than any process may take to ask; then the moment is of no more use.
_KEPT = timedelta(hours=1)


async def delete_members(
    connection: AsyncConnection, ids: Sequence[int], *, at: datetime
) -> Forgotten:
    """Delete members, whose rows this transaction holds; return how much that was."""
    if not ids:
        return NOTHING_FORGOTTEN

    async def deleted(table: Table, owner: Column[int]) -> int:
        return (await connection.execute(delete(table).where(owner.in_(ids)))).rowcount

    found = Forgotten(
        assessments=await deleted(assessment, assessment.c.member_id),
        evidence=await deleted(evidence, evidence.c.member_id),
        goals=await deleted(goal, goal.c.member_id),
        offers=await deleted(skill_offer, skill_offer.c.member_id),
        members=await deleted(member, member.c.id),
    )
    await connection.execute(delete(forgetting).where(forgetting.c.at < at - _KEPT))
    await connection.execute(insert(forgetting).values(at=at))
    return found
