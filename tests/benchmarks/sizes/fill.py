"""Fill a database with members of four kinds, and with what comes of them week after week.

A process of its own: `python -m tests.benchmarks.sizes.fill URL MEMBERS PLAN`, on a database
without any table. Prints rows and bytes as JSON: as they were added, and after each row that
changes in daily work was written once more with no vacuum in between.
"""

import asyncio
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    Date,
    Integer,
    MetaData,
    Table,
    bindparam,
    func,
    insert,
    select,
    text,
)  # fmt: skip
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bootstrap.built_in import ensure_built_in
from bot.services.clock import SystemClock
from bot.store import migrate
from bot.store.database import Database
from bot.store.growth.models import assessment, evidence, evidence_support, goal
from bot.store.models import member
from bot.store.nudges.models import nudge, nudge_passed, nudge_plan
from bot.store.types import UtcMoment
from tests.benchmarks.sizes.plan import SizesPlan
from tests.benchmarks.sizes.results import KINDS, Filled, Taken
from tests.fakes.all_rows import filling

TABLES = (member, nudge_plan, goal, assessment, evidence, evidence_support, nudge, nudge_passed)
"""What grows with members and time. Changes and errands are deleted once they are done."""

_BEGAN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
_FORTNIGHT = timedelta(days=14)
# Working days of a fortnight: the slots of somebody with daily nudges.
_DAYS = (0, 1, 2, 3, 4, 7, 8, 9, 10, 11)
_TEMPORARY = MetaData()
_SLOT = Table(
    "slot",
    _TEMPORARY,
    Column("number", Integer, primary_key=True),
    Column("day", Date, nullable=False),
    Column("at", UtcMoment, nullable=False),
    prefixes=["TEMPORARY"],
)
# Notes, prompts and addresses are cut out of this, at many places and lengths.
_WORDS = (
    "Wrote down what was tried and why, compared two ways of doing it with the figures of last "
    "month, asked for a review before it became costly to change, and showed a colleague how to "
    "repeat it. The runbook has a page about it now; two alerts that nobody read are gone. Next: "
    "measure whether it helped, agree on limits with the people who run it, and leave out what "
    "turned out to be of no use. "
)
_NOTE = (
    "substr(CAST(:words AS text), CAST(1 + (person.id * 37 + slot.number * 11) % 120 AS integer),"
    " CAST({} AS integer))"
)
_CELL = (
    "'llm-engineer', 'senior', 'skill-of-an-ordinary-name-' || "
    "CAST((person.id + slot.number * 7 + :fortnight * 3) % 80 AS text)"
)
_WORKSPACES = """
    INSERT INTO workspace (tenant_key, team_id, created_at)
    WITH RECURSIVE numbers (n) AS
        (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :count)
    SELECT '/T0123ABC' || n, 'T0123ABC' || n, :at FROM numbers ORDER BY n
"""
_MEMBERS = """
    INSERT INTO member
        (workspace_id, slack_id, locale, time_zone, role_key, level_key, growth_version, changed_at)
    WITH RECURSIVE numbers (n) AS
        (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :count)
    SELECT workspace.id, 'U01234' || CAST(100000 + n AS text), 'en-US', 'Europe/Berlin',
        'llm-engineer', 'senior', 0, :at
    FROM numbers JOIN workspace ON workspace.tenant_key = '/T0123ABC' || (n / :workspace)
    ORDER BY n
"""
_PERSONS = """
    CREATE TEMPORARY TABLE person AS SELECT id, workspace_id, id % 10 AS kind FROM member
"""
_GOALS = """
    INSERT INTO goal (member_id, role_key, level_key, revision_id, state, set_at)
    SELECT person.id, 'llm-engineer', 'lead', (SELECT max(id) FROM revision), 'active', :at
    FROM person WHERE kind >= 5 ORDER BY person.id
"""
_PLANS = """
    INSERT INTO nudge_plan (member_id, workspace_id, cadence, weekdays, at_minute, zone, stopped,
        last_day, regular_at, next_due_at)
    SELECT person.id, workspace_id, 'weekly', 2, 600, 'Europe/Berlin', :never, slot.day, slot.at,
        slot.at
    FROM person JOIN slot ON slot.number = 1 WHERE kind >= 5 ORDER BY person.id
"""
# Kinds: below 5 looks things up; 5 and 6 a nudge a month; 7 and 8 one a week; 9 one a day.
_NUDGES = f"""
    INSERT INTO nudge (member_id, workspace_id, kind, slot_day, due_at, state, holder, created_at,
        sent_at, channel, ts, form, role_key, level_key, skill_key, prompt, reasons, answer,
        answered_at)
    SELECT person.id, workspace_id, 'regular', slot.day, slot.at, 'sent',
        'worker-0123456789-abcdef', slot.at, slot.at, 'D01234' || CAST(person.id AS text),
        '1767603600.' || CAST(100000 + slot.number AS text), 'one', {_CELL},
        {_NOTE.format("60 + (person.id * 13) % 60")}, 'required,jump',
        CASE WHEN slot.number % 3 = 0 THEN 'did_it' END,
        CASE WHEN slot.number % 3 = 0 THEN slot.at END
    FROM person JOIN slot ON kind = 9
        OR (kind >= 7 AND slot.number IN (1, 6))
        OR (kind >= 5 AND slot.number = 1 AND :fortnight % 2 = 0)
    ORDER BY slot.number, person.id
"""  # noqa: S608 - of the constants above
_MARKS = f"""
    INSERT INTO assessment (member_id, role_key, level_key, skill_key, proficiency_key, status,
        note, at, revision_id)
    SELECT person.id, {_CELL}, 'advanced', 'met',
        CASE WHEN (person.id + slot.number) % 3 = 0
            THEN {_NOTE.format("30 + (person.id * 13) % 200")} ELSE '' END,
        slot.at, 1
    FROM person JOIN slot ON slot.number < CASE
        WHEN kind = 9 THEN 10 WHEN kind >= 7 THEN 1 + :fortnight % 2
        WHEN kind >= 5 AND :fortnight % 5 < 2 THEN 1 ELSE 0 END
    ORDER BY slot.number, person.id
"""  # noqa: S608 - of the constants above
_EVIDENCE = f"""
    INSERT INTO evidence (member_id, kind, note, url, token, added_at)
    SELECT person.id, 'link', {_NOTE.format("40 + (person.id * 13) % 240")},
        'https://git.example.com/platform/runbooks/pull/' || CAST(person.id AS text),
        'V01234ABCDE' || CAST(:fortnight AS text), slot.at
    FROM person JOIN slot ON slot.number = 2
    WHERE kind = 9 OR (kind >= 7 AND :fortnight % 2 = 0) OR (kind >= 5 AND :fortnight % 8 = 0)
    ORDER BY person.id
"""  # noqa: S608 - of the constants above
_SUPPORTS = """
    INSERT INTO evidence_support (evidence_id, role_key, level_key, skill_key)
    SELECT evidence.id, 'llm-engineer', 'senior', 'skill-of-an-ordinary-name-' || which.n
    FROM evidence JOIN (SELECT 1 AS n UNION ALL SELECT 2) AS which
        ON which.n = 1 OR evidence.id % 4 = 0
    WHERE evidence.id > :known ORDER BY evidence.id
"""
_PASSED = """
    INSERT INTO nudge_passed (nudge_id, role_key, level_key, skill_key, prompt)
    SELECT id, 'llm-engineer', 'senior', 'skill-of-an-ordinary-name-0', prompt
    FROM nudge WHERE id > :known AND id * 7919 % 97 < 10 ORDER BY id
"""
_CHANGED_DAILY = ("nudge", "nudge_plan", "member")
_SIZES_POSTGRESQL = """
    SELECT pg_table_size(c.oid), pg_indexes_size(c.oid) FROM pg_class c
    WHERE c.relname = :name AND pg_table_is_visible(c.oid)
"""
_SIZES_SQLITE = """
    SELECT sum(CASE WHEN type = 'table' THEN pgsize ELSE 0 END),
        sum(CASE WHEN type = 'index' THEN pgsize ELSE 0 END)
    FROM dbstat JOIN sqlite_master ON sqlite_master.name = dbstat.name
    WHERE sqlite_master.tbl_name = :name
"""


