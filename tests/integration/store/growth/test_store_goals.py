"""Goals end once, and changes of one member wait for each other."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from bot.domain.growth.assessment import Assessment, Status, withdrawal
from bot.domain.growth.goal import Goal, GoalState
from bot.store.database import Database
from bot.store.growth.models import goal
from tests.integration.store.holders import (
    CELL,
    NOW,
    ONE,
    SECOND,
    growth_of,
    held,
    join,
    publish,
    set_goal,
)


async def test_a_goal_is_set_adopted_and_replaced(database: Database) -> None:
    first, second = await publish(database), await publish(database)
    await join(database)
    async with held(database) as change:
        await change.work.goals.set(
            change.owner,
            role="llm-engineer",
            level="lead",
            origin=("data-scientist", "senior"),
            revision_id=first,
            at=NOW,
        )
    set_first = (await growth_of(database)).goal
    assert set_first is not None
    assert set_first == Goal(
        set_first.id,
        "llm-engineer",
        "lead",
        first,
        NOW,
        GoalState.ACTIVE,
        "data-scientist",
        "senior",
    )
    async with held(database) as change:
        assert await change.work.goals.adopt(change.owner, second)
    adopted = replace(set_first, revision_id=second)
    assert (await growth_of(database)).goal == adopted
    async with held(database, at=NOW + SECOND) as change:
        await set_goal(change, first, level="principal")
    new = (await growth_of(database)).active_goal
    assert new is not None
    assert new.level == "principal"
    async with database.read(ONE) as work:
        goals = await work.growth.goals_of("U1")
    assert goals == (replace(adopted, state=GoalState.DROPPED, ended_at=NOW), new)


async def test_a_goal_ends_once(database: Database) -> None:
    revision_id = await publish(database)
    await join(database)
    async with held(database) as change:
        goals = change.work.goals
        assert not await goals.drop(change.owner, at=NOW)
        assert not await goals.reach(change.owner, at=NOW)
        assert not await goals.adopt(change.owner, revision_id)
        await set_goal(change, revision_id, level="senior")
        assert await goals.reach(change.owner, at=NOW)
        assert not await goals.reach(change.owner, at=NOW + SECOND)
        assert not await goals.drop(change.owner, at=NOW + SECOND)
    reached = (await growth_of(database)).goal
    assert reached is not None
    assert (reached.state, reached.ended_at) == (GoalState.REACHED, NOW)
    async with held(database) as change:
        await set_goal(change, revision_id)
        assert await change.work.goals.drop(change.owner, at=NOW)
    assert (await growth_of(database)).goal == reached, "a dropped goal leaves the one before"


async def test_two_devices_reach_a_goal_once(database: Database, database_url: str) -> None:
    revision_id = await publish(database)
    await join(database)
    async with held(database) as change:
        await set_goal(change, revision_id)
    replica = Database(database_url)

    async def reach(on: Database) -> bool:
        async with held(on) as change:
            return await change.work.goals.reach(change.owner, at=NOW)

    assert sorted(await asyncio.gather(*map(reach, (database, replica) * 4))) == [False] * 7 + [
        True
    ]
    await replica.dispose()


async def test_one_member_has_one_active_goal(database: Database) -> None:
    revision_id = await publish(database)
    await join(database)

    async def two_at_once() -> None:
        async with held(database) as change:
            await set_goal(change, revision_id)
            values = {"role_key": "r", "level_key": "l", "state": "active", "set_at": NOW}
            second = insert(goal).values(
                member_id=change.owner.member_id, revision_id=revision_id, **values
            )
            await change.work.goals._connection.execute(second)

    with pytest.raises(IntegrityError):
        await two_at_once()
    assert (await growth_of(database)).goal is None


async def test_changes_of_one_member_wait_for_each_other(
    database: Database, database_url: str
) -> None:
    """Each sees what the one before wrote: nothing is lost, and no version comes twice."""
    await join(database)
    replica = Database(database_url)

    async def append(on: Database) -> tuple[int, int]:
        async with held(on) as change:
            seen = len(await change.work.growth.history_of("U1"))
            mark = Assessment(CELL, Status.WORKING, NOW, note=str(seen))
            await change.work.assessments.append(change.owner, [mark])
            return seen, (await change.work.growth.of("U1")).version

    results = await asyncio.gather(*map(append, (database, replica) * 6))
    await replica.dispose()
    assert sorted(seen for seen, _ in results) == list(range(12))
    by_turn = [version for _, version in sorted(results)]
    assert by_turn == sorted(set(by_turn))
    async with database.read(ONE) as work:
        history = await work.growth.history_of("U1")
    assert [each.note for each in history] == [str(number) for number in range(12)]


async def test_a_reached_goal_is_opened_again_and_no_other(database: Database) -> None:
    revision = await publish(database)
    await join(database)
    async with held(database) as change:
        await set_goal(change, revision)
        goal_id = (await change.work.growth.of("U1")).goal
        assert goal_id is not None
        assert not await change.work.goals.reopen(change.owner, goal_id.id), "it is not reached"
        assert await change.work.goals.reach(change.owner, at=NOW)
        assert await change.work.goals.reopen(change.owner, goal_id.id)
        assert not await change.work.goals.reopen(change.owner, goal_id.id)
    assert (await growth_of(database)).active_goal == goal_id


async def test_a_withdrawal_and_the_revision_of_a_mark_are_kept(database: Database) -> None:
    await join(database)
    first = Assessment(CELL, Status.WORKING, NOW, "working", "half way", 7)
    second = Assessment(CELL, Status.MET, NOW + SECOND, "working", revision_id=8)
    async with held(database) as change:
        await change.work.assessments.append(change.owner, [first, second])
    kept = (await growth_of(database)).marks[CELL]
    assert kept == second
    async with held(database) as change:
        taken_back = withdrawal(kept, at=NOW + 2 * SECOND)
        await change.work.assessments.append(change.owner, [taken_back])
    assert (await growth_of(database)).marks[CELL] == first
    async with database.read(ONE) as work:
        assert await work.growth.history_of("U1") == (first, second, taken_back)
