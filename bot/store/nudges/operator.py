"""What an operator sees of nudges, and what they may decide about one whose end nobody knows."""

from datetime import datetime

from sqlalchemy import bindparam, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.installs.audit import Act, ActKind
from bot.domain.tenancy import Tenant
from bot.store.audit.acts import note_acts
from bot.store.engine import transaction
from bot.store.isolation.reach import Across
from bot.store.models import member, workspace
from bot.store.nudges.answers import offer_values
from bot.store.nudges.models import nudge, nudge_plan, nudge_sender
from bot.store.nudges.planner import is_astray
from bot.values import dataclass

SHOWN = 100
_NOW = bindparam("now", type_=nudge_plan.c.next_due_at.type)
# Built once, for it is asked once a second.
_PLANS_DUE = select(exists().where(nudge_plan.c.next_due_at <= _NOW))


@dataclass(frozen=True, slots=True)
class UnknownNudge:
    """A nudge that may have arrived. No text of it is shown."""

    id: int
    workspace: str
    slack_id: str
    reason: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Circuit:
    """A workspace that waits; `broken_since` is None where it is only asked to be patient."""

    workspace: str
    reason: str | None
    broken_since: datetime | None
    resumes_at: datetime | None
    failures: int


@dataclass(frozen=True, slots=True)
class NudgeOverview:
    """How the sending stands. `oldest` is when the longest waiting nudge was due."""

    plans: int
    overdue_plans: int
    backlog: int
    oldest: datetime | None
    sending: int
    unknown: int
    unknowns: tuple[UnknownNudge, ...]
    circuits: tuple[Circuit, ...]
    astray: int = 0


