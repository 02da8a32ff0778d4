"""What two people agree counts until a day: proposed by either, answered by the other."""

from datetime import date

from bot.domain.days.target import usable_day
from bot.domain.framework import CellKey, Expectation, key_of
from bot.domain.local_time import local_day
from bot.domain.teams.agreed import (
    AgreedAct,
    CannotAgree,
    Delta,
    SharedDelta,
    Side,
    answering,
    person_of,
    proposing,
    side_of,
)
from bot.domain.teams.errors import NoLongerShared
from bot.domain.teams.letter import LetterKind
from bot.domain.teams.share import Share
from bot.domain.tenancy import Member, Tenant
from bot.services.growth.cache import GrowthCache
from bot.services.ports import Clock
from bot.services.teams.letters import Letters
from bot.services.teams.shared_way import SharedWay
from bot.store.database import Database
from bot.store.unit_of_work import UnitOfWork


class Agreeing:
    """What either of the two does with the delta. Nobody else ever sees it."""

    def __init__(
        self,
        database: Database,
        letters: Letters,
        growth: GrowthCache,
        way: SharedWay,
        clock: Clock,
    ) -> None:
        self._database = database
        self._letters = letters
        self._growth = growth
        self._way = way
        self._clock = clock

    async def seen(self, member: Member, share_id: int) -> SharedDelta:
        """Return what the member and the other agreed.

        Raises:
            NoLongerShared: nothing is shared by that between them and anybody, now.
            StoreUnavailable, CatalogueUnavailable: it cannot be told now.
        """
        async with self._database.read(member.tenant) as work:
            share, side = await shared(work, member, share_id)
            delta = await self._delta(work, member, share_id)
        return SharedDelta(share, side, delta, await self.asked(member.tenant, share))

    async def step(self, member: Member, step_id: int) -> SharedDelta:
        """Return the same for the share that a step is about."""
        async with self._database.read(member.tenant) as work:
            share_id = await work.agreed.share_of(step_id)
        if share_id is None:
            raise NoLongerShared
        return await self.seen(member, share_id)

    async def propose(
        self, member: Member, share_id: int, cell: CellKey, until: date | None
    ) -> SharedDelta:
        """Propose that an expectation counts until a day; None: that it counts no more.

        To propose what the other has proposed is to accept it.

        Raises:
            NoLongerShared: see `seen`.
            CannotAgree: it holds already, more would count than may, or the goal asks for no such.
            UnusableDay: nobody can plan for that day.
            StoreUnavailable: nothing was proposed.
        """
        if until is not None:
            usable_day(until, local_day(self._clock.now(), member.time_zone))
        seen = await self.seen(member, share_id)
        if until is not None and cell not in seen.asked:
            raise CannotAgree(why="not_asked")
        async with self._database.write(member.tenant) as work:
            share, side = await self._held(work, member, share_id)
            delta = await self._delta(work, member, share_id)
            act = proposing(delta, cell, until, side)
            await self._step(work, share, side, cell, act, until)
        return await self._after(member, share)

    async def answer(self, member: Member, step_id: int, act: AgreedAct) -> SharedDelta:
        """Accept or decline what the other proposed, or withdraw what one proposed oneself.

        Raises:
            NoLongerShared: see `seen`.
            CannotAgree: it is answered or withdrawn by now, or not theirs to answer.
            StoreUnavailable: nothing was answered.
        """
        async with self._database.write(member.tenant) as work:
            share_id = await work.agreed.share_of(step_id)
            if share_id is None:
                raise NoLongerShared
            share, side = await self._held(work, member, share_id)
            found = answering(await self._delta(work, member, share_id), step_id, side, act)
            if act is AgreedAct.WITHDRAWN:
                await self._letters.recall(work, subject=step_id, kind=LetterKind.AGREED_PROPOSED)
            await self._step(work, share, side, found.cell, act, found.until)
        return await self._after(member, share)

    async def _step(
        self,
        work: UnitOfWork,
        share: Share,
        side: Side,
        cell: CellKey,
        act: AgreedAct,
        until: date | None,
    ) -> None:
        step_id = await work.agreed.add(
            share.id, cell=cell, act=act, by=side, until=until, at=self._clock.now()
        )
        if act is AgreedAct.WITHDRAWN:
            return
        await self._letters.write(
            work,
            to=person_of(share, side.opposite),
            author=person_of(share, side),
            kind=LetterKind.AGREED_PROPOSED,
            subject=step_id,
            share_id=share.id,
        )

    async def _held(self, work: UnitOfWork, member: Member, share_id: int) -> tuple[Share, Side]:
        """Hold the row of whose goal it is, for which both wait, and read the share anew."""
        share, _ = await shared(work, member, share_id)
        await work.members.hold(share.owner, at=self._clock.now())
        return theirs(await work.shares.held(share_id), member)

    async def _delta(self, work: UnitOfWork, member: Member, share_id: int) -> Delta:
        """Return the delta without what counted until a day that has passed where the member is."""
        today = local_day(self._clock.now(), member.time_zone)
        return (await work.agreed.of(share_id)).on(today)

    async def _after(self, member: Member, share: Share) -> SharedDelta:
        self._growth.drop(member.tenant, share.owner)
        return await self.seen(member, share.id)

    async def asked(self, tenant: Tenant, share: Share) -> dict[CellKey, Expectation]:
        """Return all that the shared goal asks for on the way, in reading order.

        It is the catalogue's word alone: nothing of what the member marked is in it.
        """
        measured = (await self._way.to(tenant, share, None)).measured
        report = measured.report if measured else None
        gaps = report.gap.gaps if report else ()
        return {key_of(each.target): each.target for each in gaps}


async def shared(work: UnitOfWork, member: Member, share_id: int) -> tuple[Share, Side]:
    """Return an accepted share of which the member is either side, and which.

    Raises:
        NoLongerShared: there is none, or not for them.
    """
    return theirs(await work.shares.of(share_id), member)


def theirs(share: Share | None, member: Member) -> tuple[Share, Side]:
    """Return the same of a share that was found."""
    side = side_of(share, member.slack_id) if share else None
    if share is None or side is None or not share.accepted:
        raise NoLongerShared
    return share, side
