"""How versions before the triggers learn of changes: by moments, which are written still."""

from datetime import datetime

from sqlalchemy import exists, select

from bot.domain.tenancy import Tenant
from bot.store.database import Database
from bot.store.models import forgetting, member, workspace
from tests.fakes.all_rows import all_rows


async def changed_since(database: Database, moment: datetime) -> list[tuple[Tenant, str]]:
    """Return (tenant, Slack id) of the members changed at or after `moment`, oldest first."""
    query = (
        select(workspace.c.team_id, workspace.c.enterprise_id, member.c.slack_id)
        .join(workspace, workspace.c.id == member.c.workspace_id)
        .where(member.c.changed_at >= moment)
        .order_by(member.c.changed_at)
    )
    async with all_rows(database._reader) as connection:
        rows = (await connection.execute(query)).all()
    return [(Tenant(team_id, enterprise_id), slack) for team_id, enterprise_id, slack in rows]


async def forgotten_since(database: Database, moment: datetime) -> bool:
    """Tell whether any member was forgotten at or after `moment`."""
    async with all_rows(database._reader) as connection:
        return bool(await connection.scalar(select(exists().where(forgetting.c.at >= moment))))
