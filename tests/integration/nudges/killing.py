"""Workers killed with SIGKILL at every step, again and again, and what is true afterwards.

Most kills come at a moment that the local Slack tells of: a nudge is claimed and its account asked
about, but not marked yet; a post has arrived, but has had no effect yet; it has been taken, but not
been answered or recorded. The others come at random moments, so that starting, planning and marking
are hit too.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import ColumnElement, func, select, text

from bot.domain.nudges.cadence import Cadence, NudgePolicy, NudgeSettings, WorkingTime
from bot.domain.nudges.decision import PlanStatus
from bot.domain.nudges.plan import begin
from bot.domain.tenancy import Member, Tenant
from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.model import Member as Person
from bot.sandbox.samples import WORKSPACE
from bot.services.lookup.shelves import BUILT_IN
from bot.store.database import Database
from bot.store.engine import transaction
from bot.store.isolation.reach import Across
from bot.store.models import member as members
from bot.store.nudges.models import nudge, nudge_plan
from tests.integration.cli.processes import Running, environment, started
from tests.integration.nudges.post_office import LEVEL, ROLE, check, posts_of

A_KILL = 12
"""Nudges that become due for each kill."""
POST = "chat.postMessage"
ASK = "users.info"
ALWAYS = NudgePolicy(
    WorkingTime(frozenset(range(7)), time(0), time(23, 59)), Cadence.DAILY, weekly_cap=100
)
LEASE_SECONDS = 1
PATIENCE_SECONDS = 120.0
PATIENCE_MS = 60_000
"""The test's own patience with a busy machine; the workers have no more than they ever have."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the kills led to. `kills` counts them by step, `states` the nudges."""

    kills: Counter[str]
    states: Counter[str]


async def kill_workers(
    database_url: str, folder: Path, *, kills: int, seed: int, told: Callable[[str], None]
) -> Outcome:
    """Kill as often as asked, let one worker finish, and compare the outbox with Slack.

    Raises:
        AssertionError: something was sent twice, or vanished.
    """
    chance = random.Random(seed)  # noqa: S311 - the same kills each time
    done: Counter[str] = Counter()
    async with LocalSlack() as slack:
        database = Database(database_url, statement_timeout_ms=PATIENCE_MS)
        try:
            await enlist(slack, database, (kills + 1) * A_KILL)
            settings = environment(slack, database_url, folder) | {
                "NEXTRUNG_LEASE_SECONDS": str(LEASE_SECONDS),
                "NEXTRUNG_NUDGES_PER_MINUTE": "6000",
            }
            for number in range(kills):
                step = tuple(_STEPS)[number % len(_STEPS)]
                await make_due(database, number, asked_about=step == "claimed")
                async with started("worker", settings, folder) as worker:
                    await _STEPS[step](slack, worker, chance)
                slack.faults.clear()
                done[step] += 1
                told(f"{number + 1} of {kills}: {step}")
            await make_due(database, kills)
            async with started("worker", settings, folder):
                await until_done(database)
            states = await reconcile(slack, database, (kills + 1) * A_KILL)
        finally:
            await database.dispose()
    return Outcome(done, states)


async def _at_random(slack: LocalSlack, worker: Running, chance: random.Random) -> None:
    """Kill it some time after its start, whatever it is doing."""
    del slack
    await asyncio.sleep(chance.uniform(0, 1.6))
    worker.process.kill()


async def _before_mark(slack: LocalSlack, worker: Running, chance: random.Random) -> None:
    """Kill it while a nudge is claimed and decided, and Slack is asked about the account."""
    del chance
    gate = slack.faults.hold(ASK)
    async with asyncio.timeout(PATIENCE_SECONDS):
        await gate.arrived.wait()
    worker.process.kill()
    await worker.process.wait()
    gate.release()


