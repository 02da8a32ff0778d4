"""Turns plans that are due into planned nudges. Any number of processes may do it at once."""

import asyncio
from datetime import datetime
from functools import partial

from bot.domain.nudges.cadence import WorkingTime
from bot.domain.nudges.plan import NudgePlan, moved_on, renewed, straight
from bot.log import get_logger
from bot.services.clock import Steady, always_steady
from bot.services.nudges.metrics import NudgeMetrics
from bot.services.ports import Clock
from bot.store.database import Database

# On SQLite all writers wait for each other, and one process does everything: shorter turns keep a
# member's answer quick (measured, 100 take 8 ms of the event loop).
_BATCH = {"postgresql": 1000, "sqlite": 100}
# While the store writes one batch, the next slots of another are worked out.
_AT_ONCE = {"postgresql": 2, "sqlite": 1}

# Plans wait while the clock jumps about, and are mended only by one that is surely right again.
_EVENLY_TO_PLAN = 60.0
_EVENLY_TO_MEND = 600.0

log = get_logger()


class NudgePlanning:
    """The planning side of the worker."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        metrics: NudgeMetrics,
        *,
        steady: Steady = always_steady,
    ) -> None:
        self._steady = steady
        self._database = database
        self._clock = clock
        self._metrics = metrics
        self._most = _BATCH[database.dialect]
        self._at_once = _AT_ONCE[database.dialect]

    async def straighten(self) -> int:
        """Plan anew what a clock that was wrong has planned; return how many plans that changed.

        Nothing is done until the clock has gone evenly for a while: it may be wrong just now.

        Raises:
            StoreUnavailable: some may be planned anew already.
        """
        now = self._clock.now()
        # After it was asked: a clock that jumps between the two is not believed.
        if not self._steady(_EVENLY_TO_MEND):
            return 0
        changed = await self._database.nudges.straighten(
            partial(_straightened, now=now), now=now, most=self._most
        )
        if changed:
            self._metrics.replanned.inc(changed)
            log.warning("nudge_plans_replanned", plans=changed)
        return changed

    async def turn(self) -> int:
        """Plan everything that is due now; return how many plans were moved on.

        Raises:
            StoreUnavailable: the store does not answer; what was committed before stays.
        """
        if not self._steady(_EVENLY_TO_PLAN):
            return 0
        if not await self._database.nudge_desk.plans_due(now=self._clock.now()):
            return 0
        total = await self._batch()
        if total == self._most:
            total += await self._all_the_rest()
        if total:
            log.info("nudges_planned", plans=total)
        return total

    async def _all_the_rest(self) -> int:
        rest = (self._batches() for _ in range(self._at_once))
        ended = await asyncio.gather(*rest, return_exceptions=True)
        for each in ended:
            if isinstance(each, BaseException):
                raise each
        return sum(each for each in ended if isinstance(each, int))

    async def _batches(self) -> int:
        total = moved = await self._batch()
        while moved == self._most:
            # Whoever else waits for this process has a turn between two batches.
            await asyncio.sleep(0)
            moved = await self._batch()
            total += moved
        return total

    async def _batch(self) -> int:
        now = self._clock.now()
        if not self._steady(_EVENLY_TO_PLAN):
            return 0
        moved = await self._database.nudges.plan_due(
            partial(moved_on, now=now), now=now, limit=self._most
        )
        self._metrics.planned.inc(moved)
        return moved


def _straightened(plan: NudgePlan, working: WorkingTime, *, now: datetime) -> NudgePlan:
    return renewed(straight(plan, now=now), working, now=now)
