"""A worker that plans everything that is due, as `nextrung worker` does.

A process of its own: `python -m tests.benchmarks.planning.worker DATABASE_URL`.
"""

import asyncio
import sys

from bot.log import configure_logging
from bot.services.clock import SystemClock
from bot.services.nudges.metrics import NudgeMetrics
from bot.services.nudges.planning import NudgePlanning
from bot.store.database import Database
from bot.store.errors import StoreUnavailable
from tests.benchmarks.planning.relay import Done, relay

_MOST_FAILED = 100


async def plan_all(database: Database) -> Done:
    """Take turns until one finds nothing that is due.

    Raises:
        StoreUnavailable: turns failed again and again.
    """
    metrics = NudgeMetrics()
    planning = NudgePlanning(database, SystemClock(), metrics)
    failed = 0
    while True:
        try:
            if not await planning.turn():
                break
        except StoreUnavailable:
            # A machine with other work may be too slow for the store's time limit. As in the
            # product, what was committed stays and the next turn goes on.
            failed += 1
            if failed > _MOST_FAILED:
                raise
    (planned,) = metrics.planned.collect()
    return Done(moved=int(planned.samples[0].value), failed_turns=failed)


if __name__ == "__main__":
    configure_logging("INFO", "json")
    asyncio.run(relay(sys.argv[1], plan_all))
