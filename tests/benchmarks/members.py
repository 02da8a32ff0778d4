"""What members' growth costs to read and to change, when the store holds very many members.

A process of its own: `python -m tests.benchmarks.members DATABASE_URL MEMBERS OPERATIONS`, on a
database without any table. Prints JSON.
"""

import asyncio
import json
import random
import sys
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any

from sqlalchemy import Integer, bindparam, text

from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.tenancy import Tenant
from bot.store import migrate
from bot.store.database import Database
from bot.store.types import UtcMoment
from tests.benchmarks.prepare import SEED
from tests.benchmarks.results import quantile
from tests.factories import big_catalogue
from tests.fakes.all_rows import filling

HOLDER_EVERY = 200
"""One member in so many holds something, the others have only told their role."""

MARKS = 300
_SESSION = 30
_EVIDENCE = 20
_WORKSPACE = 1_000
_FEED = 25
_AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
_SECOND = timedelta(seconds=1)

# Both databases take these as they are. Members mark in sessions, between which all others do the
# same: so the rows of one member lie in several places of the table, as after a year of use.
_WORKSPACES = """
    INSERT INTO workspace (tenant_key, team_id, created_at)
    WITH RECURSIVE numbers (n) AS
        (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :count)
    SELECT '/T' || n, 'T' || n, :at FROM numbers
"""
_MEMBERS = """
    INSERT INTO member
        (workspace_id, slack_id, locale, time_zone, role_key, level_key, growth_version, changed_at)
    WITH RECURSIVE numbers (n) AS
        (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :count)
    SELECT workspace.id, 'U' || n, 'en-US', 'Europe/Berlin', 'role-' || (n % 300), 'senior',
        CASE WHEN n % :every = 0 THEN 1 ELSE 0 END, :at
    FROM numbers JOIN workspace ON workspace.tenant_key = '/T' || (n / :workspace)
    ORDER BY n
"""
_ASSESSMENTS = """
    INSERT INTO assessment
        (member_id, role_key, level_key, skill_key, proficiency_key, status, note, at)
    WITH RECURSIVE numbers (n) AS
        (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :count)
    SELECT member.id, member.role_key, 'senior', 'skill-' || n, 'advanced',
        CASE n % 3 WHEN 0 THEN 'met' WHEN 1 THEN 'working' ELSE 'not_yet' END,
        CASE n % 10 WHEN 0 THEN 'Shown in the review of the last release, with two colleagues.'
            ELSE '' END, :at
    FROM numbers CROSS JOIN member WHERE member.growth_version = 1
    ORDER BY n / :session, member.id, n
"""
_PIECES = """
    INSERT INTO evidence (member_id, kind, note, url, token, added_at)
    WITH RECURSIVE numbers (n) AS
        (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :count)
    SELECT member.id, 'link', 'What was tried and why', 'https://example.com/' || n, 'V' || n, :at
    FROM numbers CROSS JOIN member WHERE member.growth_version = 1
    ORDER BY n, member.id
"""
_SUPPORTS = """
    INSERT INTO evidence_support (evidence_id, role_key, level_key, skill_key)
    SELECT evidence.id, member.role_key, 'senior', 'skill-' || evidence.token
    FROM evidence JOIN member ON member.id = evidence.member_id
"""
_GOALS = """
    INSERT INTO goal (member_id, role_key, level_key, revision_id, state, set_at)
    SELECT id, role_key, 'lead', :revision, 'active', :at FROM member WHERE growth_version = 1
"""

