"""What goals are shared with somebody: the levels that they aim for, of all at once."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.growth.goal import GoalState
from bot.domain.teams.share import Share, ShareState
from bot.store.growth.models import goal
from bot.store.models import member
from bot.store.owners import Owners
from bot.store.teams.models import share
from bot.store.teams.shares import shares_in

_owner, _other = member.alias("team_owner"), member.alias("team_other")


class TeamReader:
    """Reads what is shared with members of one tenant."""

    def __init__(self, connection: AsyncConnection, owners: Owners) -> None:
        self._connection = connection
        self._owners = owners

    async def of(self, slack_id: str) -> Sequence[tuple[Share, str, str]]:
        """Return the accepted shares with a member, each with its goal's role and level.

        In the order in which they began; without the evidence that they show.
        """
        rows = (await self._connection.execute(self._select(slack_id))).all()
        shares = shares_in(rows, {})
        return [(each, row.role_key, row.level_key) for each, row in zip(shares, rows, strict=True)]

    def _select(self, slack_id: str) -> Select[Any]:
        return (
            select(
                share,
                _owner.c.slack_id.label("owner"),
                _other.c.slack_id.label("other"),
                goal.c.role_key,
                goal.c.level_key,
            )
            .join(_owner, _owner.c.id == share.c.member_id)
            .join(_other, _other.c.id == share.c.other_member_id)
            .join(goal, goal.c.id == share.c.goal_id)
            .where(
                _other.c.workspace_id == self._owners.workspace_id(),
                _other.c.slack_id == slack_id,
                share.c.state == ShareState.ACCEPTED.value,
                goal.c.state == GoalState.ACTIVE.value,
            )
            .order_by(share.c.accepted_at, share.c.id)
        )
