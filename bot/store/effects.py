"""Errands that must be done even where a process ends: rows, each held by one process at a time."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.members.effects import (
    LEASE,
    LONGEST_REST,
    Effect,
    EffectKind,
    EffectOverview,
    Errand,
    GivenUp,
    wait_after,
)
from bot.domain.tenancy import Tenant
from bot.store.engine import transaction
from bot.store.isolation.reach import Across, Reach
from bot.store.models import effect
from bot.store.tenants import tenant_key

_SHOWN = 20
# No wait is longer: a moment beyond it was written by a clock that was wrong.
_LONGEST = max(LEASE, wait_after(99)) + timedelta(minutes=1)


class EffectStore:
    """The errands of all tenants, as one process sees them."""

    def __init__(
        self, *, reader: AsyncEngine, writer: AsyncEngine, timeout_ms: int, holder: str
    ) -> None:
        """`holder` names this process, and no other that ever was."""
        self._reader = reader
        self._writer = writer
        self._timeout_ms = timeout_ms
        self._holder = holder

    async def begin(self, errand: Errand, *, now: datetime) -> Effect:
        """Keep an errand that this process begins at once.

        Raises:
            StoreUnavailable: it is not kept, so it must not begin.
        """
        values = {
            **_values(errand),
            "created_at": now,
            "due_at": now + LEASE,
            "attempts": 1,
            "holder": self._holder,
        }
        async with self._writing(errand.tenant) as connection:
            kept = insert(effect).values(values).returning(effect.c.id)
            return Effect((await connection.execute(kept)).scalar_one(), errand, 1, now)

    async def waiting(self, *, now: datetime, most: int) -> tuple[str, ...]:
        """Return the keys of at most so many tenants for whom something is due.

        Whoever waits longest comes first: what fails is put off, and waits anew.
        """
        waiting = (
            select(effect.c.tenant_key)
            .where(_due(now))
            .group_by(effect.c.tenant_key)
            .order_by(func.min(effect.c.due_at), effect.c.tenant_key)
            .limit(most)
        )
        async with transaction(
            self._reader, timeout_ms=self._timeout_ms, reach=Across.ERRANDS
        ) as connection:
            return tuple((await connection.scalars(waiting)).all())

    async def take(
        self, *, now: datetime, most: int, key: str | None = None, newest: bool = False
    ) -> list[Effect]:
        """Take errands that their process left, or that are to be tried again: the oldest first.

        With a `key` only those of that tenant.
        """
        due = _due(now) if key is None else _due(now) & (effect.c.tenant_key == key)
        order = effect.c.id.desc() if newest else effect.c.id
        some = select(effect.c.id).where(due).order_by(order).limit(most)
        async with self._writing(Across.ERRANDS) as connection:
            ids = (await connection.scalars(some.with_for_update(skip_locked=True))).all()
            if not ids:
                return []
            taken = (
                update(effect)
                .where(effect.c.id.in_(ids))
                .values(due_at=now + LEASE, attempts=effect.c.attempts + 1, holder=self._holder)
                .returning(*effect.c)
            )
            found = map(_effect, (await connection.execute(taken)).all())
            return sorted(found, key=lambda each: each.id, reverse=newest)

    async def still_ours(self, found: Effect, *, now: datetime) -> bool:
        """Hold an errand for another while; False where another try took it, or it is gone."""
        mine = (effect.c.id == found.id) & (effect.c.holder == self._holder)
        held = update(effect).where(mine, effect.c.attempts == found.attempts)
        async with self._writing(found.errand.tenant) as connection:
            done = await connection.execute(held.values(due_at=now + LEASE))
            return done.rowcount == 1

    async def prolong(self, found: Effect, *, now: datetime) -> None:
        """Hold an errand of this process for another while."""
        mine = (effect.c.id == found.id) & (effect.c.holder == self._holder)
        async with self._writing(found.errand.tenant) as connection:
            await connection.execute(update(effect).where(mine).values(due_at=now + LEASE))

    async def done(self, found: Effect) -> None:
        """Forget an errand that is done, or whose end was told."""
        async with self._writing(found.errand.tenant) as connection:
            await connection.execute(delete(effect).where(effect.c.id == found.id))

    async def rest(self, found: Effect, until: datetime) -> None:
        """Let it be taken up again at a moment, as if it had not been tried yet."""
        mine = (effect.c.id == found.id) & (effect.c.holder == self._holder)
        async with self._writing(found.errand.tenant) as connection:
            await connection.execute(update(effect).where(mine).values(due_at=until, attempts=0))

    async def drop_older(self, found: Effect) -> None:
        """Forget those of the same kind, for the same tenant, that were kept before."""
        older = delete(effect).where(
            effect.c.tenant_key == tenant_key(found.errand.tenant),
            effect.c.kind == found.errand.kind.value,
            effect.c.id < found.id,
        )
        async with self._writing(found.errand.tenant) as connection:
            await connection.execute(older)

    async def failed(self, found: Effect, reason: str, *, now: datetime) -> None:
        """Let it be tried again later; after the last try it stays, for the operator to see."""
        due = None if found.last else now + wait_after(found.attempts)
        async with self._writing(found.errand.tenant) as connection:
            await connection.execute(
                update(effect)
                .where(effect.c.id == found.id, effect.c.holder == self._holder)
                .values(due_at=due, reason=reason[:255])
            )

    async def overview(self, *, now: datetime) -> EffectOverview:
        """Return how the errands of all tenants stand."""
        ended = effect.c.due_at.is_(None)
        given_up = select(effect).where(ended).order_by(effect.c.id.desc()).limit(_SHOWN)
        late = select(func.count()).select_from(effect).where(effect.c.due_at <= now)
        waiting = select(func.count()).select_from(effect).where(effect.c.due_at > now)
        async with transaction(
            self._reader, timeout_ms=self._timeout_ms, reach=Across.ERRANDS
        ) as connection:
            rows: Sequence[Row[Any]] = (await connection.execute(given_up)).all()
            return EffectOverview(
                waiting=await connection.scalar(waiting) or 0,
                late=await connection.scalar(late) or 0,
                given_up=tuple(
                    GivenUp(row.kind, row.tenant_key, row.reason or "", row.created_at)
                    for row in rows
                ),
            )

    @asynccontextmanager
    async def _writing(self, reach: Reach) -> AsyncIterator[AsyncConnection]:
        async with transaction(
            self._writer, timeout_ms=self._timeout_ms, reach=reach
        ) as connection:
            yield connection


def _due(now: datetime) -> ColumnElement[bool]:
    due = or_(
        effect.c.due_at <= now,
        effect.c.due_at > now + LONGEST_REST,
        # One that rests has no attempts.
        and_(effect.c.due_at > now + _LONGEST, effect.c.attempts > 0),
    )
    # A newer version, which may run beside this one, has kinds that only it knows.
    return due & effect.c.kind.in_([kind.value for kind in EffectKind])


async def keep_errands(
    connection: AsyncConnection, errands: Sequence[Errand], *, now: datetime
) -> None:
    """Keep errands in the connection's transaction, for whichever process looks next."""
    rows = [{**_values(each), "created_at": now, "due_at": now} for each in errands]
    if rows:
        await connection.execute(insert(effect), rows)


async def drop_effects(connection: AsyncConnection, key: str, slack_id: str | None = None) -> None:
    """Let nothing be done any more for a member, or for the members of a workspace."""
    of_members = delete(effect).where(effect.c.tenant_key == key, effect.c.slack_id.is_not(None))
    if slack_id is not None:
        of_members = of_members.where(effect.c.slack_id == slack_id)
    await connection.execute(of_members)


def _values(errand: Errand) -> dict[str, Any]:
    return {
        "tenant_key": tenant_key(errand.tenant),
        "team_id": errand.tenant.team_id,
        "enterprise_id": errand.tenant.enterprise_id,
        "slack_id": errand.slack_id,
        "kind": errand.kind.value,
        "request": errand.request,
    }


def _effect(row: Row[Any]) -> Effect:
    tenant = Tenant(row.team_id, row.enterprise_id)
    errand = Errand(tenant, EffectKind(row.kind), row.slack_id, row.request)
    return Effect(row.id, errand, row.attempts, row.created_at)
