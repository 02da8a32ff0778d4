"""A worker that plans everything that is due, as `nextrung worker` does.

A process of its own: `python -m tests.benchmarks.planning.worker DATABASE_URL`.
"""

import asyncio
import sys

from bot.log import configure_logging
from bot.services.clock import SystemClock
from bot.services.nudge_metrics import NudgeMetrics
from bot.services.nudge_planning import NudgePlanning
from bot.store.database import Database
from tests.benchmarks.planning.relay import relay


async def plan_all(database: Database) -> int:
    """Take turns until one finds nothing that is due; return how many plans were moved on.

    Raises:
        StoreUnavailable: a turn failed; the product would log it and take its next turn.
    """
    planning = NudgePlanning(database, SystemClock(), NudgeMetrics())
    total = 0
    while moved := await planning.turn():
        total += moved
    return total


if __name__ == "__main__":
    configure_logging("INFO", "json")
    asyncio.run(relay(sys.argv[1], plan_all))
