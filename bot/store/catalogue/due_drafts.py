"""Drafts whose moment has come, of all workspaces; each is claimed before it is published."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.catalogue.draft import CLOSED_KEPT, OPEN_KEPT, DraftState
from bot.domain.tenancy import Tenant
from bot.store.engine import transaction
from bot.store.isolation.reach import Across
from bot.store.models import catalogue_draft as draft
from bot.store.models import workspace
from bot.store.moving.conditions import paused


class DueDrafts:
    """Finds and claims them. A claim that is old is that of a process which died with it."""

    def __init__(self, *, reader: AsyncEngine, writer: AsyncEngine, timeout_ms: int) -> None:
        self._reader = reader
        self._writer = writer
        self._timeout_ms = timeout_ms

    async def due(
        self, *, now: datetime, claimed_before: datetime, most: int
    ) -> tuple[tuple[Tenant, int], ...]:
        """Return (tenant, draft's id) of those to be published now, the longest due first.

        Raises:
            StoreUnavailable: the database failed.
        """
        query = (
            select(workspace.c.team_id, workspace.c.enterprise_id, draft.c.id)
            .join(workspace, workspace.c.id == draft.c.workspace_id)
            .where(
                draft.c.state == DraftState.WAITING.value,
                draft.c.publish_at <= now,
                ~paused(now),
                _free(claimed_before),
            )
            .order_by(draft.c.publish_at, draft.c.id)
            .limit(most)
        )
        async with transaction(
            self._reader, timeout_ms=self._timeout_ms, reach=Across.DRAFTS
        ) as connection:
            rows = (await connection.execute(query)).all()
        return tuple((Tenant(team, enterprise), id_) for team, enterprise, id_ in rows)

    async def claim(self, id_: int, *, at: datetime, claimed_before: datetime) -> bool:
        """Claim a draft; True for the one process that may go on with it.

        Raises:
            StoreUnavailable: the database failed; nothing is claimed.
        """
        claimed = (
            update(draft)
            .where(
                draft.c.id == id_,
                draft.c.state == DraftState.WAITING.value,
                _free(claimed_before),
            )
            .values(claimed_at=at)
        )
        async with transaction(
            self._writer, timeout_ms=self._timeout_ms, reach=Across.DRAFTS
        ) as connection:
            return (await connection.execute(claimed)).rowcount == 1

    async def drop_old(self, *, now: datetime) -> int:
        """Delete drafts that nobody will come back to; return how many.

        Raises:
            StoreUnavailable: the database failed; nothing is gone.
        """
        # One that is to be published on a day is counted from there: it may be a year away.
        since = func.coalesce(draft.c.publish_at, draft.c.made_at)
        closed = draft.c.state != DraftState.WAITING.value
        old = or_(closed & (since < now - CLOSED_KEPT), since < now - OPEN_KEPT)
        async with transaction(
            self._writer, timeout_ms=self._timeout_ms, reach=Across.SWEEPING
        ) as connection:
            return (await connection.execute(delete(draft).where(old))).rowcount


def _free(claimed_before: datetime) -> ColumnElement[bool]:
    return or_(draft.c.claimed_at.is_(None), draft.c.claimed_at < claimed_before)
