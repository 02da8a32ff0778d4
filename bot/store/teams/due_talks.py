"""Which talks a brief is due for, of all tenants. Who writes it moves the rhythm on by that."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.teams.rhythm import FARTHEST, RhythmState
from bot.domain.teams.share import ShareState
from bot.domain.tenancy import Tenant
from bot.store.engine import transaction
from bot.store.isolation.reach import Across
from bot.store.models import member, workspace
from bot.store.moving.conditions import paused
from bot.store.teams.models import share, talk_rhythm
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class DueTalk:
    """A share for whose next talk something is due, at `at`."""

    tenant: Tenant
    share_id: int
    at: datetime


class DueTalks:
    """Finds them."""

    def __init__(self, *, reader: AsyncEngine, timeout_ms: int) -> None:
        self._reader = reader
        self._timeout_ms = timeout_ms

    async def due(self, *, now: datetime, most: int) -> tuple[DueTalk, ...]:
        """Return at most so many, the earliest talks first.

        Raises:
            StoreUnavailable: the database failed.
        """
        due_at = talk_rhythm.c.due_at
        query = (
            select(talk_rhythm.c.share_id, workspace.c.team_id, workspace.c.enterprise_id, due_at)
            .join(share, share.c.id == talk_rhythm.c.share_id)
            .join(member, member.c.id == share.c.member_id)
            .join(workspace, workspace.c.id == member.c.workspace_id)
            .where(
                talk_rhythm.c.state == RhythmState.ON.value,
                share.c.state == ShareState.ACCEPTED.value,
                or_(due_at <= now, due_at > now + FARTHEST),
                ~paused(now),
            )
            .order_by(due_at, talk_rhythm.c.share_id)
            .limit(most)
        )
        async with transaction(
            self._reader, timeout_ms=self._timeout_ms, reach=Across.TALKS
        ) as connection:
            rows = (await connection.execute(query)).all()
        return tuple(
            DueTalk(Tenant(team, enterprise), id_, at) for id_, team, enterprise, at in rows
        )
