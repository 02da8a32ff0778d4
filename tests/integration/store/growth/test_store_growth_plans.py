"""What members' growth costs: few queries, and none that looks through a table."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import event

from bot.domain.growth.assessment import Assessment, Status
from bot.domain.growth.evidence import EvidenceKind
from bot.domain.growth.holdings import NO_GROWTH
from bot.store.database import Database
from bot.store.engine import REACH
from bot.store.unit_of_work import UnitOfWork
from tests.integration.store.feeds import changed_since, forgotten_since
from tests.integration.store.holders import (
    CELL,
    NOW,
    ONE,
    Held,
    add_evidence,
    fill,
    growth_of,
    held,
    join,
    publish,
    set_goal,
)

Statement = tuple[str, Any]


@pytest.fixture
def asked(database: Database) -> list[Statement]:
    """The statements that `database` sends from now on, with their values."""
    statements: list[Statement] = []

    def record(_connection: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        if not statement.startswith("BEGIN"):
            statements.append((statement, values))

    for engine in (database._reader, database._writer):
        event.listen(engine.sync_engine, "before_cursor_execute", record)
    return statements


async def scans(database: Database, statements: list[Statement]) -> list[str]:
    """Return the steps of their plans that look through a whole table."""
    found: list[str] = []
    explain = "EXPLAIN QUERY PLAN" if database.dialect == "sqlite" else "EXPLAIN"
    async with database._writer.connect() as connection:
        await connection.execution_options(**{REACH: ONE})  # with the policies, as it was asked
        if database.dialect == "postgresql":
            # It reads small tables whole even where an index would serve.
            await connection.exec_driver_sql("SET enable_seqscan = off")
        for statement, values in statements:
            if statement.startswith(("SELECT", "INSERT", "UPDATE", "DELETE")):
                one = values[0] if isinstance(values, list) else values
                plan = await connection.exec_driver_sql(f"{explain} {statement}", one)
                steps = [" ".join(map(str, row)) for row in plan.all()]
                found += [step for step in steps if "SCAN " in step or "Seq Scan" in step]
    return [step for step in found if "SCAN CONSTANT ROW" not in step]


async def _marks(change: Held, _: int) -> None:
    marks = [Assessment(CELL, Status.MET, NOW)] * 2
    await change.work.assessments.append(change.owner, marks)


async def _edit(change: Held, evidence_id: int) -> bool:
    return await change.work.evidence.edit(
        change.owner, evidence_id, kind=EvidenceKind.NOTE, note="n", url=None, supports=[CELL]
    )


CHANGES: dict[str, Callable[[Held, int], Awaitable[object]]] = {
    "marks": _marks,
    "evidence added": lambda change, _: add_evidence(change, "new"),
    "evidence added again": lambda change, _: add_evidence(change, "V1"),
    "evidence edited": _edit,
    "evidence deleted": lambda change, known: change.work.evidence.delete(change.owner, known),
    "evidence counted": lambda change, _: change.work.evidence.count(change.owner),
    "goal dropped": lambda change, _: change.work.goals.drop(change.owner, at=NOW),
    "goal reached": lambda change, _: change.work.goals.reach(change.owner, at=NOW),
}


@pytest.mark.parametrize("name", CHANGES)
async def test_no_change_looks_through_a_table(
    database: Database, asked: list[Statement], name: str
) -> None:
    await fill(database, "U1", await publish(database))
    known = (await growth_of(database)).evidence[0].id
    asked.clear()
    async with held(database) as change:
        await CHANGES[name](change, known)
    assert len(asked) >= 2
    assert await scans(database, list(asked)) == []


async def test_setting_a_goal_looks_through_no_table(
    database: Database, asked: list[Statement]
) -> None:
    revision_id = await publish(database)
    await fill(database, "U1", revision_id)
    asked.clear()
    async with held(database) as change:
        await set_goal(change, revision_id)
        await change.work.goals.adopt(change.owner, revision_id)
    assert await scans(database, list(asked)) == []


READS: dict[str, Callable[[UnitOfWork], Awaitable[object]]] = {
    "growth": lambda work: work.growth.of("U1"),
    "history": lambda work: work.growth.history_of("U1"),
    "goals": lambda work: work.growth.goals_of("U1"),
}


@pytest.mark.parametrize(("name", "most"), [("growth", 3), ("history", 2), ("goals", 1)])
async def test_reading_takes_few_queries_and_looks_through_no_table(
    database: Database, asked: list[Statement], name: str, most: int
) -> None:
    await fill(database, "U1", await publish(database))
    await growth_of(database)  # the first connection of each kind asks the server who it is
    asked.clear()
    async with database.read(ONE) as work:
        assert await READS[name](work)
    assert 1 <= len(asked) <= most
    assert await scans(database, list(asked)) == []


async def test_the_feeds_and_forgetting_look_through_no_table(
    database: Database, asked: list[Statement]
) -> None:
    revision_id = await publish(database)
    for slack_id in ("U1", "U2"):
        await fill(database, slack_id, revision_id)
    asked.clear()
    assert await changed_since(database, NOW)
    async with database.write(ONE) as work:
        await work.members.forget("U1", at=NOW)
    assert await forgotten_since(database, NOW)
    await database.forget_workspace(ONE, now=lambda: NOW)
    assert len(asked) > 10
    assert await scans(database, list(asked)) == []


async def test_a_member_who_holds_nothing_costs_one_query(
    database: Database, asked: list[Statement]
) -> None:
    await join(database)
    await growth_of(database)
    asked.clear()
    assert await growth_of(database) == NO_GROWTH
    assert len(asked) == 1


async def test_holding_a_member_is_one_statement(
    database: Database, asked: list[Statement]
) -> None:
    await join(database)
    asked.clear()
    async with held(database):
        pass
    assert len([each for each, _ in asked if not each.startswith("BEGIN")]) == 1
