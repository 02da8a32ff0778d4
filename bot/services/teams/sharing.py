"""Sharing a goal with one named person: asked, answered, changed and ended by either of the two."""

from collections.abc import Collection

from bot.domain.answers import GoalReport
from bot.domain.framework import CellKey, key_of
from bot.domain.local_time import local_day
from bot.domain.teams.errors import CannotShare, NoLongerShared
from bot.domain.teams.home import OwnPage, ShareForm
from bot.domain.teams.letter import LetterKind
from bot.domain.teams.share import (
    ASK_AGAIN_AFTER,
    Share,
    ShareEnd,
    ShareState,
    asked_again_from,
)
from bot.domain.tenancy import Member
from bot.services.growth.cache import GrowthCache
from bot.services.growth.measuring import Measuring
from bot.services.lookup.shelves import Shelf
from bot.services.members.directory import Members
from bot.services.ports import Clock
from bot.services.teams.letters import Letters
from bot.services.teams.people import TwoPeople
from bot.store.database import Database
from bot.store.unit_of_work import UnitOfWork

MOST = 20
"""Persons with whom one goal can be shared at a time."""
PAGE = 10
"""Of them on a page of their list."""


class Sharing:
    """What a member does with shares: only ever their own side of them."""

    def __init__(
        self,
        database: Database,
        growth: GrowthCache,
        measuring: Measuring,
        members: Members,
        people: TwoPeople,
        letters: Letters,
        clock: Clock,
    ) -> None:
        self._database = database
        self._growth = growth
        self._measuring = measuring
        self._members = members
        self._people = people
        self._letters = letters
        self._clock = clock

    async def mine(self, member: Member, number: int) -> OwnPage:
        """Return a page of what the member shares, with who looked when.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        async with self._database.read(member.tenant) as work:
            shares = (await work.states.home(member.slack_id)).sharing.mine
        number = min(number, max(0, (len(shares) - 1) // PAGE))
        return OwnPage(shares[number * PAGE :][:PAGE], number, len(shares))

    async def form(
        self, member: Member, shelf: Shelf, *, other: str | None = None, share_id: int | None = None
    ) -> ShareForm:
        """Return what the form starts from; for somebody who was named, once they may be asked.

        Raises:
            CannotShare: there is no goal, or not with them.
            NoLongerShared: the share that is to be changed has ended, or is not the member's.
        """
        growth = (await self._growth.of(member)).growth
        if growth.active_goal is None:
            raise CannotShare(why="no_goal")
        if other is not None:
            await self._check(member, other)
            async with self._database.read(member.tenant) as work:
                await self._left_in_peace(work, member, other)
        share = None
        if share_id is not None:
            async with self._database.read(member.tenant) as work:
                share = await _own(work, member, share_id)
        measured = await self._measuring.report(member, shelf)
        cells = _cells(measured)
        pieces = tuple(each for each in growth.evidence if each.supports & cells)
        return ShareForm(pieces=pieces, share=share, other=other)

    async def ask(
        self, member: Member, other: str, *, past: bool, evidence: Collection[int] = ()
    ) -> Share:
        """Ask somebody whether they want to see the member's goal; nothing is shown by this.

        `past` lets what was said before be seen as well, `evidence` are the pieces that are.

        Raises:
            CannotShare: there is no goal, or not with them.
            StoreUnavailable: nobody was asked.
        """
        await self._check(member, other)
        await self._members.find(member.tenant, other)
        now = self._clock.now()
        async with self._database.write(member.tenant) as work:
            owner = await work.members.hold(member.slack_id, at=now)
            goal = (await work.growth.of(member.slack_id)).active_goal
            if owner is None or goal is None:
                raise CannotShare(why="no_goal")
            if len(await work.shares.by(member.slack_id)) >= MOST:
                raise CannotShare(why="too_many")
            await self._left_in_peace(work, member, other)
            try:
                share_id = await work.shares.ask(
                    owner,
                    other,
                    goal_id=goal.id,
                    shows_from=None if past else now,
                    evidence_ids=evidence,
                    at=now,
                )
            except LookupError:
                # Somebody new could not be kept: Slack did not say who they are in time.
                raise CannotShare(why="unknown") from None
            if share_id is None:
                raise CannotShare(why="twice")
            await self._letters.write(
                work,
                to=other,
                author=member.slack_id,
                kind=LetterKind.SHARE_ASK,
                subject=share_id,
                share_id=share_id,
            )
            return await _known(work, share_id)

    async def change(
        self, member: Member, share_id: int, *, past: bool, evidence: Collection[int]
    ) -> Share:
        """Show more or less from now on; the person stays the same.

        Raises:
            NoLongerShared: it has ended, or is not the member's.
        """
        now = self._clock.now()
        async with self._database.write(member.tenant) as work:
            owner = await work.members.hold(member.slack_id, at=now)
            share = await _own(work, member, share_id)
            if owner is None:
                raise NoLongerShared
            since = None if past else share.shows_from or now
            await work.shares.change(owner, share_id, shows_from=since, evidence_ids=evidence)
            if share.shows_from is None and since is not None:
                # A team's table says what is not shown any more.
                await work.letters.recall_showing(share_id, at=now)
            return await _known(work, share_id)

    async def accept(self, member: Member, share_id: int) -> Share:
        """Begin to see what somebody offered.

        Raises:
            NoLongerShared: it is offered no more, or to somebody else.
            CannotShare: Slack does not say who the two are.
        """
        async with self._database.read(member.tenant) as work:
            share = _with(await work.shares.of(share_id), member)
        await self._people.hold(member.tenant, share)
        now = self._clock.now()
        async with self._database.write(member.tenant) as work:
            _with(await work.shares.held(share_id), member)
            if await work.shares.accept(share_id, member.slack_id, at=now):
                await self._answer(work, share)
            # Pressed twice, it is accepted all the same.
            return _with(await work.shares.of(share_id), member, state=ShareState.ACCEPTED)

    async def decline(self, member: Member, share_id: int) -> Share:
        """Not see it: what was offered is declined, what was accepted is left.

        Raises:
            NoLongerShared: there is nothing to decline, or not for them.
        """
        async with self._database.write(member.tenant) as work:
            share = _with(await work.shares.held(share_id), member)
            why = ShareEnd.LEFT_BY_OTHER if share.accepted else ShareEnd.DECLINED
            # Of two presses at once the first is told of.
            if await work.shares.end(share_id, why, at=self._clock.now()):
                await self._answer(work, share)
        self._growth.drop(member.tenant, share.owner)
        return share

    async def revoke(self, member: Member, share_id: int) -> Share:
        """End a share of one's own, at once and everywhere.

        Raises:
            NoLongerShared: it has ended, or is not the member's.
        """
        async with self._database.write(member.tenant) as work:
            share = await _own(work, member, share_id)
            await work.shares.end(share_id, ShareEnd.REVOKED, at=self._clock.now())
        # What was agreed with them counts no more.
        self._growth.drop(member.tenant, member.slack_id)
        return share

    async def renew(self, member: Member, share_id: int) -> Share:
        """Go on sharing for another quarter of a year.

        Raises:
            NoLongerShared: it has ended, or is not the member's.
        """
        async with self._database.write(member.tenant) as work:
            share = await _own(work, member, share_id)
            await work.shares.renew(share_id, member.slack_id, at=self._clock.now())
        return share

    async def of(self, member: Member, share_id: int) -> Share:
        """Return a share of which the member is either side, ended or not.

        Raises:
            NoLongerShared: there is none, or not for them.
        """
        async with self._database.read(member.tenant) as work:
            share = await work.shares.of(share_id)
        if share is None or member.slack_id not in {share.owner, share.other}:
            raise NoLongerShared
        return share

    async def _answer(self, work: UnitOfWork, share: Share) -> None:
        """Tell the member who shares what the other answered."""
        await self._letters.write(
            work,
            to=share.owner,
            author=share.other,
            kind=LetterKind.SHARE_ANSWER,
            subject=share.id,
            share_id=share.id,
        )

    async def _left_in_peace(self, work: UnitOfWork, member: Member, other: str) -> None:
        """See to it that nobody is asked again right after they said no, or nothing.

        Raises:
            CannotShare: they were; `until` is the day from which they may be, where the member is.
        """
        now = self._clock.now()
        ended = await work.shares.ended_with(member.slack_id, other, since=now - ASK_AGAIN_AFTER)
        moment = asked_again_from(ended, now=now)
        if moment is None:
            return
        day = local_day(moment, member.time_zone)
        if local_day(now, member.time_zone) < day:
            raise CannotShare(why="lately", until=day.isoformat())

    async def _check(self, member: Member, other: str) -> None:
        if not other:
            raise CannotShare(why="nobody")
        if other == member.slack_id:
            raise CannotShare(why="self")
        await self._people.colleague(member.tenant, other)


def _cells(measured: GoalReport | None) -> frozenset[CellKey]:
    """Return the expectations on the way to a goal: what evidence can be shown for."""
    report = measured.report if measured else None
    if report is None or report.own is None:
        return frozenset()
    own, gap = report.own, report.gap
    changes = (*gap.gaps, *gap.met, *own.likely, *own.not_relevant)
    return frozenset(key_of(each.target) for each in changes)


async def _known(work: UnitOfWork, share_id: int) -> Share:
    share = await work.shares.of(share_id)
    if share is None:
        raise NoLongerShared
    return share


async def _own(work: UnitOfWork, member: Member, share_id: int) -> Share:
    share = await _known(work, share_id)
    if share.owner != member.slack_id or share.ended:
        raise NoLongerShared
    return share


def _with(share: Share | None, member: Member, *, state: ShareState | None = None) -> Share:
    if share is None or share.other != member.slack_id or share.ended:
        raise NoLongerShared
    if state and share.state is not state:
        raise NoLongerShared
    return share
