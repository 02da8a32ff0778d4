"""What others say of a member's goal, as a packet has it: the manager's column, what is agreed."""

import asyncio
from collections.abc import Iterable

from bot.domain.growth.holdings import Growth
from bot.domain.growth.packet import AgreedPoint, ManagersMark
from bot.domain.local_time import local_day
from bot.domain.named_in import NamedIn
from bot.domain.revision import Catalogue
from bot.domain.teams.manager_marks import sent_marks
from bot.domain.tenancy import Member, Tenant
from bot.services.lookup.shelves import Shelf
from bot.services.ports import Clock, Profiles
from bot.store.database import Database


class OthersSay:
    """Reads it: only what was sent to the member, and what both accepted, is theirs to take."""

    def __init__(self, database: Database, profiles: Profiles, clock: Clock) -> None:
        self._database = database
        self._profiles = profiles
        self._clock = clock

    async def managers(
        self, member: Member, shelf: Shelf, catalogue: Catalogue
    ) -> tuple[ManagersMark, ...]:
        """Return the marks that hold in shares which are accepted, named as `catalogue` does.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        async with self._database.read(member.tenant) as work:
            history = await work.manager_marks.about(member.slack_id)
        shares = {each.share_id for each in history}
        marks = [
            mark
            for share_id in sorted(shares)
            for mark in sent_marks(each for each in history if each.share_id == share_id)
        ]
        names = await self._names(member.tenant, {each.author for each in marks})
        called = NamedIn(catalogue, shelf.catalogue.moves)
        return tuple(
            ManagersMark(
                called.cell(each.cell), each.status, each.note, each.sent_at, names[each.author]
            )
            for each in marks
            if each.status is not None and each.sent_at is not None
        )

    async def agreed(
        self, member: Member, growth: Growth, shelf: Shelf, catalogue: Catalogue
    ) -> tuple[AgreedPoint, ...]:
        """Return what counts today for the member and somebody else."""
        today = local_day(self._clock.now(), member.time_zone)
        points = [each for each in growth.agreed if each.until >= today]
        names = await self._names(member.tenant, {each.with_whom for each in points})
        called = NamedIn(catalogue, shelf.catalogue.moves)
        return tuple(
            AgreedPoint(called.cell(each.cell), each.until, names[each.with_whom])
            for each in points
        )

    async def _names(self, tenant: Tenant, ids: Iterable[str]) -> dict[str, str]:
        asked = sorted(ids)
        found = await asyncio.gather(*(self._profiles.profile(tenant, each) for each in asked))
        return {
            each: profile.name if profile else ""
            for each, profile in zip(asked, found, strict=True)
        }
