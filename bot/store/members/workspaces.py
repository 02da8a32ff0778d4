"""The repository of one tenant's workspace."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.members.personal_data import NOTHING_FORGOTTEN, Forgotten
from bot.domain.tenancy import Tenant
from bot.store.audit.acts import forget_acts
from bot.store.dialect import insert_into
from bot.store.effects import drop_effects
from bot.store.errors import UnknownCatalogue
from bot.store.members.forgotten import delete_members
from bot.store.models import catalogue, member, workspace, workspace_owner
from bot.store.moving.forgetting import forget_moves
from bot.store.owners import changed
from bot.store.teams.forgetting import forget_taking_back
from bot.store.tenants import tenant_key
from bot.store.tokens.models import installation


class WorkspaceRepository:
    """Reads and writes the workspace of the tenant it is bound to, and no other."""

    def __init__(self, connection: AsyncConnection, tenant: Tenant) -> None:
        self._connection = connection
        self._tenant = tenant
        self._key = tenant_key(tenant)

    async def catalogue_key(self) -> str | None:
        """Return the key of the workspace's own catalogue, or None for the built-in one."""
        own = (
            select(catalogue.c.key)
            .join(workspace, workspace.c.catalogue_id == catalogue.c.id)
            .where(workspace.c.tenant_key == self._key)
        )
        key: str | None = await self._connection.scalar(own)
        return key

    async def use_catalogue(self, key: str | None, *, at: datetime) -> None:
        """Let the workspace use the catalogue `key`, or the built-in one (None), from now on.

        Every member of the workspace counts as changed at `at`, because `Member.catalogue_key`
        did: other processes' caches learn of it through the change feed.

        Raises:
            UnknownCatalogue: no catalogue has this key.
        """
        catalogue_id: int | None = None
        if key is not None:
            catalogue_id = await self._connection.scalar(
                select(catalogue.c.id).where(catalogue.c.key == key)
            )
            if catalogue_id is None:
                raise UnknownCatalogue(key=key)
        await self.ensure(at=at)
        mine = workspace.c.tenant_key == self._key
        await self._connection.execute(
            update(workspace).where(mine).values(catalogue_id=catalogue_id)
        )
        own_id = select(workspace.c.id).where(mine).scalar_subquery()
        await self._connection.execute(
            update(member).where(member.c.workspace_id == own_id).values(changed_at=changed(at))
        )

    async def table_refused_at(self) -> datetime | None:
        """Return when Slack last refused the newer table there; None where it never has."""
        query = select(workspace.c.table_refused_at).where(workspace.c.tenant_key == self._key)
        return await self._connection.scalar(query)

    async def refuse_table(self, *, at: datetime) -> None:
        """Note that Slack refuses the newer table there."""
        noted = update(workspace).where(workspace.c.tenant_key == self._key)
        await self._connection.execute(noted.values(table_refused_at=at))

    async def catalogue_owners(self) -> frozenset[str]:
        """Return the Slack ids of the members who were granted the workspace's catalogue."""
        query = (
            select(workspace_owner.c.slack_id)
            .join(workspace, workspace.c.id == workspace_owner.c.workspace_id)
            .where(workspace.c.tenant_key == self._key)
        )
        return frozenset((await self._connection.scalars(query)).all())

    async def grant_catalogue(
        self, slack_ids: Collection[str], *, at: datetime
    ) -> tuple[frozenset[str], frozenset[str]]:
        """Let exactly these members own the catalogue, besides those whom the settings name.

        Return who owns it now and did not, and who did and does no more.
        """
        await self.ensure(at=at)
        # Locked, so that of two admins at once one comes after the other.
        mine = select(workspace.c.id).where(workspace.c.tenant_key == self._key).with_for_update()
        own_id = (await self._connection.execute(mine)).scalar_one()
        gone = delete(workspace_owner).where(workspace_owner.c.workspace_id == own_id)
        left = await self._connection.scalars(gone.returning(workspace_owner.c.slack_id))
        before, now = frozenset(left.all()), frozenset(slack_ids)
        rows = [{"workspace_id": own_id, "slack_id": each} for each in sorted(now)]
        if rows:
            await self._connection.execute(insert(workspace_owner), rows)
        return now - before, before - now

    async def withdraw(self, slack_id: str) -> None:
        """Take the workspace's catalogue from a member who was granted it."""
        mine = select(workspace.c.id).where(workspace.c.tenant_key == self._key).scalar_subquery()
        await self._connection.execute(
            delete(workspace_owner).where(
                workspace_owner.c.workspace_id == mine, workspace_owner.c.slack_id == slack_id
            )
        )

    async def forget_some(self, most: int, *, at: datetime) -> Forgotten:
        """Delete at most so many members and all they hold; with the last, the workspace itself.

        `Database.forget_workspace` repeats it until nobody is left. A workspace that has the app
        again by now, with a token, is left as it is.
        """
        # Locked, so that nobody joins between the last member's end and the workspace's.
        mine = select(workspace.c.id).where(workspace.c.tenant_key == self._key).with_for_update()
        own_id = await self._connection.scalar(mine)
        ours = installation.c.tenant_key == self._key
        if await self._connection.scalar(
            select(installation.c.id).where(ours, installation.c.sealed.is_not(None))
        ):
            return NOTHING_FORGOTTEN
        if own_id is None:
            await self._connection.execute(delete(installation).where(ours))
            return NOTHING_FORGOTTEN
        some = select(member.c.id).where(member.c.workspace_id == own_id).limit(most)
        ids = (await self._connection.scalars(some.with_for_update())).all()
        if len(ids) < most:
            await drop_effects(self._connection, self._key)
            await forget_taking_back(self._connection, self._key)
            await forget_moves(self._connection, self._key)
            await forget_acts(self._connection, self._tenant, at=at)
            deleted = await delete_members(self._connection, ids, at=at)
            await self._connection.execute(delete(installation).where(ours))
            await self._connection.execute(delete(workspace).where(workspace.c.id == own_id))
            return deleted
        return await delete_members(self._connection, ids, at=at)

    async def ensure(self, *, at: datetime) -> None:
        """Create the workspace's row unless it exists. Safe when several processes race."""
        await self._connection.execute(
            insert_into(self._connection, workspace)
            .values(
                tenant_key=self._key,
                enterprise_id=self._tenant.enterprise_id or None,
                team_id=self._tenant.team_id or None,
                created_at=at,
            )
            .on_conflict_do_nothing(index_elements=[workspace.c.tenant_key])
        )
