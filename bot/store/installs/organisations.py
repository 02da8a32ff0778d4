"""Organisations with the app org-wide, and the workspaces in which they let it be used."""

from collections.abc import Collection, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import datetime

from sqlalchemy import case, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.installs.audit import Act, ActKind, Actor
from bot.domain.installs.moves import REFUSED
from bot.domain.tenancy import Tenant
from bot.store.audit.acts import note_acts
from bot.store.dialect import insert_into
from bot.store.engine import transaction
from bot.store.isolation.reach import Across, Reach
from bot.store.members.workspaces import WorkspaceRepository
from bot.store.models import member, workspace, workspace_owner
from bot.store.moving.models import grid_move, organisation, organisation_team
from bot.store.nudges.models import nudge_plan
from bot.store.tenants import tenant_key
from bot.store.tokens.installations import tell_of_change
from bot.values import dataclass

_ELSEWHERE = (REFUSED, "team_access_not_granted")


@dataclass(frozen=True, slots=True)
class Told:
    """What is new in what Slack tells of an organisation's workspaces, by their ids."""

    granted: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


class OrganisationStore:
    """The organisations of all tenants."""

    def __init__(self, *, reader: AsyncEngine, writer: AsyncEngine, timeout_ms: int) -> None:
        self._reader = reader
        self._writer = writer
        self._timeout_ms = timeout_ms

    async def to_ask(self, *, before: datetime, most: int) -> tuple[Tenant, ...]:
        """Return organisations whose workspaces Slack was not asked for since then."""
        asked = organisation.c.asked_at
        query = (
            select(workspace.c.enterprise_id)
            .outerjoin(organisation, organisation.c.tenant_key == workspace.c.tenant_key)
            .where(workspace.c.team_id.is_(None), or_(asked.is_(None), asked < before))
            .order_by(workspace.c.id)
            .limit(most)
        )
        async with self._reading() as connection:
            found = (await connection.scalars(query)).all()
        return tuple(Tenant(None, each) for each in found)

    async def that_have(self, team_id: str) -> tuple[Tenant, ...]:
        """Return the organisations that a workspace is known to belong to."""
        query = (
            select(organisation.c.enterprise_id)
            .join(organisation_team, organisation_team.c.tenant_key == organisation.c.tenant_key)
            .where(organisation_team.c.team_id == team_id)
        )
        async with self._reading() as connection:
            return tuple(Tenant(None, each) for each in (await connection.scalars(query)).all())

    async def told(
        self, tenant: Tenant, teams: Mapping[str, str], named: Collection[str], *, now: datetime
    ) -> Told:
        """Keep which workspaces the organisation's token may be used in: `teams`, by their names.

        `named` are those that Slack has told of by themselves. Members who can be written to again
        get nudges again; of the others Slack is asked before the next one.
        """
        key = tenant_key(tenant)
        async with self._writing(tenant) as connection:
            await WorkspaceRepository(connection, tenant).ensure(at=now)
            first = await _asked(connection, tenant, now)
            query = select(organisation_team).where(organisation_team.c.tenant_key == key)
            known = {row.team_id: row.granted for row in await connection.execute(query)}
            granted = tuple(sorted(each for each in teams if not known.get(each, False)))
            lost = {each for each, may in known.items() if may} | {*named} - {*known}
            refused = tuple(sorted(lost - {*teams}))
            await _keep_teams(connection, key, teams, refused)
            told = Told(granted, refused)
            if granted or refused:
                await tell_of_change(connection, tenant)
                await _ask_of_members_again(connection, key, again=bool(granted))
            acts = () if first else _acts(told)
            await note_acts(connection, tenant, *acts, at=now)
        return told

    async def with_data(self, team_ids: Collection[str]) -> tuple[str, ...]:
        """Return those of the workspaces of which anything is held by themselves."""
        query = select(workspace.c.team_id).where(
            workspace.c.tenant_key.in_([tenant_key(Tenant(each)) for each in team_ids])
        )
        async with self._reading() as connection:
            return tuple(sorted((await connection.scalars(query)).all()))

    async def has_people(self, tenant: Tenant) -> bool:
        """Tell whether anybody is held under a workspace's own id."""
        query = (
            select(member.c.id).join(workspace).where(workspace.c.tenant_key == tenant_key(tenant))
        )
        async with self._reading(tenant) as connection:
            return await connection.scalar(query.limit(1)) is not None

    async def forget_owner(self, tenant: Tenant, slack_id: str) -> None:
        """Leave somebody out of who owned what the organisation keeps of its workspaces."""
        parts = (
            select(workspace.c.id)
            .join(grid_move, grid_move.c.tenant_key == workspace.c.tenant_key)
            .where(grid_move.c.organisation == tenant.enterprise_id)
        )
        owned = workspace_owner.c.workspace_id.in_(parts)
        theirs = delete(workspace_owner).where(owned, workspace_owner.c.slack_id == slack_id)
        async with self._writing() as connection:
            await connection.execute(theirs)

    async def parts_of(self, tenant: Tenant) -> tuple[Tenant, ...]:
        """Return the workspaces whose people went over to the organisation."""
        query = select(grid_move.c.team_id).where(grid_move.c.organisation == tenant.enterprise_id)
        async with self._reading() as connection:
            return tuple(Tenant(each) for each in (await connection.scalars(query)).all())

    def _reading(
        self, reach: Reach = Across.ORGANISING
    ) -> AbstractAsyncContextManager[AsyncConnection]:
        return transaction(self._reader, timeout_ms=self._timeout_ms, reach=reach)

    def _writing(
        self, reach: Reach = Across.ORGANISING
    ) -> AbstractAsyncContextManager[AsyncConnection]:
        return transaction(self._writer, timeout_ms=self._timeout_ms, reach=reach)


