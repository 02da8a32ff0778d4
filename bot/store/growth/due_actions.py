"""Which dated actions somebody is to be reminded of, of all tenants; each claimed by one process.

The reminder is a letter in the transaction that claims it: it comes once, or the claim is not kept.
"""

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.growth.planned.action import ActionState
from bot.domain.tenancy import Tenant
from bot.store.engine import transaction
from bot.store.growth.models import dated_action
from bot.store.isolation.reach import Across
from bot.store.models import member, workspace
from bot.store.moving.conditions import paused
from bot.values import dataclass

# So far ahead of UTC a local day may be.
_AHEAD = timedelta(hours=14)
PAGE = 200


@dataclass(frozen=True, slots=True)
class DueAction:
    """An action whose day has come somewhere; `zone` tells whether it has where the member is."""

    id: int
    tenant: Tenant
    slack_id: str
    zone: str
    due: date


class DueActions:
    """Finds them."""

    def __init__(self, *, reader: AsyncEngine, timeout_ms: int) -> None:
        self._reader = reader
        self._timeout_ms = timeout_ms

    async def due(self, *, now: datetime) -> AsyncIterator[DueAction]:
        """Yield what may be due, page by page.

        Raises:
            StoreUnavailable: the database failed.
        """
        last = 0
        while True:
            query = (
                select(
                    dated_action.c.id,
                    workspace.c.team_id,
                    workspace.c.enterprise_id,
                    member.c.slack_id,
                    member.c.time_zone,
                    dated_action.c.due_on,
                )
                .join(member, member.c.id == dated_action.c.member_id)
                .join(workspace, workspace.c.id == member.c.workspace_id)
                .where(_unsaid((now + _AHEAD).date()), dated_action.c.id > last, ~paused(now))
                .order_by(dated_action.c.id)
                .limit(PAGE)
            )
            async with transaction(
                self._reader, timeout_ms=self._timeout_ms, reach=Across.ACTIONS
            ) as connection:
                rows = (await connection.execute(query)).all()
            for id_, team, enterprise, slack_id, zone, due in rows:
                last = id_
                yield DueAction(id_, Tenant(team, enterprise), slack_id, zone, due)
            if len(rows) < PAGE:
                return


async def claim_reminder(connection: AsyncConnection, action_id: int, due: date) -> bool:
    """Note that a reminder of this day is written; True for the one transaction that writes it."""
    claimed = (
        update(dated_action)
        .where(dated_action.c.id == action_id, dated_action.c.due_on == due, _unsaid(due))
        .values(reminded_on=due)
    )
    return (await connection.execute(claimed)).rowcount == 1


def _unsaid(until: date) -> ColumnElement[bool]:
    """Open, due by then, and of this day the member was not reminded."""
    return and_(
        dated_action.c.state == ActionState.OPEN.value,
        dated_action.c.due_on <= until,
        or_(
            dated_action.c.reminded_on.is_(None),
            dated_action.c.reminded_on != dated_action.c.due_on,
        ),
    )
