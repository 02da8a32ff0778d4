"""Whose framework an organisation uses, with its owners and its policy: one is picked, none joined.

The others are kept with the workspaces that they came from, and can be picked later.
"""

from contextlib import AbstractAsyncContextManager
from datetime import datetime

from sqlalchemy import Subquery, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.installs.audit import Act, ActKind, Actor
from bot.domain.installs.organisation import Choice, Frameworks, NoSuchPart, Part
from bot.domain.tenancy import Tenant
from bot.store.audit.acts import note_acts
from bot.store.engine import transaction
from bot.store.installs.joining import is_set_up, owners_of
from bot.store.isolation.reach import Across
from bot.store.members.workspaces import WorkspaceRepository
from bot.store.models import catalogue, revision, workspace
from bot.store.moving.models import grid_move, organisation, organisation_team
from bot.store.nudges.plans import POLICY_COLUMNS
from bot.store.tenants import tenant_key

_SIZES = (revision.c.name, revision.c.roles, revision.c.skills)


class FrameworkStore:
    """What organisations have met, and what they use of it."""

    def __init__(self, *, reader: AsyncEngine, writer: AsyncEngine, timeout_ms: int) -> None:
        self._reader = reader
        self._writer = writer
        self._timeout_ms = timeout_ms

    async def of(self, tenant: Tenant, own: str) -> Frameworks:
        """Return what the organisation has met; `own` is the key of a catalogue of its own."""
        async with self._reading() as connection:
            return await _frameworks(connection, tenant, own)

    async def decide(self, tenant: Tenant, own: str, *, now: datetime) -> Frameworks:
        """Use the only framework that the organisation met; of several let somebody pick.

        What was picked stays, and so does what the organisation set up itself.
        """
        async with self._writing() as connection:
            await _hold(connection, tenant)
            found = await _frameworks(connection, tenant, own)
            theirs = [each for each in found.parts if each.team_id]
            if found.choice is Choice.MADE or not theirs:
                return found
            if len(found.parts) > 1 or await _has_its_own(connection, tenant, found):
                mine = organisation.c.tenant_key == tenant_key(tenant)
                opened = update(organisation).where(mine).values(choice=Choice.OPEN.value)
                await connection.execute(opened)
            elif found.used is None:
                (only,) = theirs
                await _use(connection, tenant, only, Choice.NONE, now=now)
                await _note(connection, tenant, only, None, now)
            return await _frameworks(connection, tenant, own)

    async def pick(
        self, tenant: Tenant, own: str, team_id: str | None, *, by: str, now: datetime
    ) -> Part:
        """Let the organisation use what this workspace had decided, or its own catalogue (None).

        Raises:
            NoSuchPart: it has met none of this workspace.
        """
        async with self._writing() as connection:
            await _hold(connection, tenant)
            found = await _frameworks(connection, tenant, own)
            picked = next((each for each in found.parts if each.team_id == team_id), None)
            if picked is None:
                raise NoSuchPart
            await _use(connection, tenant, picked, Choice.MADE, now=now)
            await _note(connection, tenant, picked, by, now)
            return picked

    def _reading(self) -> AbstractAsyncContextManager[AsyncConnection]:
        return transaction(self._reader, timeout_ms=self._timeout_ms, reach=Across.ORGANISING)

    def _writing(self) -> AbstractAsyncContextManager[AsyncConnection]:
        return transaction(self._writer, timeout_ms=self._timeout_ms, reach=Across.ORGANISING)


async def _hold(connection: AsyncConnection, tenant: Tenant) -> None:
    """Let of two who decide at once one come after the other."""
    mine = organisation.c.tenant_key == tenant_key(tenant)
    await connection.execute(select(organisation.c.tenant_key).where(mine).with_for_update())


async def _has_its_own(connection: AsyncConnection, tenant: Tenant, found: Frameworks) -> bool:
    """Tell whether the organisation decided something itself, such as who its owners are."""
    query = select(workspace).where(workspace.c.tenant_key == tenant_key(tenant))
    row = (await connection.execute(query)).one_or_none()
    if row is None or found.used is not None:
        return False
    return is_set_up(row, await owners_of(connection, [row.id]))


async def _frameworks(connection: AsyncConnection, tenant: Tenant, own: str) -> Frameworks:
    key = tenant_key(tenant)
    mine = organisation.c.tenant_key == key
    state = (await connection.execute(select(organisation).where(mine))).one_or_none()
    if state is None:
        return Frameworks()
    parts = [*await _of_workspaces(connection, tenant), *await _published_as(connection, own)]
    used = await _used(connection, key, state.chosen, parts)
    return Frameworks(Choice(state.choice), tuple(parts), used)


