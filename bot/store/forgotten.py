"""Counts what is about to be deleted, so that the member can be told."""

from sqlalchemy import ColumnElement, Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.growth_record import Forgotten
from bot.store.growth_models import assessment, evidence, goal
from bot.store.models import member


async def counted(connection: AsyncConnection, whose: ColumnElement[bool]) -> Forgotten:
    """Count the rows of the members that the condition names. One query."""

    def rows(table: Table) -> ColumnElement[int]:
        return (
            select(func.count())
            .select_from(table)
            .join(member, member.c.id == table.c.member_id)
            .where(whose)
            .scalar_subquery()
        )

    members = select(func.count()).select_from(member).where(whose).scalar_subquery()
    query = select(members, rows(assessment), rows(evidence), rows(goal))
    return Forgotten(*(await connection.execute(query)).one())
