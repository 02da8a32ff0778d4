"""Forgets people and tenants in what is kept of moves and organisations."""

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.tenancy import Tenant
from bot.store.moving.models import grid_move, grid_move_id, organisation, organisation_team
from bot.store.tenants import tenant_key


async def forget_id(connection: AsyncConnection, tenant: Tenant, slack_id: str) -> None:
    """Leave somebody out of the list of whom Slack is to be asked."""
    listed = grid_move_id.c.tenant_key == tenant_key(tenant)
    them = delete(grid_move_id).where(listed, grid_move_id.c.slack_id == slack_id)
    await connection.execute(them)


async def forget_moves(connection: AsyncConnection, key: str) -> None:
    """Forget what is kept of a tenant here: it is forgotten as a whole."""
    for table in (grid_move, grid_move_id, organisation, organisation_team):
        await connection.execute(delete(table).where(table.c.tenant_key == key))
