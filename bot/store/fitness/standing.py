"""How many things wait, for how long, and how many installations there are: numbers alone."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.engine import transaction
from bot.store.isolation.reach import Across
from bot.store.models import effect
from bot.store.nudges.models import nudge
from bot.store.tokens.models import installation
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class Standing:
    """What waits. Keys of `errands` are kind and state; an `oldest` is since when it is due."""

    nudges: Mapping[str, int]
    oldest_nudge: datetime | None
    errands: Mapping[tuple[str, ...], int]
    oldest_errand: datetime | None
    installations: Mapping[str, int]


class StandingDesk:
    """Counts across all tenants, for the operator of the installation."""

    def __init__(self, *, reader: AsyncEngine, timeout_ms: int) -> None:
        self._reader = reader
        self._timeout_ms = timeout_ms

    async def look(self, *, now: datetime) -> Standing:
        """Count.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        async with transaction(
            self._reader, timeout_ms=self._timeout_ms, reach=Across.OPERATING
        ) as connection:
            nudges, oldest_nudge = await _nudges(connection, now)
            errands, oldest_errand = await _errands(connection, now)
            return Standing(
                nudges, oldest_nudge, errands, oldest_errand, await _installations(connection)
            )


async def _nudges(
    connection: AsyncConnection, now: datetime
) -> tuple[dict[str, int], datetime | None]:
    due = select(func.count(), func.min(nudge.c.due_at)).where(
        nudge.c.state == "planned", nudge.c.due_at <= now
    )
    others = (
        select(nudge.c.state, func.count())
        .where(nudge.c.state.in_(("sending", "unknown")))
        .group_by(nudge.c.state)
    )
    backlog, oldest = (await connection.execute(due)).one()
    states = {row[0]: row[1] for row in (await connection.execute(others)).all()}
    return {"planned": backlog, "sending": 0, "unknown": 0} | states, oldest


async def _errands(
    connection: AsyncConnection, now: datetime
) -> tuple[dict[tuple[str, ...], int], datetime | None]:
    state = case(
        (effect.c.due_at.is_(None), "given_up"), (effect.c.due_at <= now, "late"), else_="waiting"
    )
    query = select(effect.c.kind, state, func.count()).group_by(effect.c.kind, state)
    oldest = select(func.min(effect.c.due_at)).where(effect.c.due_at <= now)
    rows = (await connection.execute(query)).all()
    return {(row[0], row[1]): row[2] for row in rows}, await connection.scalar(oldest)


async def _installations(connection: AsyncConnection) -> dict[str, int]:
    state = case(
        (installation.c.removed_at.is_not(None), "removed"),
        (installation.c.sealed.is_(None), "without_token"),
        (installation.c.trouble.is_not(None), "in_trouble"),
        else_="works",
    )
    found = (await connection.execute(select(state, func.count()).group_by(state))).all()
    names = ("works", "in_trouble", "without_token", "removed")
    return dict.fromkeys(names, 0) | {row[0]: row[1] for row in found}
