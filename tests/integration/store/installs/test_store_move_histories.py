"""Whatever a workspace goes through, each member sees what the newest of each fact says."""

import asyncio
import random
from dataclasses import dataclass, field
from datetime import timedelta

from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.installs.moves import Stage
from bot.domain.tenancy import Member, Tenant
from bot.store.database import Database
from tests.integration.store.holders import NOW, add_evidence, held, join, publish
from tests.integration.store.installs.test_store_joining import keep_as_before
from tests.integration.store.members.test_store_forgetting import orphans
from tests.properties import sampled

HERE, THERE, ORG = Tenant("T1"), Tenant("T2"), Tenant(None, "E1")
CELLS = [CellKey("sre", "lead", f"s{number}") for number in range(4)]
STATUSES = [Status.NOT_YET, Status.WORKING, Status.MET]
LEVELS = ["senior", "lead", "principal"]


@dataclass
class Told:
    """What a person said, wherever they were: the newest of each counts."""

    marks: dict[CellKey, Status] = field(default_factory=dict)
    history: int = 0
    notes: set[str] = field(default_factory=set)
    goal: str | None = None
    goals: int = 0
    level: str | None = None


class World:
    """Workspaces that join an organisation, leave it and are migrated, and people who go on."""

    def __init__(self, database: Database, chance: random.Random, revision: int) -> None:
        self._database = database
        self._chance = chance
        self._revision = revision
        self._at = NOW
        self._count = 0
        # Which installation serves a workspace, and which id a person has in it.
        self.serves = {HERE: HERE, THERE: THERE}
        self.ids = {(tenant, who): f"U{who}" for tenant in (HERE, THERE) for who in range(3)}
        self.told = [Told() for _ in range(3)]

    async def step(self) -> None:
        kind = self._chance.choice(["say", "say", "say", "exchange", "split", "migrate", "leave"])
        self._at += timedelta(hours=1)
        tenant = self._chance.choice([HERE, THERE])
        await {
            "say": self._say,
            "exchange": self._exchange,
            "split": self._split,
            "migrate": self._migrate,
            "leave": self._leave,
        }[kind](tenant)

    async def end(self) -> None:
        """Let both workspaces be the organisation's, which is where everybody is looked at."""
        for tenant in (HERE, THERE):
            self._at += timedelta(hours=1)
            await self._migrate(tenant)

    async def _say(self, tenant: Tenant) -> None:
        who = self._chance.randrange(3)
        where, slack_id, told = self.serves[tenant], self.ids[tenant, who], self.told[who]
        self._count += 1
        async with self._database.write(where) as work:
            await work.members.add(Member(where, slack_id), at=self._at)
        match self._chance.choice(["mark", "evidence", "goal", "role"]):
            case "mark":
                cell, status = self._chance.choice(CELLS), self._chance.choice(STATUSES)
                async with held(self._database, slack_id, tenant=where, at=self._at) as change:
                    mark = Assessment(cell, status, self._at)
                    await change.work.assessments.append(change.owner, [mark])
                told.marks[cell], told.history = status, told.history + 1
            case "evidence":
                note = f"note {self._count}"
                async with held(self._database, slack_id, tenant=where, at=self._at) as change:
                    await add_evidence(change, f"V{self._count % 3}{note}", note=note)
                told.notes.add(note)
            case "goal":
                level = self._chance.choice(LEVELS)
                async with held(self._database, slack_id, tenant=where, at=self._at) as change:
                    await change.work.goals.drop(change.owner, at=self._at)
                    await change.work.goals.set(
                        change.owner,
                        role="sre",
                        level=level,
                        origin=None,
                        revision_id=self._revision,
                        at=self._at,
                    )
                told.goal, told.goals = level, told.goals + 1
            case _:
                level = self._chance.choice(LEVELS)
                fields = {"role_key": "sre", "level_key": level}
                async with self._database.write(where) as work:
                    await work.members.change(slack_id, fields, at=self._at)
                told.level = level

    async def _exchange(self, tenant: Tenant) -> None:
        """Let a workspace that serves itself move, and its people get the ids all have there."""
        if self.serves[tenant] == tenant:
            await self._move(tenant, None)

    async def _split(self, tenant: Tenant) -> None:
        """Let an older version keep the workspace under its organisation, and join it again."""
        if self.serves[tenant] == tenant:
            other = Tenant(f"{tenant.team_id}X")
            self.serves[tenant] = other
            await self._say(tenant)
            self.serves[tenant] = tenant
            await keep_as_before(self._database, other, team_id=str(tenant.team_id))
            await self._database.join_split(now=self._at)

    async def _migrate(self, tenant: Tenant) -> None:
        """Let the organisation have the app there, in place of the workspace."""
        if self.serves[tenant] == tenant:
            await self._move(tenant, "E1")
            self.serves[tenant] = ORG

    async def _leave(self, tenant: Tenant) -> None:
        """Let the workspace have the app for itself again: what was said stays with them."""
        self.serves[tenant] = tenant

    async def _move(self, tenant: Tenant, organisation: str | None) -> None:
        moves, at = self._database.moves, self._at
        if organisation:
            await moves.enter(tenant, organisation, now=at)
        else:
            assert await moves.finish(tenant, told_at=at, now=at)
        new_ids = {f"U{who}": f"W{who}" for who in range(3)}
        await moves.list_people(tenant)
        while asked := await moves.waiting(tenant, most=2):
            await moves.exchange(
                tenant, asked, {each: new_ids.get(each, each) for each in asked}, now=at
            )
        self.ids |= {(tenant, who): f"W{who}" for who in range(3)}
        if organisation:
            await moves.end(tenant, Stage.JOINING, now=at)
            to = Tenant(None, organisation)
            while (await moves.give_over(tenant, to, now=at, most=2)).moved:
                pass
        await moves.end(tenant, Stage.DONE, now=at)


@sampled("seed", range(8))
async def test_nothing_is_dropped_and_the_newest_of_each_fact_holds(
    database: Database, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same history each time
    world = World(database, chance, await publish(database))
    for _ in range(30):
        await world.step()
    await world.end()

    assert await orphans(database) == {}
    for who, told in enumerate(world.told):
        async with database.read(ORG) as work:
            found = await work.members.get(f"W{who}")
            history = await work.growth.history_of(f"W{who}")
            goals = await work.growth.goals_of(f"W{who}")
            growth = await work.growth.of(f"W{who}")
        newest = {each.cell: each.status for each in history}
        assert newest == told.marks
        assert len(history) == told.history, "nothing is dropped"
        assert {each.note for each in growth.evidence} == told.notes
        assert len(goals) == told.goals
        assert (growth.active_goal.level if growth.active_goal else None) == told.goal
        assert (found.level_key if found else None) == told.level


def test_each_seed_goes_another_way() -> None:
    ways = {tuple(random.Random(seed).choices("abcdefg", k=9)) for seed in range(8)}  # noqa: S311
    assert len(ways) == 8


async def test_two_workspaces_that_give_the_same_person_at_once_make_one_of_them(
    database: Database,
) -> None:
    for each in range(5):
        who = f"W{each}"
        for tenant in (HERE, THERE):
            await join(database, who, tenant=tenant)

        gave = [database.moves.give_over(part, ORG, now=NOW, most=9) for part in (HERE, THERE)]
        people = await asyncio.gather(*gave)

        assert [each.moved for each in people] == [1, 1]
        assert sum(each.people for each in people) == 1, "the second finds the first one's"
        async with database.read(ORG) as work:
            assert await work.members.get(who) is not None
