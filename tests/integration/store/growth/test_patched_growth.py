"""What a change has patched in memory is what the store would read, whatever was done in it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import insert

from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Assessment, Status, withdrawal
from bot.domain.growth.evidence import EvidenceKind
from bot.domain.growth.holdings import Growth
from bot.domain.nudges.cadence import NudgeSettings, WorkingTime
from bot.domain.nudges.choice import Reason
from bot.domain.nudges.decision import PlanStatus
from bot.domain.nudges.message import NudgeAnswer
from bot.domain.nudges.plan import begin, resting
from bot.domain.tenancy import Member
from bot.services.growth.cache import GrowthCache
from bot.services.growth.changes import GrowthChange, GrowthChanges
from bot.store.database import Database
from bot.store.nudges.answers import NudgeOffer
from bot.store.nudges.models import nudge
from tests.fakes.clock import FrozenClock
from tests.integration.store.holders import CELL, ONE, OTHER, fill, growth_of, join, publish

MEMBER = Member(ONE, "U1")
CELLS = [CELL, OTHER, CELL._replace(skill="python"), CELL._replace(level="principal")]
Step = Callable[[GrowthChange, Random], Awaitable[object]]


async def _mark(change: GrowthChange, random: Random) -> None:
    status, depth = random.choice(list(Status)), random.choice([None, "working"])
    note = random.choice(["", "一句话", 'a "quoted" \\ line\nand one more'])
    seen = random.choice([None, 1])
    await change.mark(Assessment(random.choice(CELLS), status, change.now, depth, note, seen))


async def _take_back(change: GrowthChange, random: Random) -> None:
    if change.growth.marks:
        last = change.growth.marks[random.choice(sorted(change.growth.marks))]
        await change.mark(withdrawal(last, at=change.now))


async def _add(change: GrowthChange, random: Random) -> None:
    url = random.choice([None, "https://example.com/a?b=%20"])
    supports = random.sample(CELLS, random.randrange(3))
    token = random.choice(["V0", "V1", str(UUID(int=random.getrandbits(128)))])
    await change.add_evidence(
        kind=EvidenceKind.LINK, note="证据 \u2028 🎉", url=url, supports=supports, token=token
    )


async def _edit(change: GrowthChange, random: Random) -> None:
    known = [each.id for each in change.growth.evidence]
    await change.edit_evidence(
        random.choice([*known, 999_999]),
        kind=EvidenceKind.NOTE,
        note="edited",
        url=None,
        supports=random.sample(CELLS, random.randrange(3)),
    )


async def _delete(change: GrowthChange, random: Random) -> None:
    known = [each.id for each in change.growth.evidence]
    await change.delete_evidence(random.choice([*known, 999_999]))


async def _set_goal(change: GrowthChange, random: Random) -> None:
    origin = random.choice([None, ("llm-engineer", "senior")])
    await change.set_goal(role="llm-engineer", level="lead", origin=origin, revision_id=1)


async def _plan(change: GrowthChange, random: Random) -> None:
    zone = random.choice(["UTC", "Asia/Shanghai", "America/St_Johns"])
    plan = begin(NudgeSettings(), WorkingTime(), zone=zone, now=change.now)
    plan = random.choice([plan, resting(plan), replace(plan, later_at=change.nudges.next_later)])
    await change.nudges.keep_plan(PlanStatus(plan, random.randrange(3), random.random() < 0.5))


async def _postpone(change: GrowthChange, random: Random) -> None:
    days = timedelta(days=random.randrange(-1, 40), microseconds=1)
    await change.nudges.postpone(random.choice(CELLS), change.now + days)


async def _offer(change: GrowthChange, random: Random) -> None:
    assert change.nudges.in_hand is not None
    reasons = random.choice([(), (Reason.LATER_IS_NOW,)])
    prompt = random.choice([None, "Which one?"])
    quoted = random.choice([None, change.now - timedelta(days=3)])
    await change.nudges.offer(
        change.nudges.in_hand, NudgeOffer(random.choice(CELLS), prompt, reasons, quoted)
    )


async def _answer(change: GrowthChange, random: Random) -> None:
    assert change.nudges.in_hand is not None
    await change.nudges.answer(change.nudges.in_hand, random.choice(list(NudgeAnswer)))


STEPS: list[Step] = [
    _mark,
    _take_back,
    _add,
    _edit,
    _delete,
    _set_goal,
    lambda change, _: change.drop_goal(),
    lambda change, _: change.reach_goal(),
    lambda change, _: change.reopen_goal(change.growth.goal.id if change.growth.goal else 0),
    lambda change, _: change.told_of_recount(),
    lambda change, _: change.adopt(1),
    _plan,
    _postpone,
    lambda change, random: change.nudges.postponed_came(random.choice(CELLS)),
    lambda change, _: change.nudges.forget_put_off(),
    _offer,
    _answer,
]


async def sent_nudges(database: Database, clock: FrozenClock) -> list[int]:
    """Let three nudges have been sent, one of each form of offer; return their ids."""
    found = []
    for number, cell in enumerate((CELL, OTHER, None)):
        when = clock.now() - timedelta(days=number)
        values = {
            "member_id": 1,
            "workspace_id": 1,
            "kind": "regular",
            "slot_day": when.date(),
            "due_at": when,
            "state": "sent",
            "created_at": when,
            "sent_at": when,
            "form": "one" if cell else "digest",
            "role_key": cell and cell.role,
            "level_key": cell and cell.level,
            "skill_key": cell and cell.skill,
        }
        async with database.write(ONE) as work:
            added = insert(nudge).values(**values).returning(nudge.c.id)
            found.append((await work.nudges._connection.execute(added)).scalar_one())
    return found


def chains(growth: Growth) -> dict[CellKey, list[Assessment]]:
    """Return each mark that counts, with those before it."""

    def chain(mark: Assessment | None) -> list[Assessment]:
        return [mark, *chain(mark.before)] if mark else []

    return {cell: chain(mark) for cell, mark in growth.marks.items()}


@pytest.mark.parametrize("seed", range(12))
async def test_what_is_patched_is_what_would_be_read(
    database: Database, clock: FrozenClock, seed: int
) -> None:
    random = Random(seed)  # noqa: S311 - repeatable, not secret
    cache = GrowthCache(database)
    changes = GrowthChanges(database, cache, clock)
    await fill(database, MEMBER.slack_id, await publish(database))
    nudges = await sent_nudges(database, clock)
    for _ in range(3):
        clock.advance(timedelta(hours=1))
        chosen = random.choice(nudges)
        async with changes.change(MEMBER, nudge_id=chosen) as change:
            for step in random.choices(STEPS, k=10):
                await step(change, random)
                read = await change._work.states.of("U1", now=change.now, nudge_id=chosen)
                assert change.state == read, step
                # What was before a mark is no part of it, but comes back when it is taken back.
                assert chains(change.growth) == chains(read.growth), step
        assert change.committed.growth == await growth_of(database)
        assert (await cache.of(MEMBER)).growth == change.growth


async def test_two_changes_at_once_each_see_what_was_there_before_them(
    database: Database, clock: FrozenClock
) -> None:
    changes = GrowthChanges(database, GrowthCache(database), clock)
    await join(database)

    async def mark(number: int) -> int:
        async with changes.change(MEMBER) as change:
            seen = len(change.growth.marks)
            cell = CELL._replace(skill=f"skill-{number}")
            await change.mark(Assessment(cell, Status.MET, change.now))
        return seen

    assert sorted(await asyncio.gather(*map(mark, range(5)))) == [0, 1, 2, 3, 4]
