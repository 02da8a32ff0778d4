"""The outbox of nudges: what is due, what is being sent, and how it ended.

A nudge goes planned → sending → sent, failed or unknown; cancelled where nothing is to be sent. It
becomes *sending* only while this process holds the workspace's lease and the member is as they
were when it was decided what to send. Each step is committed before the next one begins.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Integer, Row, Select, bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.growth.holdings import NO_GROWTH, Growth
from bot.domain.nudges.cadence import NudgePolicy
from bot.domain.nudges.decision import Past, PlanStatus
from bot.domain.nudges.plan import SlotKind
from bot.domain.tenancy import Member, Tenant
from bot.store.dialect import numbers_in
from bot.store.engine import transaction
from bot.store.isolation.reach import Across
from bot.store.members.held_growth import growth_queries, growths_in
from bot.store.models import catalogue, member, workspace
from bot.store.nudges.models import nudge, nudge_plan
from bot.store.nudges.past import past_queries, pasts_in, recent_since
from bot.store.nudges.plans import POLICY_COLUMNS, STATUS_COLUMNS, policy_of, status_of
from bot.store.nudges.steps import Checked, Ended, Mark, Sent, Step, end_all, mark_all, step_all
from bot.store.owners import KEPT
from bot.store.together import Together
from bot.values import dataclass

Cursor = tuple[datetime, int]


@dataclass(frozen=True, slots=True)
class DueNudge:
    """A planned nudge that is due, with all that decides about it.

    `growth.version` is what the member's own must still be when it is sent. `collapsed` tells that
    a later nudge of the member is due too and stands for this one.
    """

    id: int
    member_id: int
    kind: SlotKind
    due_at: datetime
    member: Member
    status: PlanStatus | None
    growth: Growth
    past: Past
    collapsed: bool

    @property
    def cursor(self) -> Cursor:
        """Where to read on after this one."""
        return self.due_at, self.id


class NudgeOutbox:
    """The outbox of all tenants, as one process works on it."""

    def __init__(
        self, *, reader: AsyncEngine, writer: AsyncEngine, timeout_ms: int, holder: str
    ) -> None:
        """`holder` names this process, see `NudgeSenders`."""
        self._reader = reader
        self._writer = writer
        self._timeout_ms = timeout_ms
        self._holder = holder

    async def due(
        self, workspace_id: int, tenant: Tenant, *, now: datetime, after: Cursor | None, most: int
    ) -> tuple[NudgePolicy, list[DueNudge]]:
        """Return the workspace's policy and what is due there, oldest first, `after` a cursor."""
        async with transaction(
            self._reader, timeout_ms=self._timeout_ms, reach=tenant
        ) as connection:
            asked: dict[str, Any] = {"workspace": workspace_id, "now": now, "most": most}
            if after is not None:
                asked["moment"], asked["passed"] = after
            query = _due(further=after is not None)
            found = (await connection.execute(query, asked)).all()
            if not found:
                return NudgePolicy(), []
            ids = sorted({row.member_id for row in found})
            values = {"members": ids, "now": now, "recent_since": recent_since(now)}
            rows = await _deciding().read(connection, values)
        growths, pasts = growths_in(rows), pasts_in(rows, ids)
        newest = {row.member_id: row.newest for row in rows["newest"]}
        nudges = [
            DueNudge(
                id=row.nudge_id,
                member_id=row.member_id,
                kind=SlotKind(row.kind),
                due_at=row.due_at,
                member=_member(row, tenant),
                status=None if row.zone is None else status_of(row),
                growth=growths.get(row.member_id, NO_GROWTH),
                past=pasts[row.member_id],
                collapsed=row.nudge_id < newest.get(row.member_id, 0),
            )
            for row in found
        ]
        return policy_of(found[0]), nudges

    async def mark(self, marks: Sequence[Mark], *, now: datetime) -> list[bool]:
        """Mark nudges as being sent; False where one must not be sent (any more) as decided."""
        async with self._writing() as connection:
            marked = await mark_all(connection, self._holder, marks, now)
        return [each.nudge_id in marked for each in marks]

    async def end(self, endings: Sequence[Sent | Ended]) -> list[bool]:
        """Keep how sending ended; False where it was not under way any more."""
        async with self._writing() as connection:
            ended = await end_all(connection, self._holder, endings)
        return [each.nudge_id in ended for each in endings]

    async def holds(self, nudge_id: int) -> bool:
        """Tell whether there is such a nudge: those of a forgotten member are gone with them."""
        async with transaction(
            self._reader, timeout_ms=self._timeout_ms, reach=Across.SENDING
        ) as connection:
            found = await connection.scalar(select(nudge.c.id).where(nudge.c.id == nudge_id))
        return found is not None

    async def step(self, steps: Sequence[Step | Checked]) -> None:
        """Cancel nudges or put them back, and keep what Slack said of members."""
        async with self._writing() as connection:
            await step_all(connection, steps)

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[AsyncConnection]:
        async with transaction(
            self._writer, timeout_ms=self._timeout_ms, reach=Across.SENDING
        ) as connection:
            yield connection


@cache
def _due(*, further: bool) -> Select[Any]:
    """Return the query for a page of what is due, with all that decides about it.

    The page is taken first: joined before, PostgreSQL reads every member for each page. A `further`
    one begins after a nudge, by when it was due and its id: `moment` and `passed`.
    """
    page = _page(further=further).limit(bindparam("most", type_=Integer())).subquery()
    columns = [
        page.c.id.label("nudge_id"),
        page.c.member_id,
        page.c.kind,
        page.c.due_at,
        *(member.c[name] for name in KEPT),
        catalogue.c.key.label("catalogue_key"),
        *(nudge_plan.c[name] for name in STATUS_COLUMNS),
        *(workspace.c[name] for name in POLICY_COLUMNS),
    ]
    return (
        select(*columns)
        .join(member, member.c.id == page.c.member_id)
        .join(workspace, workspace.c.id == page.c.workspace_id)
        .outerjoin(catalogue, catalogue.c.id == workspace.c.catalogue_id)
        .outerjoin(nudge_plan, nudge_plan.c.member_id == page.c.member_id)
        .order_by(page.c.due_at, page.c.id)
    )


def _page(*, further: bool) -> Select[Any]:
    due = nudge.c.due_at
    query = (
        select(nudge)
        .where(
            nudge.c.workspace_id == bindparam("workspace"),
            nudge.c.state == "planned",
            due <= bindparam("now", type_=due.type),
        )
        .order_by(due, nudge.c.id)
    )
    if not further:
        return query
    moment = bindparam("moment", type_=due.type)
    return query.where(due >= moment, or_(due > moment, nudge.c.id > bindparam("passed")))


@cache
def _deciding() -> Together:
    """Return the statement for what a page's members hold and were sent, and what else is due."""
    members = numbers_in("members")
    newest = select(nudge.c.member_id, func.max(nudge.c.id).label("newest")).where(
        nudge.c.member_id.in_(members),
        nudge.c.state == "planned",
        nudge.c.due_at <= bindparam("now", type_=nudge.c.due_at.type),
    )
    owners = select(member.c.id, member.c.growth_version).where(member.c.id.in_(members))
    return Together(
        {
            "owners": owners,
            **growth_queries(members),
            **past_queries(members),
            "newest": newest.group_by(nudge.c.member_id),
        }
    )


def _member(row: Row[Any], tenant: Tenant) -> Member:
    values = {name: getattr(row, name) for name in KEPT}
    return Member(tenant=tenant, catalogue_key=row.catalogue_key, **values)
