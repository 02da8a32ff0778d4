"""Joins what was split: a workspace was once kept anew when it joined or left an organisation.

A version of the program from before runs beside this one during a roll-out and may split again, so
this is no migration: it is done at each start, after each upgrade, and now and then. It takes many
short transactions, so that others go on writing in between; where it is interrupted, the next time
goes on with who is left.
"""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.installs.audit import Act, ActKind, Actor
from bot.domain.nudges.cadence import NudgePolicy
from bot.domain.tenancy import Tenant
from bot.store.audit.acts import note_acts
from bot.store.audit.models import audit
from bot.store.engine import transaction
from bot.store.installs.leftovers import move_leftovers
from bot.store.installs.same_people import People, move_people
from bot.store.isolation.reach import Across
from bot.store.models import effect, workspace, workspace_owner
from bot.store.nudges.plans import policy_of
from bot.store.tenants import tenant_key
from bot.values import dataclass

JOIN_BATCH = 500
"""People joined in one transaction: a quarter of a second, in which SQLite lets nobody write."""


@dataclass(frozen=True, slots=True)
class Joined:
    """What was joined of one workspace.

    `people` were in more than one of its `parts`. Of theirs, `goals` ended because a newer one was
    active, and `nudges` are gone: another one of the same slot stays. `set_aside` are the owners
    of parts whose set-up is not the newest: they own nothing any more.
    """

    team_id: str
    parts: int
    people: int
    goals: int
    nudges: int
    set_aside: tuple[str, ...]


_SPLIT = select(workspace.c.team_id).where(
    workspace.c.team_id.is_not(None), workspace.c.enterprise_id.is_not(None)
)


class SplitWorkspaces:
    """Finds workspaces that have rows under an organisation's id, and makes each one again."""

    def __init__(self, *, reader: AsyncEngine, bulk: AsyncEngine, timeout_ms: int) -> None:
        """`timeout_ms` is for each transaction."""
        self._reader = reader
        self._bulk = bulk
        self._timeout_ms = timeout_ms

    async def join(self, *, at: datetime) -> tuple[Joined, ...]:
        """Join every workspace that is split. That none is, is a quick answer.

        Of what two parts know of the same person the newer holds, and histories become one. The
        catalogue, its owners and the policy are those of the part that was set up last.

        Raises:
            StoreUnavailable: some people may be joined already; do it again.
        """
        async with transaction(
            self._reader, timeout_ms=self._timeout_ms, reach=Across.JOINING
        ) as connection:
            found = (await connection.scalars(_SPLIT.distinct())).all()
        return tuple([await self._join(team_id, at) for team_id in sorted(map(str, found))])

    async def _join(self, team_id: str, at: datetime) -> Joined:
        async with self._joining() as connection:
            gone, stays, owners = await _keep_apart(connection, team_id)
        people = People()
        for part in gone:
            while True:
                async with self._joining() as connection:
                    some = await move_people(
                        connection, gone=part, stays=stays, at=at, most=JOIN_BATCH
                    )
                people += some
                if not some.moved:
                    break
        aside = {who for part in gone for who in owners.get(part, set())}
        aside -= owners.get(stays, set())
        async with self._joining() as connection:
            await _end(connection, team_id, gone, stays, at)
            withdrawn = (_withdrawn(each) for each in sorted(aside))
            await note_acts(connection, Tenant(team_id), *withdrawn, at=at)
        return Joined(
            team_id,
            len(gone) + 1,
            people.people,
            people.goals,
            people.nudges,
            tuple(sorted(aside)),
        )

    def _joining(self) -> AbstractAsyncContextManager[AsyncConnection]:
        return transaction(self._bulk, timeout_ms=self._timeout_ms, reach=Across.JOINING)


async def _keep_apart(
    connection: AsyncConnection, team_id: str
) -> tuple[list[int], int, dict[int, set[str]]]:
    """Let the part that stays be the workspace from now on; return the parts that go, and it.

    Members find it while the others are emptied into it.
    """
    mine = select(workspace).where(workspace.c.team_id == team_id).order_by(workspace.c.id)
    parts = (await connection.execute(mine.with_for_update())).all()
    owners = await owners_of(connection, [part.id for part in parts])
    stays = max(parts, key=lambda each: (is_set_up(each, owners), each.created_at, each.id))
    key = tenant_key(Tenant(team_id))
    for part in parts:
        if part.tenant_key == key and part is not stays:
            # The one that stays leaves its place to it, by way of a name that nobody has.
            swapped = {"tenant_key": stays.tenant_key, "enterprise_id": stays.enterprise_id}
            await _name(connection, stays.id, tenant_key=f"{key}-{stays.id}")
            await _name(connection, part.id, **swapped)
    await _name(connection, stays.id, tenant_key=key, enterprise_id=None)
    return [part.id for part in parts if part is not stays], stays.id, owners


async def _name(connection: AsyncConnection, id_: int, **values: str | None) -> None:
    named = update(workspace).where(workspace.c.id == id_).values(**values)
    await connection.execute(named)


async def _end(
    connection: AsyncConnection, team_id: str, gone: Sequence[int], stays: int, at: datetime
) -> None:
    """Move what is left of the parts, and delete them."""
    for part in gone:
        # Who came there meanwhile, from a version of before.
        await move_people(connection, gone=part, stays=stays, at=at, most=JOIN_BATCH)
        await move_leftovers(connection, gone=part, stays=stays)
        await connection.execute(delete(workspace).where(workspace.c.id == part))
    key = tenant_key(Tenant(team_id))
    for table in (effect, audit):
        theirs = update(table).where(table.c.team_id == team_id, table.c.tenant_key != key)
        await connection.execute(theirs.values(tenant_key=key, enterprise_id=None))


def _withdrawn(slack_id: str) -> Act:
    return Act(ActKind.OWNER_WITHDRAWN, actor=Actor.NEXTRUNG, about=slack_id)


async def owners_of(connection: AsyncConnection, ids: Sequence[int]) -> dict[int, set[str]]:
    """Return who was granted the catalogue of each of these workspaces, by Slack id."""
    query = select(workspace_owner).where(workspace_owner.c.workspace_id.in_(ids))
    found: dict[int, set[str]] = {}
    for row in (await connection.execute(query)).all():
        found.setdefault(row.workspace_id, set()).add(row.slack_id)
    return found


def is_set_up(part: Row[Any], owners: dict[int, set[str]]) -> bool:
    """Tell whether anybody ever decided anything for a part: one that just came about has not."""
    return part.catalogue_id is not None or part.id in owners or policy_of(part) != NudgePolicy()
