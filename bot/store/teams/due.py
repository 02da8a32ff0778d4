"""Which shares something is due for, of all tenants."""

from datetime import datetime
from enum import Enum

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.growth.goal import GoalState
from bot.domain.teams.share import ANSWER_WITHIN, CHECKED_EVERY, RENEW_AFTER, ShareState
from bot.domain.tenancy import Tenant
from bot.store.engine import transaction
from bot.store.growth.models import goal
from bot.store.isolation.reach import Across
from bot.store.models import member, workspace
from bot.store.teams.models import share
from bot.values import dataclass


class ShareDue(Enum):
    """What is due for a share."""

    LAPSE = "nobody has answered for too long"
    GOAL = "its goal is over"
    ASK_AGAIN = "the member is asked whether to go on"
    CHECK = "Slack is asked who the two are by now"


@dataclass(frozen=True, slots=True)
class DueShare:
    """A share, and what is due for it; `owner` and `other` are Slack ids."""

    tenant: Tenant
    share_id: int
    owner: str
    other: str
    what: ShareDue


class DueShares:
    """Finds them. Who does what is due says so with a change that only one can make."""

    def __init__(self, *, reader: AsyncEngine, timeout_ms: int) -> None:
        self._reader = reader
        self._timeout_ms = timeout_ms

    async def due(
        self, *, now: datetime, most: int, checked_after: int = 0
    ) -> tuple[DueShare, ...]:
        """Return at most so many of each kind; of those to check the ones behind `checked_after`.

        A moment further ahead than any that is ever set was written by a clock that was wrong: it
        counts as past.

        Raises:
            StoreUnavailable: the database failed.
        """
        found: list[DueShare] = []
        async with transaction(
            self._reader, timeout_ms=self._timeout_ms, reach=Across.SHARES
        ) as connection:
            for what, condition in _conditions(now, checked_after).items():
                owner, other = member.alias("owner"), member.alias("other")
                query = (
                    select(
                        share.c.id,
                        workspace.c.team_id,
                        workspace.c.enterprise_id,
                        owner.c.slack_id,
                        other.c.slack_id,
                    )
                    .join(owner, owner.c.id == share.c.member_id)
                    .join(other, other.c.id == share.c.other_member_id)
                    .join(goal, goal.c.id == share.c.goal_id)
                    .join(workspace, workspace.c.id == owner.c.workspace_id)
                    .where(share.c.state != ShareState.ENDED.value, condition)
                    .order_by(share.c.id)
                    .limit(most)
                )
                found += [
                    DueShare(Tenant(team, enterprise), id_, who, whom, what)
                    for id_, team, enterprise, who, whom in (await connection.execute(query)).all()
                ]
        return tuple(found)


_ASKED = share.c.state == ShareState.ASKED.value
_ACCEPTED = share.c.state == ShareState.ACCEPTED.value


def lapsed(now: datetime) -> ColumnElement[bool]:
    """Return the condition that nobody has answered for too long, the first time or a later one."""
    asked_at, before = share.c.asked_at, now - ANSWER_WITHIN
    # One asked ahead of now was asked by a clock that was wrong: nobody waits for that answer.
    first = _ASKED & or_(asked_at <= before, asked_at > now + CHECKED_EVERY)
    return or_(first, _ACCEPTED & (share.c.asked_again_at <= before))


def _conditions(now: datetime, checked_after: int) -> dict[ShareDue, ColumnElement[bool]]:
    again = share.c.asked_again_at
    unasked = or_(again.is_(None), again > now + CHECKED_EVERY)
    ahead = share.c.renew_at > now + RENEW_AFTER + CHECKED_EVERY
    checked = or_(
        share.c.checked_at <= now - CHECKED_EVERY, share.c.checked_at > now + CHECKED_EVERY
    )
    return {
        ShareDue.LAPSE: lapsed(now),
        ShareDue.GOAL: goal.c.state != GoalState.ACTIVE.value,
        ShareDue.ASK_AGAIN: and_(_ACCEPTED, unasked, or_(share.c.renew_at <= now, ahead)),
        ShareDue.CHECK: and_(
            share.c.id > checked_after, or_(checked, share.c.checked_at.is_(None))
        ),
    }
