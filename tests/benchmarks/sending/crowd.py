"""Members whose nudges become due at one moment: many of them, in one workspace or in many.

Everybody is a senior with the goal of being a lead. It is the middle of the day where they are,
their workspaces work around the clock, and Slack was asked about every account before: so all
that is due is sent. A process of its own fills a database, new or not:
`python -m tests.benchmarks.sending.crowd URL EACH SECONDS TEAM…`, with EACH members in every team,
and SECONDS from when they are there until their nudges are due.
"""

import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, literal, null, select, text, update

from bot.bootstrap.built_in import ensure_built_in
from bot.services.clock import SystemClock
from bot.services.lookup.shelves import BUILT_IN
from bot.store import migrate
from bot.store.database import Database
from bot.store.dialect import insert_into
from bot.store.growth.models import goal
from bot.store.models import member, workspace
from bot.store.nudges.models import nudge_plan
from bot.store.types import UtcMoment
from tests.fakes.all_rows import filling

_PREFIX = "UNUDGED"
# Long ago, so that no process takes the members for freshly changed.
_AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
_AROUND_THE_CLOCK = {"work_days": 127, "work_start": 0, "work_end": 1439, "weekly_cap": 100}
_MEMBERS = text(
    """
    INSERT INTO member
        (workspace_id, slack_id, locale, time_zone, role_key, level_key, growth_version, changed_at)
    WITH RECURSIVE numbers (n) AS
        (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :each)
    SELECT workspace.id, :prefix || :team || 'N' || n, 'en-US', :zone, 'llm-engineer', 'senior', 1,
        :at
    FROM numbers JOIN workspace ON workspace.team_id = :team
    ORDER BY n
    """
).bindparams(bindparam("at", type_=UtcMoment()))


def teams(count: int) -> list[str]:
    """Return the ids of so many workspaces."""
    return [f"TN{number:05d}" for number in range(count)]


def token_of(team: str) -> str:
    """Return the bot token of a workspace."""
    return f"xoxb-{team}"


def slack_ids(team: str, each: int) -> list[str]:
    """Return the ids of a workspace's members."""
    return [f"{_PREFIX}{team}N{number}" for number in range(each)]


async def fill(database: Database, places: Sequence[str], each: int, *, due: datetime) -> None:
    """Let each workspace hold so many members with a goal, and a plan that is due then."""
    zone = f"Etc/GMT{due.hour - 12:+d}" if due.hour != 12 else "UTC"
    revision = (await database.catalogues.newest())[BUILT_IN]
    async with filling(database) as connection:
        rows = [{"tenant_key": f"/{team}", "team_id": team, "created_at": _AT} for team in places]
        await connection.execute(
            insert_into(connection, workspace).values(rows).on_conflict_do_nothing()
        )
        ours = workspace.c.team_id.in_(places)
        await connection.execute(update(workspace).where(ours).values(**_AROUND_THE_CLOCK))
        values = {"prefix": _PREFIX, "each": each, "zone": zone, "at": _AT}
        for team in places:
            await connection.execute(_MEMBERS, values | {"team": team})
        for table, columns in (
            (goal, _goal_values(revision)),
            (nudge_plan, _plan_values(zone, due)),
        ):
            found = select(member.c.id, *(columns[name] for name in columns)).where(
                member.c.slack_id.startswith(_PREFIX)
            )
            await connection.execute(
                insert(table).from_select(["member_id", *columns], found.order_by(member.c.id))
            )
        # As the database does by itself some time after so many rows.
        await connection.execute(text("ANALYZE"))


def _goal_values(revision: int) -> dict[str, Any]:
    return {
        "role_key": literal("llm-engineer"),
        "level_key": literal("lead"),
        "revision_id": literal(revision),
        "state": literal("active"),
        "set_at": literal(_AT, UtcMoment()),
    }


def _plan_values(zone: str, due: datetime) -> dict[str, Any]:
    return {
        "workspace_id": member.c.workspace_id,
        "cadence": literal("daily"),
        "weekdays": literal(127),
        "at_minute": literal(600),
        "zone": literal(zone),
        "paused_until": null(),
        "stopped": literal(False),
        "last_day": literal((due - timedelta(days=3)).date()),
        "regular_at": literal(due, UtcMoment()),
        "next_due_at": literal(due, UtcMoment()),
        "checked_at": literal(due - timedelta(days=1), UtcMoment()),
    }


async def _fill_new(url: str, places: Sequence[str], each: int, seconds: float) -> None:
    clock = SystemClock()
    await migrate.upgrade(url)
    database = Database(url)
    try:
        await ensure_built_in(database, clock)
        await fill(database, places, each, due=clock.now())
        if seconds:
            # Filling takes a while itself.
            due = clock.now() + timedelta(seconds=seconds)
            async with filling(database) as connection:
                await connection.execute(update(nudge_plan).values(regular_at=due, next_due_at=due))
    finally:
        await database.dispose()


def main(arguments: list[str]) -> None:
    """Fill one database."""
    url, each, seconds, *places = arguments
    asyncio.run(_fill_new(url, places, int(each), float(seconds)))


if __name__ == "__main__":
    main(sys.argv[1:])
