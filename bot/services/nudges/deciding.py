"""Decides what a nudge that is due says, from what the store holds at this moment."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime

from bot.domain.growth.holdings import Growth
from bot.domain.named_in import settled
from bot.domain.nudges.cadence import NudgePolicy
from bot.domain.nudges.decision import Circumstances, Decision, Past, PlanStatus, Withheld, decide
from bot.domain.nudges.message import AllDone, Digest, Form, LessOften, NudgeBody, OneNudge
from bot.domain.nudges.plan import SlotKind
from bot.domain.tenancy import Member
from bot.services.growth.measuring import Measuring, Ways
from bot.services.lookup.held_catalogues import Catalogues
from bot.services.lookup.shelves import Shelf
from bot.services.memo import Memo

# Batches decided at a time, each by one catalogue: so many are in memory for nudges.
_AT_ONCE = 4


class NudgeDeciding:
    """Puts together what decides, and asks the domain."""

    def __init__(self, catalogues: Catalogues, measuring: Measuring) -> None:
        self._catalogues = catalogues
        self._measuring = measuring
        self._turn = asyncio.Semaphore(_AT_ONCE)
        # Those that the batches of this moment need: loaded once for each batch.
        self._near: Memo[Shelf] = Memo(_AT_ONCE)
        self._batches = 0

    @asynccontextmanager
    async def batch(self) -> AsyncIterator[Ways]:
        """Decide about one workspace's nudges within this; batches wait for each other.

        Yields what to give along with each, for many there go the same way.
        """
        async with self._turn:
            self._batches += 1
            try:
                yield {}
            finally:
                self._batches -= 1
                if not self._batches:
                    self._near.clear()

    async def decide(
        self,
        kind: SlotKind,
        member: Member,
        growth: Growth,
        status: PlanStatus | None,
        past: Past,
        policy: NudgePolicy,
        *,
        now: datetime,
        ways: Ways | None = None,
    ) -> Decision:
        """Decide about one slot.

        Raises:
            CatalogueUnavailable, StoreUnavailable: what the goal is measured on is not at hand.
        """
        goal = growth.active_goal
        if status is None:
            return Withheld.NO_GOAL
        found = Circumstances(status, past, policy, has_goal=goal is not None, report=None)
        early = decide(kind, found, now=now)
        if goal is None or early is not Withheld.NO_WAY:
            return early
        shelf = await self._catalogues.of(member.catalogue_key, passing=True)
        if self._batches:
            self._near.put(member.catalogue_key, shelf)
        member = settled(member, shelf.catalogue)
        measured = await self._measuring.measured(
            member, shelf, replace(growth, goal=goal), ways=ways
        )
        # Where the catalogue has the goal no longer, nudges rest until there is another.
        report = measured.report if measured and not measured.lost else None
        return decide(kind, replace(found, report=report), now=now)


def form_of(body: NudgeBody) -> Form:
    """Return how a body is kept."""
    match body:
        case OneNudge():
            return Form.ONE
        case Digest():
            return Form.DIGEST
        case LessOften():
            return Form.LESS_OFTEN
        case AllDone():
            return Form.ALL_DONE
