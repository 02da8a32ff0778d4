"""What all runs of a sending process share."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.services.members.directory import Members
from bot.services.memo import Memo
from bot.services.nudges.batching import Batching
from bot.services.nudges.deciding import NudgeDeciding
from bot.services.nudges.metrics import NudgeMetrics
from bot.services.nudges.ports import NudgePost
from bot.services.ports import Clock, Profiles
from bot.spans import Tracer
from bot.store.database import Database
from bot.store.nudges.steps import Ended, Mark, Sent
from bot.values import dataclass

if TYPE_CHECKING:
    from aiolimiter import AsyncLimiter

BURST = 3
_REMEMBERED = 10_000
# Measured, a transaction for thirty nudges costs half as much again as one for a single nudge: a
# moment's wait lets more of them share one. Each workspace's pace leaves far more time than that.
_GATHER_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast may be sent. Slack allows some five messages a second per workspace.

    `workspaces` are served at once by one process, each with at most `at_once` calls under way;
    `lease` is for how long a workspace stays with a process that says nothing any more.
    `asks_per_minute` limits questions about accounts.
    """

    per_minute: float = 290
    workspaces: int = 250
    at_once: int = 6
    lease: timedelta = timedelta(seconds=60)
    asks_per_minute: float = 60


@dataclass(slots=True)
class Buckets:
    """The token buckets of one workspace."""

    posts: "AsyncLimiter"
    asks: "AsyncLimiter"


class NudgeTools:
    """Services, ports and limits that each run uses.

    `stopping` ends all runs; `clock_right` tells, without asking anybody, whether they may go on.
    """

    def __init__(
        self,
        database: Database,
        *,
        deciding: NudgeDeciding,
        members: Members,
        profiles: Profiles,
        post: NudgePost,
        clock: Clock,
        metrics: NudgeMetrics,
        pace: Pace,
        clock_right: Callable[[], bool] = lambda: True,
        tracer: Tracer | None = None,
    ) -> None:
        self.tracer = tracer
        self.senders = database.senders
        self.outbox = database.outbox
        self.deciding = deciding
        self.members = members
        self.profiles = profiles
        self.post = post
        self.clock = clock
        self.clock_right = clock_right
        self.metrics = metrics
        self.pace = pace
        self.stopping = asyncio.Event()
        # All runs' marks share one transaction after another, and so do the endings.
        self.marks: Batching[Mark, bool] = Batching(self._mark, pause_seconds=_GATHER_SECONDS)
        self.endings: Batching[Sent | Ended, bool] = Batching(
            database.outbox.end, pause_seconds=_GATHER_SECONDS
        )
        # Runs wait for their turn here, not for a connection: that would have a time limit. Those
        # that read use other connections than those that write.
        self.reading_turn = asyncio.Semaphore(3)
        self.store_turn = asyncio.Semaphore(3)
        self._buckets: Memo[Buckets] = Memo(_REMEMBERED)

    def buckets(self, workspace_id: int) -> Buckets:
        """Return a workspace's token buckets: the same for all its runs, one after another."""
        pace = self.pace
        return self._buckets.get(
            workspace_id,
            lambda: Buckets(_limiter(pace.per_minute), _limiter(pace.asks_per_minute)),
        )

    async def _mark(self, marks: Sequence[Mark]) -> list[bool]:
        return await self.outbox.mark(marks, now=self.clock.now())


def _limiter(per_minute: float) -> "AsyncLimiter":
    """A small burst, then evenly: in no minute more than the limit and the burst."""
    from aiolimiter import AsyncLimiter

    return AsyncLimiter(BURST, BURST * 60 / per_minute)