class NudgeDesk:
    """Reads and decides across all tenants, for the operator of the installation."""

    def __init__(self, *, reader: AsyncEngine, writer: AsyncEngine, timeout_ms: int) -> None:
        self._reader = reader
        self._writer = writer
        self._timeout_ms = timeout_ms

    async def overview(self, *, now: datetime) -> NudgeOverview:
        """Return how the sending stands, with at most `SHOWN` unknowns."""
        coming = nudge_plan.c.next_due_at.is_not(None)
        plans = select(func.count()).select_from(nudge_plan).where(coming)
        planned = select(func.count(), func.min(nudge.c.due_at)).where(
            nudge.c.state == "planned", nudge.c.due_at <= now
        )
        under_way = (
            select(nudge.c.state, func.count())
            .where(nudge.c.state.in_(("sending", "unknown")))
            .group_by(nudge.c.state)
        )
        async with transaction(
            self._reader, timeout_ms=self._timeout_ms, reach=Across.OPERATING
        ) as connection:
            overdue = plans.where(nudge_plan.c.next_due_at <= now)
            backlog, oldest = (await connection.execute(planned)).one()
            states = {row[0]: row[1] for row in (await connection.execute(under_way)).all()}
            return NudgeOverview(
                plans=await connection.scalar(plans) or 0,
                overdue_plans=await connection.scalar(overdue) or 0,
                backlog=backlog,
                oldest=oldest,
                sending=states.get("sending", 0),
                unknown=states.get("unknown", 0),
                astray=await connection.scalar(plans.where(is_astray(now))) or 0,
                unknowns=tuple(
                    UnknownNudge(row.id, row.tenant_key, row.slack_id, row.reason, row.sent_at)
                    for row in (await connection.execute(_UNKNOWNS)).all()
                ),
                circuits=tuple(
                    Circuit(
                        row.tenant_key,
                        row.broken_reason,
                        row.broken_since,
                        row.resumes_at,
                        row.failures,
                    )
                    for row in (await connection.execute(_CIRCUITS)).all()
                ),
            )

    async def tenants_of(self, slack_id: str) -> list[Tenant]:
        """Return the tenants that have a member with this Slack id."""
        query = (
            select(workspace.c.team_id, workspace.c.enterprise_id)
            .join(member, member.c.workspace_id == workspace.c.id)
            .where(member.c.slack_id == slack_id)
            .order_by(workspace.c.id)
        )
        async with transaction(
            self._reader, timeout_ms=self._timeout_ms, reach=Across.OPERATING
        ) as connection:
            rows = (await connection.execute(query)).all()
        return [Tenant(row.team_id, row.enterprise_id) for row in rows]

    async def tenants(self) -> list[Tenant]:
        """Return every tenant that the store knows."""
        query = select(workspace.c.team_id, workspace.c.enterprise_id).order_by(workspace.c.id)
        async with transaction(
            self._reader, timeout_ms=self._timeout_ms, reach=Across.OPERATING
        ) as connection:
            rows = (await connection.execute(query)).all()
        return [Tenant(row.team_id, row.enterprise_id) for row in rows]

    async def retry(self, nudge_id: int, *, at: datetime) -> bool:
        """Plan an unknown nudge again; False where there is no unknown one with this id."""
        values = {"state": "planned", "holder": None, "sent_at": None, "form": None}
        act = Act(ActKind.NUDGE_RETRIED, f"nudge {nudge_id}")
        values |= offer_values(None)
        return await self._decide(nudge_id, act, at, **values, reason="retried")

    async def discard(self, nudge_id: int, *, at: datetime) -> bool:
        """Give an unknown nudge up; False where there is no unknown one with this id."""
        act = Act(ActKind.NUDGE_DISCARDED, f"nudge {nudge_id}")
        return await self._decide(nudge_id, act, at, state="cancelled", reason="discarded")

    async def plans_due(self, *, now: datetime) -> bool:
        """Tell whether any plan is due: cheap, and it waits for no writer."""
        async with transaction(
            self._reader, timeout_ms=self._timeout_ms, reach=Across.OPERATING
        ) as connection:
            return bool(await connection.scalar(_PLANS_DUE, {"now": now}))

    async def next_moment(self) -> datetime | None:
        """Return when the next plan or planned nudge is due; it may have passed."""
        due = select(func.min(nudge_plan.c.next_due_at))
        planned = select(func.min(nudge.c.due_at)).where(nudge.c.state == "planned")
        async with transaction(
            self._reader, timeout_ms=self._timeout_ms, reach=Across.OPERATING
        ) as connection:
            found = [await connection.scalar(due), await connection.scalar(planned)]
        return min((each for each in found if each is not None), default=None)

    async def _decide(self, nudge_id: int, act: Act, at: datetime, **values: object) -> bool:
        statement = (
            update(nudge).where(nudge.c.id == nudge_id, nudge.c.state == "unknown").values(**values)
        )
        whose = (
            select(workspace.c.team_id, workspace.c.enterprise_id)
            .join(nudge, nudge.c.workspace_id == workspace.c.id)
            .where(nudge.c.id == nudge_id)
        )
        async with transaction(
            self._writer, timeout_ms=self._timeout_ms, reach=Across.OPERATING
        ) as connection:
            if (await connection.execute(statement)).rowcount != 1:
                return False
            team, enterprise = (await connection.execute(whose)).one()
            await note_acts(connection, Tenant(team, enterprise), act, at=at)
            return True


_UNKNOWNS = (
    select(nudge.c.id, workspace.c.tenant_key, member.c.slack_id, nudge.c.reason, nudge.c.sent_at)
    .join(member, member.c.id == nudge.c.member_id)
    .join(workspace, workspace.c.id == nudge.c.workspace_id)
    .where(nudge.c.state == "unknown")
    .order_by(nudge.c.id)
    .limit(SHOWN)
)
_CIRCUITS = (
    select(
        workspace.c.tenant_key,
        nudge_sender.c.broken_reason,
        nudge_sender.c.broken_since,
        nudge_sender.c.resumes_at,
        nudge_sender.c.failures,
    )
    .join(workspace, workspace.c.id == nudge_sender.c.workspace_id)
    .where(nudge_sender.c.broken_since.is_not(None) | nudge_sender.c.resumes_at.is_not(None))
    .order_by(workspace.c.tenant_key)
)
