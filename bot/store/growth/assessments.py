"""The repository of assessments: appended, never changed."""

from collections.abc import Sequence

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.growth.assessment import Assessment
from bot.store.growth.models import assessment
from bot.store.owners import Owner


class AssessmentRepository:
    """Writes the marks of members that this transaction holds."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def append(self, owner: Owner, marks: Sequence[Assessment]) -> None:
        """Add marks to the member's history, in their order."""
        if not marks:
            return
        rows = [
            {
                "member_id": owner.member_id,
                "role_key": mark.cell.role,
                "level_key": mark.cell.level,
                "skill_key": mark.cell.skill,
                "proficiency_key": mark.proficiency,
                "status": mark.status.value,
                "note": mark.note,
                "at": mark.at,
                "revision_id": mark.revision_id,
                "withdraws": mark.withdraws or None,
            }
            for mark in marks
        ]
        await self._connection.execute(insert(assessment), rows)
