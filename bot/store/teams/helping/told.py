"""Lets every process hear that somebody offers help now, or does so no more."""

from typing import Any

from sqlalchemy import ScalarSelect, insert, literal, literal_column, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.dialect import way_for
from bot.store.models import change, workspace

OFFERS = "*offers"
"""In place of a Slack id among the changes: what is offered in the tenant. No id is so."""
_XID = "CAST(CAST(pg_current_xact_id() AS text) AS bigint)"


async def tell_of_offers(
    connection: AsyncConnection, workspace_id: int | ScalarSelect[Any]
) -> None:
    """Let every process read anew who offers help in a workspace."""
    xid = way_for(connection, sqlite="NULL", postgresql=_XID)
    told = select(
        literal_column(xid), workspace.c.team_id, workspace.c.enterprise_id, literal(OFFERS)
    ).where(workspace.c.id == workspace_id)
    columns = [change.c.xid, change.c.team_id, change.c.enterprise_id, change.c.slack_id]
    await connection.execute(insert(change).from_select(columns, told))
