"""Helpers and learners of all workspaces: whose accounts to ask about, where some may be paired."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.lookup.skill_offer import HelpSide
from bot.domain.teams.helping.pairs import DAY
from bot.domain.tenancy import Tenant
from bot.store.engine import transaction
from bot.store.growth.models import skill_offer
from bot.store.isolation.reach import Across
from bot.store.models import member, workspace
from bot.store.moving.conditions import paused
from bot.store.teams.helping.offer_models import helper
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class OldAccount:
    """A helper or learner of whom Slack was not asked for a while; `id` orders them."""

    id: int
    tenant: Tenant
    slack_id: str


class HelpingStore:
    """Looks across workspaces; what follows is done within each."""

    def __init__(self, *, reader: AsyncEngine, timeout_ms: int) -> None:
        self._reader = reader
        self._timeout_ms = timeout_ms

    async def old_accounts(
        self, *, checked_before: datetime, after: int, most: int, now: datetime
    ) -> tuple[OldAccount, ...]:
        """Return accounts to ask about, by their ids, those behind `after`.

        Raises:
            StoreUnavailable: the database failed.
        """
        query = (
            select(
                helper.c.member_id,
                workspace.c.team_id,
                workspace.c.enterprise_id,
                member.c.slack_id,
            )
            .join(member, member.c.id == helper.c.member_id)
            .join(workspace, workspace.c.id == member.c.workspace_id)
            .where(
                # What lies ahead was written by a clock that was wrong.
                or_(helper.c.checked_at < checked_before, helper.c.checked_at > now + DAY),
                helper.c.member_id > after,
                ~paused(now),
            )
            .order_by(helper.c.member_id)
            .limit(most)
        )
        async with transaction(
            self._reader, timeout_ms=self._timeout_ms, reach=Across.HELPING
        ) as connection:
            rows = (await connection.execute(query)).all()
        return tuple(OldAccount(id_, Tenant(team, org), who) for id_, team, org, who in rows)

    async def workspaces_with_wishes(self, *, now: datetime) -> tuple[Tenant, ...]:
        """Return where somebody offers help and somebody wants to learn something.

        Raises:
            StoreUnavailable: the database failed.
        """
        sides = [
            select(member.c.workspace_id)
            .join(skill_offer, skill_offer.c.member_id == member.c.id)
            .where(skill_offer.c.side == side.value)
            for side in HelpSide
        ]
        query = select(workspace.c.team_id, workspace.c.enterprise_id).where(
            *(workspace.c.id.in_(each) for each in sides), ~paused(now)
        )
        async with transaction(
            self._reader, timeout_ms=self._timeout_ms, reach=Across.HELPING
        ) as connection:
            rows = (await connection.execute(query.order_by(workspace.c.id))).all()
        return tuple(Tenant(team, org) for team, org in rows)
