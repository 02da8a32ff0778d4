"""Which members have yet to hear that a revision changed their goal; of all workspaces.

One row says so for each goal: the news of a revision are claimed in it before anything is sent.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.growth.goal import GoalState
from bot.domain.tenancy import Tenant
from bot.store.engine import transaction
from bot.store.growth.models import goal
from bot.store.isolation.reach import Across
from bot.store.models import catalogue, member, revision, workspace
from bot.store.moving.conditions import paused, undecided
from bot.values import dataclass

_FAR = timedelta(hours=3)


class NewsState(StrEnum):
    """How far the news of one revision are. What is *sending* for long is never sent again."""

    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class DueNews:
    """A goal that is pinned to another revision than its workspace uses now.

    `told` is the revision up to which the member knows what changed, None for the pinned one;
    `published_at` is when the one that is used now was.
    """

    goal_id: int
    tenant: Tenant
    slack_id: str
    revision_id: int
    published_at: datetime
    told: int | None = None


class GoalNewsStore:
    """Finds and claims news."""

    def __init__(
        self, *, reader: AsyncEngine, writer: AsyncEngine, timeout_ms: int, built_in: str
    ) -> None:
        """`built_in` is the key of the catalogue for workspaces without one of their own."""
        self._reader = reader
        self._writer = writer
        self._timeout_ms = timeout_ms
        self._built_in = built_in

    async def due(
        self, *, now: datetime, published_before: datetime, claimed_before: datetime, most: int
    ) -> tuple[DueNews, ...]:
        """Return news that nobody has begun with, or that a process died with before it sent them.

        Of a new built-in catalogue, which comes with an upgrade, there are none: no owner of the
        workspace decided it. Who uses another framework only until their organisation has picked
        one is not told, and nobody while their workspace moves.

        Raises:
            StoreUnavailable: the database failed.
        """
        query = (
            _news(self._built_in, published_before, claimed_before)
            .where(~paused(now), ~undecided())
            .order_by(goal.c.id)
            .limit(most)
        )
        async with transaction(
            self._reader, timeout_ms=self._timeout_ms, reach=Across.NEWS
        ) as connection:
            rows = (await connection.execute(query)).all()
        return tuple(
            DueNews(id_, Tenant(team, enterprise), slack_id, revision_id, published_at, told)
            for id_, team, enterprise, slack_id, revision_id, published_at, told in rows
        )

    async def claim(self, news: DueNews, *, at: datetime, claimed_before: datetime) -> bool:
        """Claim news; True for the one process that may go on with them.

        Raises:
            StoreUnavailable: the database failed; nothing is claimed.
        """
        claimed = (
            update(goal)
            .where(goal.c.id == news.goal_id, _open(news.revision_id, claimed_before))
            .values(
                news_revision_id=news.revision_id, news_state=NewsState.CLAIMED.value, news_at=at
            )
        )
        async with transaction(
            self._writer, timeout_ms=self._timeout_ms, reach=news.tenant
        ) as connection:
            return (await connection.execute(claimed)).rowcount == 1

    async def become(self, news: DueNews, state: NewsState, *, at: datetime) -> bool:
        """Note how far the news are; False where the goal is gone, or tells of another revision.

        Raises:
            StoreUnavailable: the database failed; nothing is noted.
        """
        noted = (
            update(goal)
            .where(goal.c.id == news.goal_id, goal.c.news_revision_id == news.revision_id)
            .values(news_state=state.value, news_at=at)
        )
        async with transaction(
            self._writer, timeout_ms=self._timeout_ms, reach=news.tenant
        ) as connection:
            return (await connection.execute(noted)).rowcount == 1


def _news(
    built_in: str, published_before: datetime, claimed_before: datetime
) -> Select[tuple[Any, ...]]:
    """Return active goals that are pinned to another revision than is in use, and what is told."""
    newest = (
        select(revision.c.catalogue_id, func.max(revision.c.id).label("id"))
        .group_by(revision.c.catalogue_id)
        .subquery()
    )
    pinned, used = revision.alias(), revision.alias()
    default = select(catalogue.c.id).where(catalogue.c.key == built_in).scalar_subquery()
    told = case((goal.c.news_revision_id != used.c.id, goal.c.news_revision_id))
    who = (workspace.c.team_id, workspace.c.enterprise_id, member.c.slack_id)
    return (
        select(goal.c.id, *who, used.c.id, used.c.published_at, told)
        .join(member, member.c.id == goal.c.member_id)
        .join(workspace, workspace.c.id == member.c.workspace_id)
        .join(newest, newest.c.catalogue_id == func.coalesce(workspace.c.catalogue_id, default))
        .join(used, used.c.id == newest.c.id)
        .join(pinned, pinned.c.id == goal.c.revision_id)
        .where(
            goal.c.state == GoalState.ACTIVE.value,
            goal.c.revision_id != used.c.id,
            used.c.published_at <= published_before,
            or_(used.c.catalogue_id != default, pinned.c.catalogue_id != default),
            _open(used.c.id, claimed_before),
        )
    )


def _open(revision_id: ColumnElement[int] | int, claimed_before: datetime) -> ColumnElement[bool]:
    # What lies further ahead than anything is put off was written by a clock that was wrong.
    again = or_(goal.c.news_at < claimed_before, goal.c.news_at > claimed_before + _FAR)
    return or_(
        goal.c.news_revision_id.is_(None),
        goal.c.news_revision_id != revision_id,
        and_(goal.c.news_state == NewsState.CLAIMED.value, again),
    )