Operation = Callable[[int], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Crowd:
    """A filled store; every member's tenant and Slack id follow from their number."""

    database: Database
    members: int

    def holders(self, most: int) -> list[int]:
        """Return the numbers of members who hold something, in no order, each once."""
        rng = random.Random(SEED)  # noqa: S311 - repeatable samples, nothing secret
        every = range(0, self.members, HOLDER_EVERY)
        return rng.sample(every, min(most, len(every)))

    async def read(self, number: int) -> None:
        async with self.database.read(_tenant(number)) as work:
            growth = await work.growth.of(f"U{number}")
        if len(growth.marks) < MARKS or growth.active_goal is None:
            raise RuntimeError(f"member {number} holds too little")

    async def change(self, number: int, *, at: datetime) -> None:
        async with self.database.write(_tenant(number)) as work:
            owner = await work.members.hold(f"U{number}", at=at)
            if owner is None:
                raise RuntimeError(f"member {number} is not there")
            cell = CellKey("role-0", "senior", "skill-0")
            mark = Assessment(cell, Status.MET, at, "advanced", "Once more")
            await work.assessments.append(owner, [mark])

    async def forget(self, number: int) -> None:
        async with self.database.write(_tenant(number)) as work:
            await work.members.forget(f"U{number}", at=_AT)


def _tenant(number: int) -> Tenant:
    return Tenant(f"T{number // _WORKSPACE}")


async def fill(database: Database, members: int) -> None:
    """Let the store hold so many members, in workspaces of a thousand."""
    revision = await database.catalogues.publish(
        big_catalogue(skills=12, roles=3, expectations=60),
        catalogue_key="benchmark",
        author="Benchmark",
        note="",
        at=_AT,
    )
    steps: tuple[tuple[str, dict[str, Any]], ...] = (
        (_WORKSPACES, {"count": -(-members // _WORKSPACE), "at": _AT}),
        (
            _MEMBERS,
            {"count": members, "at": _AT, "every": HOLDER_EVERY, "workspace": _WORKSPACE},
        ),
        (_ASSESSMENTS, {"count": MARKS, "at": _AT, "session": _SESSION}),
        (_PIECES, {"count": _EVIDENCE, "at": _AT}),
        (_SUPPORTS, {}),
        (_GOALS, {"revision": revision.id, "at": _AT}),
    )
    async with filling(database) as connection:
        for statement, values in steps:
            typed = [
                bindparam(name, type_=UtcMoment() if name == "at" else Integer()) for name in values
            ]
            await connection.execute(text(statement).bindparams(*typed), values)
        # As the database does by itself some time after so many rows.
        await connection.execute(text("ANALYZE"))


async def _timed(operation: Operation, numbers: Iterable[int]) -> list[float]:
    """Return the seconds that each run takes."""
    times: list[float] = []
    for number in numbers:
        began = perf_counter()
        await operation(number)
        times.append(perf_counter() - began)
    return times


async def _operations(crowd: Crowd, numbers: list[int]) -> dict[str, list[float]]:
    """Return the seconds of each operation on each of the members.

    Everybody was read once before, so that their pages are in memory at every size: what is to be
    seen is what searching costs, not what the disk does.
    """
    changes = iter(range(1, len(numbers) + 1))

    async def change(number: int) -> None:
        await crowd.change(number, at=_AT + next(changes) * _SECOND)

    async def feed(_number: int) -> None:
        found = await crowd.database.changes_since(mark)
        if found.everything or len(found.members) != 1:
            raise RuntimeError(f"{len(found.members)} changes instead of one")

    await _timed(crowd.read, numbers)
    read = await _timed(crowd.read, numbers)
    changed = await _timed(change, numbers)
    mark = (await crowd.database.changes_since(None)).mark
    await crowd.change(1, at=_AT)
    return {
        "read growth": read,
        "hold and mark": changed,
        "change feed": await _timed(feed, numbers),
        "forget": await _timed(crowd.forget, numbers),
    }


async def measure(url: str, members: int, operations: int) -> dict[str, Any]:
    """Fill a new database and time each operation, one after the other."""
    await migrate.upgrade(url)
    database = Database(url, statement_timeout_ms=20_000)
    try:
        began = perf_counter()
        await fill(database, members)
        filled = perf_counter() - began
        crowd = Crowd(database, members)
        times = await _operations(crowd, crowd.holders(operations))
    finally:
        await database.dispose()
    return {
        "members": members,
        "assessments": len(range(0, members, HOLDER_EVERY)) * MARKS,
        "fill_seconds": filled,
        "p50_ms": {name: quantile(each, 0.5) * 1e3 for name, each in times.items()},
        "p99_ms": {name: quantile(each, 0.99) * 1e3 for name, each in times.items()},
    }


def main(arguments: list[str]) -> None:
    """Print the measurement as JSON."""
    url, members, operations = arguments
    print(json.dumps(asyncio.run(measure(url, int(members), int(operations)))))


if __name__ == "__main__":
    main(sys.argv[1:])
