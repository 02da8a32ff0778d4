"""People of a workspace go over to the installation of their organisation.

What the workspace decided (its catalogue, the owners, the policy) stays with the workspace's row,
so that the organisation may still pick it.
"""

from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.members.effects import EffectKind
from bot.domain.tenancy import Tenant
from bot.store.audit.models import audit
from bot.store.installs.leftovers import move_leftovers
from bot.store.installs.same_people import People, move_people
from bot.store.members.workspaces import WorkspaceRepository
from bot.store.models import effect, workspace
from bot.store.tenants import tenant_key


async def give_over(
    connection: AsyncConnection, tenant: Tenant, to: Tenant, *, at: datetime, most: int
) -> People:
    """Give what at most so many people hold to the organisation; none where nobody is left."""
    gone = await _workspace(connection, tenant)
    if gone is None:
        return People()
    await WorkspaceRepository(connection, to).ensure(at=at)
    stays = await _workspace(connection, to, alone=True)
    if stays is None:
        raise RuntimeError("a workspace that was just made is not there")
    return await move_people(connection, gone=gone, stays=stays, at=at, most=most)


async def end_going_over(connection: AsyncConnection, tenant: Tenant, to: Tenant) -> None:
    """Move what the workspace holds beside its people's rows, and is not its own decision."""
    gone = await _workspace(connection, tenant)
    stays = await _workspace(connection, to, alone=True)
    if gone is not None and stays is not None:
        await move_leftovers(connection, gone=gone, stays=stays)
    key, new = tenant_key(tenant), tenant_key(to)
    # What is to be taken back names nobody, and goes over as well.
    theirs = or_(effect.c.slack_id.is_not(None), effect.c.kind == EffectKind.TAKE_BACK.value)
    errands = update(effect).where(effect.c.tenant_key == key, theirs)
    whose = {"tenant_key": new, "team_id": None, "enterprise_id": to.enterprise_id}
    await connection.execute(errands.values(**whose))
    # The workspace stays named: an audit can still be read for it alone.
    noted = update(audit).where(audit.c.tenant_key == key)
    await connection.execute(noted.values(tenant_key=new, enterprise_id=to.enterprise_id))


async def _workspace(
    connection: AsyncConnection, tenant: Tenant, *, alone: bool = False
) -> int | None:
    """Return its row. `alone` keeps others who give to it waiting: two may give the same person.

    Whoever only refers to it, as a member who joins does, waits for nobody.
    """
    query = select(workspace.c.id).where(workspace.c.tenant_key == tenant_key(tenant))
    if alone:
        query = query.with_for_update(key_share=True)
    id_: int | None = await connection.scalar(query)
    return id_
