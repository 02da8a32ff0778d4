"""What tests of members' growth share: members in the store, held for a change."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.growth.evidence import EvidenceKind
from bot.domain.growth.holdings import Growth
from bot.domain.tenancy import Member, Tenant
from bot.store.database import Database
from bot.store.owners import Owner
from bot.store.unit_of_work import UnitOfWork
from tests.factories import big_catalogue
from tests.fakes.clock import FrozenClock

ONE = Tenant("T1")
NOW = FrozenClock().now()
CELL = CellKey("llm-engineer", "senior", "mlops")
OTHER = CellKey("llm-engineer", "lead", "mlops")
TWO = Tenant("T2")
SECOND = timedelta(seconds=1)
SUBMITTED = "V1"


@dataclass(frozen=True, slots=True)
class Held:
    """A member held by a transaction under way."""

    work: UnitOfWork
    owner: Owner


async def join(database: Database, *slack_ids: str, tenant: Tenant = ONE) -> None:
    """Let members be known to the store."""
    async with database.write(tenant) as work:
        for slack_id in slack_ids or ("U1",):
            await work.members.add(Member(tenant, slack_id), at=NOW)


@asynccontextmanager
async def held(
    database: Database, slack_id: str = "U1", *, tenant: Tenant = ONE, at: datetime = NOW
) -> AsyncIterator[Held]:
    async with database.write(tenant) as work:
        owner = await work.members.hold(slack_id, at=at)
        assert owner is not None
        yield Held(work, owner)


async def growth_of(database: Database, slack_id: str = "U1", *, tenant: Tenant = ONE) -> Growth:
    async with database.read(tenant) as work:
        return await work.growth.of(slack_id)


async def add_evidence(
    change: Held,
    token: str = SUBMITTED,
    *,
    note: str = "a note",
    supports: tuple[CellKey, ...] = (CELL,),
) -> int:
    return await change.work.evidence.add(
        change.owner,
        kind=EvidenceKind.NOTE,
        note=note,
        url=None,
        supports=supports,
        token=token,
        at=NOW,
    )


async def set_goal(change: Held, revision_id: int, *, level: str = "lead") -> None:
    await change.work.goals.set(
        change.owner,
        role=CELL.role,
        level=level,
        origin=None,
        revision_id=revision_id,
        at=NOW,
    )


async def fill(
    database: Database, slack_id: str, revision_id: int, *, tenant: Tenant = ONE
) -> None:
    """Let a member hold two marks, two pieces of evidence, and three goals, one of each state."""
    await join(database, slack_id, tenant=tenant)
    async with held(database, slack_id, tenant=tenant) as change:
        marks = [Assessment(CELL, status, NOW) for status in (Status.WORKING, Status.MET)]
        await change.work.assessments.append(change.owner, marks)
        for number in range(2):
            await add_evidence(change, f"V{number}")
        await set_goal(change, revision_id, level="senior")
        await change.work.goals.reach(change.owner, at=NOW)
        await set_goal(change, revision_id, level="lead")
        await set_goal(change, revision_id, level="principal")


async def publish(database: Database) -> int:
    """Publish a small catalogue and return its revision's id."""
    info = await database.catalogues.publish(
        big_catalogue(skills=3, roles=1, expectations=5),
        catalogue_key="sample",
        author="Sample Owner",
        note="",
        at=NOW,
    )
    return info.id