async def _asked(connection: AsyncConnection, tenant: Tenant, now: datetime) -> bool:
    """Note that Slack was asked; return whether that was the first time."""
    key = tenant_key(tenant)
    known = await connection.scalar(
        select(organisation.c.asked_at).where(organisation.c.tenant_key == key)
    )
    new = insert_into(connection, organisation).values(
        tenant_key=key, enterprise_id=tenant.enterprise_id, asked_at=now
    )
    await connection.execute(
        new.on_conflict_do_update(
            index_elements=[organisation.c.tenant_key], set_={"asked_at": now}
        )
    )
    return known is None


async def _keep_teams(
    connection: AsyncConnection, key: str, teams: Mapping[str, str], refused: Collection[str]
) -> None:
    rows = [
        {"tenant_key": key, "team_id": team_id, "name": name[:255] or None, "granted": True}
        for team_id, name in teams.items()
    ] + [{"tenant_key": key, "team_id": each, "name": None, "granted": False} for each in refused]
    if not rows:
        return
    new = insert_into(connection, organisation_team)
    kept = new.on_conflict_do_update(
        index_elements=[organisation_team.c.tenant_key, organisation_team.c.team_id],
        set_={
            "granted": new.excluded.granted,
            "name": func.coalesce(new.excluded.name, organisation_team.c.name),
        },
    )
    await connection.execute(kept, rows)


async def _ask_of_members_again(connection: AsyncConnection, key: str, *, again: bool) -> None:
    """Let Slack be asked in which workspaces members are, before their next nudge."""
    own = select(workspace.c.id).where(workspace.c.tenant_key == key).scalar_subquery()
    mine = nudge_plan.c.workspace_id == own
    if again:
        # A slot that was missed becomes one nudge, as after an outage.
        regular, later = nudge_plan.c.regular_at, nudge_plan.c.later_at
        earliest = case((later < regular, later), else_=func.coalesce(regular, later))
        back = update(nudge_plan).where(mine, nudge_plan.c.barred.in_(_ELSEWHERE))
        await connection.execute(back.values(barred=None, next_due_at=earliest))
    await connection.execute(update(nudge_plan).where(mine).values(checked_at=None))


def _acts(told: Told) -> tuple[Act, ...]:
    return tuple(
        Act(kind, detail=team_id, actor=Actor.NEXTRUNG)
        for kind, ids in (
            (ActKind.TEAM_GRANTED, told.granted),
            (ActKind.TEAM_REFUSED, told.refused),
        )
        for team_id in ids
    )
