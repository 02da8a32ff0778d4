"""Everything that a process does for nudges by itself: planning, sending, and telling of it."""

from datetime import datetime
from functools import partial

from bot.services.growth.measuring import Measuring
from bot.services.lookup.held_catalogues import Catalogues
from bot.services.members.directory import Members
from bot.services.nudges.deciding import NudgeDeciding
from bot.services.nudges.metrics import NudgeMetrics
from bot.services.nudges.planning import NudgePlanning
from bot.services.nudges.ports import NudgePost
from bot.services.nudges.preview import NudgePreview
from bot.services.nudges.sending import NudgeSending
from bot.services.nudges.tools import NudgeTools, Pace
from bot.services.ports import Clock, Profiles
from bot.services.two_clocks import EVENLY_S, TwoClocks
from bot.spans import Tracer
from bot.store.database import Database
from bot.store.nudges.operator import NudgeDesk
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class Nudging:
    """The worker's services. `plan` and `send` are called every second or so.

    Neither does anything by a clock that is wrong.
    """

    planning: NudgePlanning
    sending: NudgeSending
    preview: NudgePreview
    desk: NudgeDesk
    metrics: NudgeMetrics
    clocks: TwoClocks

    async def plan(self) -> None:
        """Plan what is due.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        if await self.clocks.right():
            await self.planning.turn()

    async def straighten(self) -> None:
        """Plan anew what a clock that was wrong has planned.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        if await self.clocks.right():
            await self.planning.straighten()

    async def send(self) -> None:
        """Begin to send what is planned.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        if await self.clocks.right():
            await self.sending.turn()

    async def next_moment(self) -> datetime | None:
        """Return when there is something to do next; it may have passed.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        return await self.desk.next_moment()

    async def stop(self) -> None:
        """Send nothing new, and let what is under way end."""
        await self.sending.stop()


def build_nudging(
    database: Database,
    *,
    catalogues: Catalogues,
    measuring: Measuring,
    members: Members,
    clock: Clock,
    profiles: Profiles,
    post: NudgePost,
    pace: Pace,
    metrics: NudgeMetrics,
    clocks: TwoClocks,
    tracer: Tracer | None = None,
) -> Nudging:
    """Put the worker's services together."""
    deciding = NudgeDeciding(catalogues, measuring)
    tools = NudgeTools(
        database,
        deciding=deciding,
        members=members,
        profiles=profiles,
        post=post,
        clock=clock,
        metrics=metrics,
        pace=pace,
        clock_right=partial(clocks, EVENLY_S),
        tracer=tracer,
    )
    return Nudging(
        planning=NudgePlanning(database, clock, metrics, steady=clocks),
        sending=NudgeSending(tools),
        preview=NudgePreview(database, deciding, clock),
        desk=database.nudge_desk,
        metrics=metrics,
        clocks=clocks,
    )
