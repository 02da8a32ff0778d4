"""The floor of planning: what the database needs for the same rows without any logic.

A process of its own: `python -m tests.benchmarks.planning.floor DATABASE_URL`. It speaks like a
worker.

On PostgreSQL one statement over everything that is due: its UPDATE locks the plans and so claims
them, moves each on by a fixed interval, and hands them to the INSERT of the outbox rows with the
unique key. It knows no zone, no cadence, no working time and no batch, and could not run twice at
once: a second one would wait for the first. Of what was tried it is the quickest: with SKIP LOCKED,
in due order or in batches of a thousand it takes a half more to twice the time.

SQLite has no such statement; there it is one transaction of the INSERT and the UPDATE.
"""

import asyncio
import sys

from sqlalchemy import bindparam, text

from bot.services.clock import SystemClock
from bot.store.database import Database
from bot.store.types import UtcMoment
from tests.benchmarks.planning.relay import Done, relay
from tests.fakes.all_rows import all_rows_changed

POSTGRESQL = (
    """
    WITH moved AS (
        UPDATE nudge_plan
        SET last_day = CAST(:now AS date),
            regular_at = next_due_at + INTERVAL '42 days',
            next_due_at = next_due_at + INTERVAL '42 days'
        WHERE next_due_at <= :now
        RETURNING member_id, workspace_id, next_due_at - INTERVAL '42 days' AS due_at
    )
    INSERT INTO nudge (member_id, workspace_id, kind, slot_day, due_at, state, created_at)
    SELECT member_id, workspace_id, 'regular', CAST(:now AS date), due_at, 'planned', :now
    FROM moved
    ON CONFLICT (member_id, kind, slot_day) DO NOTHING
    """,
)
SQLITE = (
    """
    INSERT OR IGNORE INTO nudge
        (member_id, workspace_id, kind, slot_day, due_at, state, created_at)
    SELECT member_id, workspace_id, 'regular', date(:now), next_due_at, 'planned', :now
    FROM nudge_plan WHERE next_due_at <= :now
    """,
    """
    UPDATE nudge_plan
    SET last_day = date(:now),
        regular_at = strftime('%Y-%m-%d %H:%M:%f000', next_due_at, '+42 days'),
        next_due_at = strftime('%Y-%m-%d %H:%M:%f000', next_due_at, '+42 days')
    WHERE next_due_at <= :now
    """,
)


async def plan_all(database: Database) -> Done:
    """Plan everything that is due."""
    statements = POSTGRESQL if database.dialect == "postgresql" else SQLITE
    moment = bindparam("now", type_=UtcMoment())
    values = {"now": SystemClock().now()}
    async with all_rows_changed(database._bulk) as connection:
        for statement in statements:
            moved = await connection.execute(text(statement).bindparams(moment), values)
    return Done(moved=moved.rowcount)


if __name__ == "__main__":
    asyncio.run(relay(sys.argv[1], plan_all))
