"""Make a database full of members whose nudges are due.

A process of its own: `python -m tests.benchmarks.planning.seed DATABASE_URL MEMBERS`, on a database
without any table.
"""

import asyncio
import random
import sys
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import Column, Integer, MetaData, Table, bindparam, insert, text

from bot.domain.nudges.cadence import Cadence, NudgeSettings, WorkingTime
from bot.domain.nudges.plan import begin
from bot.services.clock import SystemClock
from bot.store import migrate
from bot.store.database import Database
from bot.store.nudges.models import nudge_plan
from bot.store.nudges.rows import PLAN_COLUMNS, mask_of, minutes, plan_values
from bot.store.types import UtcMoment
from tests.benchmarks.prepare import SEED
from tests.fakes.all_rows import filling

WISHES = 4_000
"""Different wishes per kind of working time; many members share one, as where defaults serve."""

_WORKSPACE = 1_000
# Everybody's first slot has passed by now, also that of who wants one a month.
_AGO = timedelta(days=40)
_CADENCES = (Cadence.DAILY, *[Cadence.WEEKLY] * 6, *[Cadence.TWO_WEEKS] * 2, Cadence.MONTHLY)
_ZONES = (
    "America/Los_Angeles", "America/Chicago", "America/New_York", "America/Sao_Paulo",
    "Europe/London", "Europe/Berlin", "Europe/Warsaw", "Europe/Kyiv", "Africa/Lagos",
    "Asia/Kolkata", "Asia/Shanghai", "Asia/Singapore", "Asia/Tokyo", "Australia/Sydney",
    "Pacific/Auckland",
)  # fmt: skip
# Workspaces take turns in these.
_WORKING = (
    WorkingTime(),
    WorkingTime(start=time(8), end=time(16, 30)),
    WorkingTime(weekdays=frozenset({6, 0, 1, 2, 3})),
    WorkingTime(weekdays=frozenset(range(6)), start=time(10), end=time(20)),
)
_COLUMNS = (*PLAN_COLUMNS, "next_due_at")
_TEMPORARY = MetaData()
_WORKING_TABLE = Table(
    "working",
    _TEMPORARY,
    *(Column(name, Integer, nullable=False) for name in ("number", "days", "opens", "closes")),
    prefixes=["TEMPORARY"],
)
_WISH_TABLE = Table(
    "wish",
    _TEMPORARY,
    Column("number", Integer, primary_key=True),
    *(Column(name, nudge_plan.c[name].type) for name in _COLUMNS),
    prefixes=["TEMPORARY"],
)
_WORKSPACES = """
    INSERT INTO workspace (tenant_key, team_id, created_at, work_days, work_start, work_end)
    WITH RECURSIVE numbers (n) AS
        (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :count)
    SELECT '/T' || n, 'T' || n, :at, working.days, working.opens, working.closes
    FROM numbers JOIN working ON working.number = n % :kinds
    ORDER BY n
"""
_MEMBERS = """
    INSERT INTO member
        (workspace_id, slack_id, locale, time_zone, role_key, level_key, growth_version, changed_at)
    WITH RECURSIVE numbers (n) AS
        (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :count)
    SELECT workspace.id, 'U' || n, 'en-US', 'Europe/Berlin', 'engineer', 'senior', 0, :at
    FROM numbers JOIN workspace ON workspace.tenant_key = '/T' || (n / :workspace)
    ORDER BY n
"""
_PLANS = f"""
    INSERT INTO nudge_plan (member_id, workspace_id, {", ".join(_COLUMNS)})
    SELECT member.id, member.workspace_id, {", ".join(f"wish.{name}" for name in _COLUMNS)}
    FROM member
    JOIN workspace ON workspace.id = member.workspace_id
    JOIN working ON working.days = workspace.work_days AND working.opens = workspace.work_start
    JOIN wish ON wish.number = working.number * :wishes + member.id * 7919 % :wishes
    ORDER BY member.id
"""  # noqa: S608 - the names of columns


def _wishes(now: datetime) -> Iterator[dict[str, Any]]:
    """Yield the column values of plans as the product makes them, all due by now."""
    rng = random.Random(SEED)  # noqa: S311 - repeatable samples, nothing secret
    for kind, working in enumerate(_WORKING):
        for number in range(WISHES):
            settings = NudgeSettings(
                cadence=rng.choice(_CADENCES),
                weekdays=frozenset(rng.sample(sorted(working.weekdays), rng.choice((1, 1, 2)))),
                at=time(rng.randrange(8, 18), rng.choice((0, 15, 30, 45))),
            )
            plan = begin(settings, working, zone=rng.choice(_ZONES), now=now - _AGO)
            yield {"number": kind * WISHES + number, **plan_values(plan)}


async def seed(url: str, members: int) -> None:
    """Let the store hold so many members, each with one slot that has passed."""
    await migrate.upgrade(url)
    database = Database(url)
    now = SystemClock().now()
    workings = [
        {
            "number": number,
            "days": mask_of(each.weekdays),
            "opens": minutes(each.start),
            "closes": minutes(each.end),
        }
        for number, each in enumerate(_WORKING)
    ]
    steps: tuple[tuple[str, dict[str, Any]], ...] = (
        (_WORKSPACES, {"count": -(-members // _WORKSPACE), "kinds": len(_WORKING), "at": now}),
        (_MEMBERS, {"count": members, "workspace": _WORKSPACE, "at": now}),
        (_PLANS, {"wishes": WISHES}),
    )
    try:
        async with filling(database) as connection:
            await connection.run_sync(_TEMPORARY.create_all)
            await connection.execute(insert(_WORKING_TABLE), workings)
            await connection.execute(insert(_WISH_TABLE), list(_wishes(now)))
            for statement, values in steps:
                typed = [
                    bindparam(name, type_=UtcMoment() if name == "at" else Integer())
                    for name in values
                ]
                await connection.execute(text(statement).bindparams(*typed), values)
            # As the database does by itself some time after so many rows.
            await connection.execute(text("ANALYZE"))
    finally:
        await database.dispose()


if __name__ == "__main__":
    asyncio.run(seed(sys.argv[1], int(sys.argv[2])))