async def fill(url: str, members: int, plan: SizesPlan) -> Filled:
    """Fill a new database, and return what it takes."""
    await migrate.upgrade(url)
    database = Database(url)
    try:
        await ensure_built_in(database, SystemClock())
        async with filling(database) as connection:
            await _people(connection, members, plan)
            for fortnight in range(plan.fortnights):
                await _fortnight(connection, fortnight)
            await connection.execute(text("DROP TABLE slot"))
            rows = await _rows_by_kind(connection)
        fresh = await _taken(database)
        async with filling(database) as connection:
            for name in _CHANGED_DAILY:
                await connection.execute(text(f"UPDATE {name} SET workspace_id = workspace_id"))  # noqa: S608 - names of ours
        return Filled(members, plan.fortnights, rows, fresh, await _taken(database))
    finally:
        await database.dispose()


async def _people(connection: AsyncConnection, members: int, plan: SizesPlan) -> None:
    await connection.run_sync(_SLOT.create)
    await _slots(connection, _BEGAN)
    steps: tuple[tuple[str, dict[str, Any]], ...] = (
        (_WORKSPACES, {"count": -(-members // plan.per_workspace), "at": _BEGAN}),
        (_MEMBERS, {"count": members, "workspace": plan.per_workspace, "at": _BEGAN}),
        (_PERSONS, {}),
        ("CREATE UNIQUE INDEX person_id ON person (id)", {}),
        (_GOALS, {"at": _BEGAN}),
        (_PLANS, {"never": False}),
    )
    for statement, values in steps:
        await connection.execute(_typed(statement, values), values)


async def _fortnight(connection: AsyncConnection, fortnight: int) -> None:
    await _slots(connection, _BEGAN + fortnight * _FORTNIGHT)
    of_before = {
        "evidence": await connection.scalar(select(func.coalesce(func.max(evidence.c.id), 0))),
        "nudge": await connection.scalar(select(func.coalesce(func.max(nudge.c.id), 0))),
    }
    for statement, values in (
        (_NUDGES, {"fortnight": fortnight, "words": _WORDS}),
        (_MARKS, {"fortnight": fortnight, "words": _WORDS}),
        (_EVIDENCE, {"fortnight": fortnight, "words": _WORDS}),
        (_SUPPORTS, {"known": of_before["evidence"]}),
        (_PASSED, {"known": of_before["nudge"]}),
    ):
        await connection.execute(_typed(statement, values), values)


async def _slots(connection: AsyncConnection, began: datetime) -> None:
    await connection.execute(_SLOT.delete())
    days = [began + timedelta(days=day) for day in _DAYS]
    rows = [{"number": n, "day": at.date(), "at": at} for n, at in enumerate(days)]
    await connection.execute(insert(_SLOT), rows)


def _typed(statement: str, values: dict[str, Any]) -> Any:
    moments = [bindparam("at", type_=UtcMoment())] if "at" in values else []
    counts = [
        bindparam(name, type_=Integer()) for name, value in values.items() if type(value) is int
    ]
    return text(statement).bindparams(*moments, *counts)


async def _rows_by_kind(connection: AsyncConnection) -> dict[str, dict[str, float]]:
    """Return the mean number of rows of each table that a member of each kind has."""
    found: dict[str, dict[str, float]] = {}
    for table in TABLES:
        found[table.name] = {}
        for kind, (low, high) in KINDS.items():
            counted = await connection.scalar(
                text(_COUNTS[table.name]).bindparams(low=low, high=high)
            )
            people = await connection.scalar(
                text("SELECT count(*) FROM person WHERE kind BETWEEN :low AND :high").bindparams(
                    low=low, high=high
                )
            )
            found[table.name][kind] = (counted or 0) / (people or 1)
    return found


def _counting(name: str) -> str:
    through = {
        "member": "member ON member.id = person.id",
        "evidence_support": (
            "evidence ON evidence.member_id = person.id"
            " JOIN evidence_support ON evidence_id = evidence.id"
        ),
        "nudge_passed": (
            "nudge ON nudge.member_id = person.id JOIN nudge_passed ON nudge_id = nudge.id"
        ),
    }
    joined = through.get(name, f"{name} ON {name}.member_id = person.id")
    of_kind = "person.kind BETWEEN :low AND :high"
    return f"SELECT count(*) FROM person JOIN {joined} WHERE {of_kind}"  # noqa: S608 - names of ours


_COUNTS = {table.name: _counting(table.name) for table in TABLES}


async def _taken(database: Database) -> dict[str, Taken]:
    """Return rows and bytes of each table, and of its indexes."""
    found = {}
    async with filling(database) as connection:
        sizes = _SIZES_SQLITE if database.dialect == "sqlite" else _SIZES_POSTGRESQL
        for table in TABLES:
            rows = await connection.scalar(select(func.count()).select_from(table))
            (data, indexes) = (await connection.execute(text(sizes), {"name": table.name})).one()
            found[table.name] = Taken(rows or 0, int(data or 0), int(indexes or 0))
    return found


def main(arguments: list[str]) -> None:
    """Fill one database."""
    url, members, plan = arguments
    given = json.loads(plan)
    filled = asyncio.run(fill(url, int(members), SizesPlan(**given)))
    print(json.dumps(asdict(filled)))


if __name__ == "__main__":
    main(sys.argv[1:])