async def _before_effect(slack: LocalSlack, worker: Running, chance: random.Random) -> None:
    """Kill it while a post has arrived and has had no effect."""
    for _ in range(chance.randrange(A_KILL // 2)):
        slack.faults.slow(POST, seconds=0)
    gate = slack.faults.hold(POST)
    async with asyncio.timeout(PATIENCE_SECONDS):
        await gate.arrived.wait()
    worker.process.kill()
    await worker.process.wait()
    gate.release()


async def _after_effect(slack: LocalSlack, worker: Running, chance: random.Random) -> None:
    """Kill it as soon as Slack has taken so many posts, answered or not."""
    wanted = len(posts_of(slack)) + chance.randint(1, A_KILL)
    await slack.until(lambda: len(posts_of(slack)) >= wanted, seconds=PATIENCE_SECONDS)
    worker.process.kill()


_STEPS = {
    "at random": _at_random,
    "claimed": _before_mark,
    "posting": _before_effect,
    "posted": _after_effect,
}


async def enlist(slack: LocalSlack, database: Database, count: int) -> None:
    """Let so many members have a goal and nothing due; it is noon where they are."""
    tenant, now = Tenant(WORKSPACE), datetime.now(UTC)
    zone = f"Etc/GMT{now.hour - 12:+d}" if now.hour != 12 else "UTC"
    revision = (await database.catalogues.newest())[BUILT_IN]
    async with database.write(tenant) as work:
        await work.plans.set_policy(ALWAYS, at=now)
    plan = begin(NudgeSettings(cadence=Cadence.DAILY), ALWAYS.working, zone=zone, now=now)
    status = PlanStatus(replace(plan, regular_at=None), checked_at=now + timedelta(days=3650))
    for start in range(0, count, 15):
        async with database.write(tenant) as work:
            for number in range(start, min(start + 15, count)):
                person = Person(
                    id=f"UKILL{number:06d}",
                    workspace_id=WORKSPACE,
                    handle=f"k{number}",
                    name="Sample Member",
                    tz=zone,
                )
                slack.world.members[person.id] = person
                await work.members.add(Member(tenant, person.id, time_zone=zone), at=now)
                owner = await work.members.hold(person.id, at=now)
                assert owner is not None
                await work.goals.set(
                    owner, role=ROLE, level=LEVEL, origin=None, revision_id=revision, at=now
                )
                await work.plans.keep(owner, status)


async def make_due(database: Database, number: int, *, asked_about: bool = False) -> None:
    """Let the next few members' slots be due now; Slack may have to be asked about the first."""
    now = datetime.now(UTC)
    names = [f"UKILL{each:06d}" for each in range(number * A_KILL, (number + 1) * A_KILL)]
    due = {"regular_at": now, "next_due_at": now, "last_day": now.date() - timedelta(days=2)}
    # As the product does: a connection that a restart of the server cut is replaced.
    async with transaction(
        database._writer, timeout_ms=PATIENCE_MS, reach=Across.COPYING
    ) as connection:
        await connection.execute(nudge_plan.update().where(_plans_of(names)).values(due))
        if asked_about:
            first = nudge_plan.update().where(_plans_of(names[:1]))
            await connection.execute(first.values(checked_at=None))


def _plans_of(names: Sequence[str]) -> ColumnElement[bool]:
    chosen = select(members.c.id).where(members.c.slack_id.in_(names))
    return nudge_plan.c.member_id.in_(chosen)


async def until_done(database: Database) -> None:
    """Return once nothing is due, planned or being sent."""
    due = select(func.count()).where(nudge_plan.c.next_due_at <= datetime.now(UTC))
    under_way = select(func.count()).where(nudge.c.state.in_(("planned", "sending")))
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            async with transaction(
                database._reader, timeout_ms=PATIENCE_MS, reach=Across.COPYING
            ) as connection:
                left = [await connection.scalar(due), await connection.scalar(under_way)]
            if not any(left):
                return
            await asyncio.sleep(0.1)


async def reconcile(slack: LocalSlack, database: Database, expected: int) -> Counter[str]:
    """Compare the outbox with what Slack took: one row per member; return the states."""
    query = select(nudge, members.c.slack_id).join(members, members.c.id == nudge.c.member_id)
    async with transaction(
        database._reader, timeout_ms=PATIENCE_MS, reach=Across.COPYING
    ) as connection:
        rows = (await connection.execute(query)).all()
        assert await connection.scalar(text("SELECT count(DISTINCT member_id) FROM nudge")) == (
            expected
        )
    check(rows, posts_of(slack))
    assert len(rows) == expected
    states = Counter(row.state for row in rows)
    assert set(states) <= {"sent", "unknown"}, states
    reasons = {row.reason for row in rows if row.state == "unknown"}
    assert reasons <= {"sender_lost"}
    return states