async def _of_workspaces(connection: AsyncConnection, tenant: Tenant) -> list[Part]:
    """Return what the workspaces that moved into an organisation had set up before."""
    newest = _newest()
    query = (
        select(workspace, catalogue.c.key, *_SIZES, organisation_team.c.name.label("team"))
        .join(grid_move, grid_move.c.tenant_key == workspace.c.tenant_key)
        .outerjoin(
            organisation_team,
            (organisation_team.c.team_id == workspace.c.team_id)
            & (organisation_team.c.tenant_key == tenant_key(tenant)),
        )
        .outerjoin(catalogue, catalogue.c.id == workspace.c.catalogue_id)
        .outerjoin(newest, newest.c.catalogue_id == catalogue.c.id)
        .outerjoin(revision, revision.c.id == newest.c.id)
        .where(grid_move.c.organisation == tenant.enterprise_id)
        .order_by(workspace.c.team_id)
    )
    rows = (await connection.execute(query)).all()
    owners = await owners_of(connection, [row.id for row in rows])
    return [
        Part(
            row.team_id,
            row.team or row.team_id,
            row.key,
            row.name or "",
            row.roles or 0,
            row.skills or 0,
            tuple(sorted(owners.get(row.id, ()))),
        )
        for row in rows
        if is_set_up(row, owners)
    ]


async def _published_as(connection: AsyncConnection, key: str) -> list[Part]:
    """Return the catalogue of this key as the only part; none where nothing was published."""
    newest = _newest()
    query = (
        select(catalogue.c.key, *_SIZES)
        .join(newest, newest.c.catalogue_id == catalogue.c.id)
        .join(revision, revision.c.id == newest.c.id)
        .where(catalogue.c.key == key)
    )
    rows = (await connection.execute(query)).all()
    return [Part(None, "", row.key, row.name, row.roles, row.skills) for row in rows]


def _newest() -> Subquery:
    """Return the newest revision of each catalogue."""
    return (
        select(revision.c.catalogue_id, func.max(revision.c.id).label("id"))
        .group_by(revision.c.catalogue_id)
        .subquery()
    )


async def _used(
    connection: AsyncConnection, key: str, chosen: str | None, parts: list[Part]
) -> Part | None:
    query = (
        select(catalogue.c.key)
        .join(workspace, workspace.c.catalogue_id == catalogue.c.id)
        .where(workspace.c.tenant_key == key)
    )
    in_use = await connection.scalar(query)
    # An owner may have gone back to the built-in framework since, or published another.
    by_key = next((each for each in parts if in_use and each.catalogue == in_use), None)
    without = next((each for each in parts if chosen and each.team_id == chosen), None)
    return by_key or (without if in_use is None and without and not without.catalogue else None)


async def _use(
    connection: AsyncConnection, tenant: Tenant, part: Part, choice: Choice, *, now: datetime
) -> None:
    """Let the organisation use a part's catalogue, with its owners and its policy."""
    workspaces = WorkspaceRepository(connection, tenant)
    await workspaces.use_catalogue(part.catalogue, at=now)
    key = tenant_key(tenant)
    mine = organisation.c.tenant_key == key
    decided = {"choice": choice.value, "chosen": part.team_id}
    await connection.execute(update(organisation).where(mine).values(**decided))
    if part.team_id is None:
        # Its own catalogue has the owners and the working hours that are in force.
        return
    await workspaces.grant_catalogue(part.owners, at=now)
    theirs = workspace.c.tenant_key == tenant_key(Tenant(part.team_id))
    policy = select(*(workspace.c[name] for name in POLICY_COLUMNS)).where(theirs)
    row = (await connection.execute(policy)).one()
    kept = update(workspace).where(workspace.c.tenant_key == key)
    await connection.execute(kept.values(**row._mapping))  # noqa: SLF001 - SQLAlchemy's public spelling


async def _note(
    connection: AsyncConnection, tenant: Tenant, part: Part, by: str | None, now: datetime
) -> None:
    detail = part.team_id or str(tenant.enterprise_id)
    act = (
        Act(ActKind.FRAMEWORK_PICKED, detail, Actor.NEXTRUNG)
        if by is None
        else Act.by(by, ActKind.FRAMEWORK_PICKED, detail)
    )
    await note_acts(connection, tenant, act, at=now)
