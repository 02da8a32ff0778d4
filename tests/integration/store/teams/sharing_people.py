"""What tests of shares in the store have in common: an owner with a goal, and somebody else."""

from sqlalchemy import select

from bot.domain.members.effects import EffectKind
from bot.domain.teams.taken_back import TakenBack, read_taken_back
from bot.domain.tenancy import Tenant
from bot.store.database import Database
from bot.store.models import effect
from tests.fakes.all_rows import all_rows
from tests.integration.store.holders import NOW, ONE, fill, growth_of, held, join

OWNER, OTHER = "U0OWNER", "U0OTHER"


async def share(
    database: Database,
    revision: int,
    *,
    owner: str = OWNER,
    other: str = OTHER,
    tenant: Tenant = ONE,
    accepted: bool = True,
) -> int:
    """Let an owner hold a goal and share it, with one piece of evidence."""
    if (await growth_of(database, owner, tenant=tenant)).active_goal is None:
        await fill(database, owner, revision, tenant=tenant)
    await join(database, other, tenant=tenant)
    growth = await growth_of(database, owner, tenant=tenant)
    goal = growth.active_goal
    assert goal is not None
    async with held(database, owner, tenant=tenant) as change:
        share_id = await change.work.shares.ask(
            change.owner,
            other,
            goal_id=goal.id,
            shows_from=NOW,
            evidence_ids=[growth.evidence[0].id],
            at=NOW,
        )
    assert share_id is not None
    if accepted:
        async with database.write(tenant) as work:
            assert await work.shares.accept(share_id, other, at=NOW)
    return share_id


async def errands(database: Database, kind: EffectKind) -> list[str]:
    """Return who or what the errands of a kind are for."""
    async with all_rows(database._reader) as connection:
        query = select(effect).where(effect.c.kind == kind.value).order_by(effect.c.id)
        rows = (await connection.execute(query)).all()
    return [row.slack_id or row.request for row in rows]


async def taken_back(database: Database) -> TakenBack:
    """Return all that is to be taken back."""
    found = [read_taken_back(each) for each in await errands(database, EffectKind.TAKE_BACK)]
    return TakenBack(
        tuple(each for one in found for each in one.messages),
        tuple(each for one in found for each in one.files),
        tuple(each for one in found for each in one.views),
        frozenset(each for one in found for each in one.teams),
    )
