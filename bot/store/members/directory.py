"""The repository of one tenant's members."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import case, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.members.personal_data import Forgotten
from bot.domain.tenancy import Member, Tenant
from bot.store.audit.acts import forget_actor
from bot.store.catalogue.drafts import DraftRepository
from bot.store.catalogue.uploads import UploadRepository
from bot.store.dialect import insert_into
from bot.store.effects import drop_effects
from bot.store.errors import WrongTenant
from bot.store.members.forgotten import delete_members
from bot.store.members.workspaces import WorkspaceRepository
from bot.store.models import catalogue, member, workspace
from bot.store.moving.forgetting import forget_id
from bot.store.owners import KEPT, Owner, Owners, changed, keeping
from bot.store.teams.confirmations import forget_confirmations
from bot.store.teams.forgetting import forget_shares
from bot.store.tenants import tenant_key
from bot.store.tokens.installations import forget_installer

TOLD_AT: Mapping[str, str] = MappingProxyType({"role_key": "role_at", "language": "language_at"})
"""The column that says when a fact was told, by that of the fact; a level comes with its role."""


def _told_at(fields: Mapping[str, str | None], at: datetime) -> Mapping[str, datetime]:
    """Return when those facts were told that are remembered with a moment of their own."""
    return {name: at for fact, name in TOLD_AT.items() if fact in fields}


class MemberRepository:
    """Reads and writes members of the tenant it is bound to, and no others."""

    def __init__(
        self,
        connection: AsyncConnection,
        tenant: Tenant,
        workspaces: WorkspaceRepository,
        owners: Owners,
    ) -> None:
        self._connection = connection
        self._tenant = tenant
        self._key = tenant_key(tenant)
        self._workspaces = workspaces
        self._owners = owners

    async def get(self, slack_id: str) -> Member | None:
        """Return the member, or None where nothing is known of them. One query."""
        query = (
            select(*(member.c[name] for name in KEPT), catalogue.c.key.label("catalogue_key"))
            .select_from(member)
            .join(workspace, workspace.c.id == member.c.workspace_id)
            .outerjoin(catalogue, catalogue.c.id == workspace.c.catalogue_id)
            .where(workspace.c.tenant_key == self._key, member.c.slack_id == slack_id)
        )
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else Member(tenant=self._tenant, **row._mapping)  # noqa: SLF001 - SQLAlchemy's public spelling

    async def save(self, value: Member, *, at: datetime) -> None:
        """Insert the member or replace what is kept about them; create the workspace if missing.

        `catalogue_key` belongs to the workspace and is not written here. Saving the same twice is
        saving once, also when two processes do so at the same time.

        Args:
            value: the member, of the repository's own tenant.
            at: when the change happened; `changed_at` never goes back.

        Raises:
            WrongTenant: the member is of another tenant.
        """
        if tenant_key(value.tenant) != self._key:
            raise WrongTenant
        if not await self._insert(value, at, replacing=True):
            await self._workspaces.ensure(at=at)
            await self._insert(value, at, replacing=True)

    async def add(self, value: Member, *, at: datetime) -> None:
        """Insert a new member; one who is already there stays as they are.

        Raises:
            WrongTenant: the member is of another tenant.
        """
        if tenant_key(value.tenant) != self._key:
            raise WrongTenant
        await self._workspaces.ensure(at=at)
        await self._insert(value, at, replacing=False)

    async def change(
        self, slack_id: str, fields: Mapping[str, str | None], *, at: datetime
    ) -> Member | None:
        """Replace these fields of a member and return them; None where nothing is known of them.

        All else stays as it is, also where another device changes it at the same moment.
        """
        kept = (
            update(member)
            .where(self._owners.is_owner(slack_id))
            .values(changed_at=changed(at), **fields, **_told_at(fields, at))
            .returning(member.c.id)
        )
        if await self._connection.scalar(kept) is None:
            return None
        return await self.get(slack_id)

    async def hold(self, slack_id: str, *, at: datetime) -> Owner | None:
        """Hold the member for a change of what they own; None where nothing is known of them."""
        return await self._owners.hold(slack_id, at=at)

    async def keep(self, *slack_ids: str) -> bool:
        """Let none of these be forgotten until this transaction ends; False where any is gone."""
        here = member.c.workspace_id == self._owners.workspace_id()
        found = select(member.c.id).where(here, member.c.slack_id.in_(sorted(slack_ids)))
        kept = await self._connection.scalars(keeping(found.order_by(member.c.id), member))
        return len(kept.all()) == len({*slack_ids})

    async def forget(self, slack_id: str, *, at: datetime) -> Forgotten:
        """Delete the member and everything they hold; return how much that was.

        Other processes learn through `Database.changes_since` that somebody was forgotten.
        """
        # Locked, so that what another transaction adds is either counted here or refused there.
        mine = select(member.c.id).where(self._owners.is_owner(slack_id)).with_for_update()
        ids = (await self._connection.scalars(mine)).all()
        await self._workspaces.withdraw(slack_id)
        drafts = await DraftRepository(self._connection, self._owners).forget(slack_id)
        await UploadRepository(self._connection, self._owners).forget(slack_id)
        await forget_id(self._connection, self._tenant, slack_id)
        await forget_actor(self._connection, self._key, slack_id)
        await forget_installer(self._connection, self._key, slack_id)
        shares = await forget_shares(self._connection, self._tenant, ids, at=at)
        await forget_confirmations(self._connection, ids)
        # After those were waited for who had a share: they may have left an errand.
        await drop_effects(self._connection, self._key, slack_id)
        deleted = await delete_members(self._connection, ids, at=at)
        return replace(deleted, drafts=drafts, shares=shares)

    async def _insert(self, value: Member, at: datetime, *, replacing: bool) -> bool:
        """Return whether a row was written: not where the workspace does not exist yet."""
        columns = [member.c[name] for name in KEPT]
        values = [
            literal(getattr(value, name), type_=member.c[name].type).label(name) for name in KEPT
        ]
        moment = literal(at, type_=member.c.changed_at.type).label("changed_at")
        told = {name: at if getattr(value, fact) else None for fact, name in TOLD_AT.items()}
        for name, told_at in told.items():
            columns.append(member.c[name])
            values.append(literal(told_at, type_=member.c[name].type).label(name))
        source = select(workspace.c.id, moment, *values).where(workspace.c.tenant_key == self._key)
        insert = insert_into(self._connection, member).from_select(
            [member.c.workspace_id, member.c.changed_at, *columns], source
        )
        key = [member.c.workspace_id, member.c.slack_id]
        if replacing:
            new = insert.excluded
            newest = case(
                (new.changed_at > member.c.changed_at, new.changed_at), else_=member.c.changed_at
            )
            changed = {name: new[name] for name in KEPT} | {"changed_at": newest}
            for fact, name in TOLD_AT.items():
                told_anew = member.c[fact].is_distinct_from(new[fact])
                changed[name] = case((told_anew, new[name]), else_=member.c[name])
            insert = insert.on_conflict_do_update(index_elements=key, set_=changed)
        else:
            insert = insert.on_conflict_do_nothing(index_elements=key)
        return await self._connection.scalar(insert.returning(member.c.id)) is not None
