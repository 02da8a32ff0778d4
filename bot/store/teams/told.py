"""Lets every process hear that what a member holds has changed, where their own row has not."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, insert, literal_column, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.dialect import way_for
from bot.store.models import change, member, workspace

_XID = "CAST(CAST(pg_current_xact_id() AS text) AS bigint)"


async def tell_of_members(connection: AsyncConnection, ids: Collection[int]) -> None:
    """Let every process read members anew, by the ids of their rows."""
    await _tell(connection, member.c.id.in_(ids))


async def tell_of_member(
    connection: AsyncConnection, member_id: int | ScalarSelect[Any]
) -> str | None:
    """Let every process read a member anew; return their Slack id, None where nobody is."""
    return next(iter(await _tell(connection, member.c.id == member_id)), None)


async def _tell(connection: AsyncConnection, which: ColumnElement[bool]) -> Sequence[str]:
    xid = way_for(connection, sqlite="NULL", postgresql=_XID)
    told = (
        select(
            literal_column(xid), workspace.c.team_id, workspace.c.enterprise_id, member.c.slack_id
        )
        .join_from(member, workspace, workspace.c.id == member.c.workspace_id)
        .where(which)
    )
    columns = [change.c.xid, change.c.team_id, change.c.enterprise_id, change.c.slack_id]
    added = insert(change).from_select(columns, told).returning(change.c.slack_id)
    return (await connection.scalars(added)).all()
