"""Workspaces that move into an organisation, of all tenants: how far, and what is left to do."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, literal, null, or_, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.installs.audit import Act, ActKind, Actor
from bot.domain.installs.moves import PAUSED_AT_MOST, UNDER_WAY, GridMove, Stage
from bot.domain.tenancy import Tenant
from bot.store.audit.acts import note_acts
from bot.store.dialect import insert_into
from bot.store.engine import transaction
from bot.store.installs.exchanging import exchange_ids, held_ids
from bot.store.installs.people_over import end_going_over, give_over
from bot.store.installs.same_people import People
from bot.store.isolation.reach import Across, Reach
from bot.store.moving.models import grid_move, grid_move_id, organisation_team
from bot.store.tenants import tenant_key
from bot.store.tokens.installations import tell_of_change
from bot.values import dataclass

_OPEN = sorted(stage.value for stage in UNDER_WAY)

# Built once: it takes longer to build it than to ask it.
_STANDING = union_all(
    select(
        grid_move.c.team_id,
        grid_move.c.organisation,
        grid_move.c.stage,
        grid_move.c.since,
        grid_move.c.until,
    ).where(grid_move.c.stage.in_(_OPEN)),
    select(
        organisation_team.c.team_id,
        organisation_team.c.tenant_key,
        literal(""),
        null(),
        null(),
    ).where(organisation_team.c.granted.is_(False)),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What every process must know at once: pauses under way, and workspaces that were refused.

    `refused` are (organisation, workspace), by their ids.
    """

    moves: tuple[GridMove, ...] = ()
    refused: frozenset[tuple[str, str]] = frozenset()


