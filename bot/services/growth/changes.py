"""One change of what a member holds: their row held, the change made, the growth read again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from bot.domain.growth.standing import Growth
from bot.domain.tenancy import Member
from bot.services.growth.cache import GrowthCache, HeldGrowth
from bot.services.ports import Clock
from bot.store.database import Database
from bot.store.owners import Owner
from bot.store.unit_of_work import UnitOfWork


@dataclass(slots=True)
class GrowthChange:
    """A change under way. `held` is set when it has been committed."""

    work: UnitOfWork
    owner: Owner
    now: datetime
    slack_id: str
    held: HeldGrowth | None = None

    async def growth(self) -> Growth:
        """Return what the member holds now, this change included."""
        return await self.work.growth.of(self.slack_id)

    @property
    def committed(self) -> HeldGrowth:
        """What the member holds after the change.

        Raises:
            RuntimeError: the change has not been committed.
        """
        if self.held is None:
            raise RuntimeError("asked before the commit")
        return self.held


class GrowthChanges:
    """Makes changes of what members hold, one at a time per member."""

    def __init__(self, database: Database, growth: GrowthCache, clock: Clock) -> None:
        self._database = database
        self._growth = growth
        self._clock = clock

    @asynccontextmanager
    async def change(self, member: Member) -> AsyncIterator[GrowthChange]:
        """Hold the member's row until the block ends; then commit and renew what is at hand.

        A member whom the store does not know yet is added first, as Slack knows them.

        Raises:
            StoreUnavailable: nothing was changed.
        """
        now = self._clock.now()
        async with self._database.write(member.tenant) as work:
            owner = await work.members.hold(member.slack_id, at=now)
            if owner is None:
                await work.members.add(member.newcomer, at=now)
                owner = await work.members.hold(member.slack_id, at=now)
            if owner is None:
                raise RuntimeError("a member who was just added is not there")
            change = GrowthChange(work, owner, now, member.slack_id)
            yield change
            growth = await change.growth()
        change.held = self._growth.put(member, growth)