class MoveStore:
    """Whatever changes what `standing` returns is noted for all processes, as of an installation.

    `settle_ms` is for the transactions of a batch, `timeout_ms` for all others.
    """

    def __init__(
        self,
        *,
        reader: AsyncEngine,
        writer: AsyncEngine,
        bulk: AsyncEngine,
        timeout_ms: int,
        settle_ms: int,
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._bulk = bulk
        self._timeout_ms = timeout_ms
        self._settle_ms = settle_ms

    async def standing(self) -> Standing:
        """Return what holds now, in one small query.

        Raises:
            StoreUnavailable: the database failed.
        """
        async with self._reading(Across.MOVING) as connection:
            rows = (await connection.execute(_STANDING)).all()
        return Standing(
            tuple(
                GridMove(Tenant(row.team_id), Stage(row.stage), row.since, row.until, row[1])
                for row in rows
                if row.stage
            ),
            frozenset((str(row[1]).rstrip("/"), row.team_id) for row in rows if not row.stage),
        )

    async def of(self, tenant: Tenant) -> GridMove | None:
        """Return the workspace's latest move, if it ever moved."""
        query = select(grid_move).where(grid_move.c.tenant_key == tenant_key(tenant))
        async with self._reading(tenant) as connection:
            row = (await connection.execute(query)).one_or_none()
        return None if row is None else _move(row)

    async def notable(self, *, most: int) -> tuple[GridMove, ...]:
        """Return moves that the operator should know of, newest first."""
        odd = or_(
            grid_move.c.stage != Stage.DONE.value,
            grid_move.c.trouble.is_not(None),
            grid_move.c.unknown > 0,
        )
        query = select(grid_move).where(odd).order_by(grid_move.c.since.desc()).limit(most)
        async with self._reading(Across.OPERATING) as connection:
            return tuple(map(_move, (await connection.execute(query)).all()))

    async def begin(self, tenant: Tenant, *, told_at: datetime, now: datetime) -> bool:
        """Pause a workspace that begins to move; False where Slack tells it late or once more."""
        return await self._become(tenant, Stage.MOVING, told_at=told_at, now=now)

    async def finish(self, tenant: Tenant, *, told_at: datetime, now: datetime) -> bool:
        """Note that a move is over, so that ids are exchanged now; False where that is known."""
        return await self._become(tenant, Stage.MAPPING, told_at=told_at, now=now)

    async def enter(self, tenant: Tenant, organisation: str, *, now: datetime) -> None:
        """Let the people of a workspace go over to the organisation's installation."""
        values = _begun(Stage.MAPPING, now) | {"organisation": organisation}
        async with self._writing(tenant) as connection:
            await _keep(connection, tenant, values | {"told_at": now})

    async def trouble(self, tenant: Tenant, code: str | None) -> None:
        """Note why it does not go on just now; None where it does again."""
        mine = grid_move.c.tenant_key == tenant_key(tenant)
        async with self._writing(tenant) as connection:
            await connection.execute(update(grid_move).where(mine).values(trouble=code))

    async def _become(
        self, tenant: Tenant, stage: Stage, *, told_at: datetime, now: datetime
    ) -> bool:
        mine = grid_move.c.tenant_key == tenant_key(tenant)
        async with self._writing(tenant) as connection:
            query = select(grid_move).where(mine).with_for_update()
            known = (await connection.execute(query)).one_or_none()
            if known is not None:
                ends = stage is Stage.MAPPING and known.stage in {"moving", "lapsed"}
                if told_at < known.told_at or (told_at == known.told_at and not ends):
                    return False
                if stage is Stage.MAPPING and known.stage in {"mapping", "joining"}:
                    return False
            await _keep(connection, tenant, _begun(stage, now) | {"told_at": told_at})
        return True

    async def list_people(self, tenant: Tenant) -> None:
        """List every id that is held of the workspace's people, so that Slack is asked of each."""
        key = tenant_key(tenant)
        ids = held_ids(key).subquery()
        async with self._settling(tenant) as connection:
            known = select(grid_move_id.c.slack_id).where(grid_move_id.c.tenant_key == key)
            new = select(literal(key), ids.c.slack_id).where(ids.c.slack_id.not_in(known))
            listed = insert_into(connection, grid_move_id)
            listed = listed.from_select(["tenant_key", "slack_id"], new)
            # Another process may list them at the same time.
            await connection.execute(listed.on_conflict_do_nothing())
            mine = update(grid_move).where(grid_move.c.tenant_key == key)
            await connection.execute(mine.values(listed=True))

    async def waiting(self, tenant: Tenant, *, most: int) -> list[str]:
        """Return ids of whom Slack was not asked yet, in order."""
        query = (
            select(grid_move_id.c.slack_id)
            .where(grid_move_id.c.tenant_key == tenant_key(tenant))
            .order_by(grid_move_id.c.slack_id)
            .limit(most)
        )
        async with self._reading(tenant) as connection:
            return list((await connection.scalars(query)).all())

    async def exchange(
        self, tenant: Tenant, asked: Sequence[str], new_ids: Mapping[str, str], *, now: datetime
    ) -> People:
        """Put the new ids of these people in place of the old ones, and take them off the list.

        Who is not in `new_ids` is not known to Slack, and keeps their id. Doing it twice is doing
        it once: what another process has taken off the list is left alone.
        """
        key = tenant_key(tenant)
        listed = delete(grid_move_id).where(
            grid_move_id.c.tenant_key == key, grid_move_id.c.slack_id.in_(asked)
        )
        async with self._settling(tenant) as connection:
            mine = set(await connection.scalars(listed.returning(grid_move_id.c.slack_id)))
            changed = {
                old: new for old, new in new_ids.items() if old in mine and old != new and new
            }
            people = await exchange_ids(connection, key, changed, at=now)
            await self._count(
                connection,
                tenant,
                mapped=len(changed),
                unknown=len(mine - set(new_ids)),
                people=people.people,
            )
        return people

    async def give_over(self, tenant: Tenant, to: Tenant, *, now: datetime, most: int) -> People:
        """Give what some people of a workspace hold to the organisation's installation `to`."""
        async with self._settling(Across.JOINING) as connection:
            people = await give_over(connection, tenant, to, at=now, most=most)
            await self._count(connection, tenant, people=people.people, joined=people.moved)
        return people

    async def end(
        self, tenant: Tenant, stage: Stage, *, now: datetime, trouble: str | None = None
    ) -> GridMove | None:
        """End a move, or let it go on to *joining*; return how it stands then.

        What came of it is noted for the operator, with counts and without names.
        """
        key = tenant_key(tenant)
        mine = grid_move.c.tenant_key == key
        changed = update(grid_move).where(mine).values(stage=stage.value, trouble=trouble)
        async with self._settling(Across.JOINING) as connection:
            row = (await connection.execute(changed.returning(*grid_move.c))).one_or_none()
            if row is None:
                return None
            await tell_of_change(connection, tenant)
            move = _move(row)
            if stage in UNDER_WAY:
                return move
            if stage is Stage.DONE and move.organisation:
                await end_going_over(connection, tenant, Tenant(None, move.organisation))
            left = delete(grid_move_id).where(grid_move_id.c.tenant_key == key)
            await connection.execute(left)
            detail = f"{stage.value}: {move.mapped} mapped, {move.unknown} unknown, " + (
                f"{move.joined} to {move.organisation}, " if move.organisation else ""
            )
            act = Act(ActKind.WORKSPACE_MOVED, f"{detail}{move.people} joined", Actor.NEXTRUNG)
            await note_acts(connection, tenant, act, at=now)
        return move

    async def _count(self, connection: AsyncConnection, tenant: Tenant, **more: int) -> None:
        mine = update(grid_move).where(grid_move.c.tenant_key == tenant_key(tenant))
        counts = {name: grid_move.c[name] + count for name, count in more.items()}
        await connection.execute(mine.values(**counts))

    def _reading(self, reach: Reach) -> AbstractAsyncContextManager[AsyncConnection]:
        return transaction(self._reader, timeout_ms=self._timeout_ms, reach=reach)

    def _writing(self, tenant: Tenant) -> AbstractAsyncContextManager[AsyncConnection]:
        return transaction(self._writer, timeout_ms=self._timeout_ms, reach=tenant)

    def _settling(self, reach: Reach) -> AbstractAsyncContextManager[AsyncConnection]:
        return transaction(self._bulk, timeout_ms=self._settle_ms, reach=reach)


def _begun(stage: Stage, now: datetime) -> dict[str, Any]:
    counts = dict.fromkeys(("mapped", "unknown", "people", "joined"), 0)
    pause = {"stage": stage.value, "since": now, "until": now + PAUSED_AT_MOST}
    return {**pause, **counts, "listed": False, "trouble": None}


async def _keep(connection: AsyncConnection, tenant: Tenant, values: Mapping[str, Any]) -> None:
    new = insert_into(connection, grid_move).values(
        tenant_key=tenant_key(tenant), team_id=tenant.team_id, **values
    )
    kept = new.on_conflict_do_update(
        index_elements=[grid_move.c.tenant_key],
        set_={name: new.excluded[name] for name in values},
    )
    await connection.execute(kept)
    await tell_of_change(connection, tenant)


def _move(row: Row[Any]) -> GridMove:
    return GridMove(
        Tenant(row.team_id),
        Stage(row.stage),
        row.since,
        row.until,
        row.organisation,
        row.mapped,
        row.unknown,
        row.people,
        row.joined,
        row.trouble,
        listed=row.listed,
    )
