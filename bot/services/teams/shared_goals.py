"""What others share with a member: listed, opened, and every look noted before it is shown."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.named_in import NamedIn
from bot.domain.teams.agreed import Side
from bot.domain.teams.errors import NoLongerShared
from bot.domain.teams.home import SharedPage
from bot.domain.teams.manager_marks import ManagerMark
from bot.domain.teams.share import LookKind, Share
from bot.domain.teams.shared_goal import SharedGoal, sent_only, shared_goal, with_column
from bot.domain.teams.taken_back import TakenBack
from bot.domain.tenancy import Member, Tenant
from bot.services.growth.measuring import Measuring
from bot.services.ports import Clock
from bot.services.teams.people import TwoPeople
from bot.services.teams.shared_way import SharedWay
from bot.store.database import Database

PAGE = 10


class SharedGoals:
    """The one way to somebody else's growth: through an accepted share."""

    def __init__(
        self,
        database: Database,
        way: SharedWay,
        measuring: Measuring,
        people: TwoPeople,
        clock: Clock,
    ) -> None:
        self._database = database
        self._way = way
        self._measuring = measuring
        self._people = people
        self._clock = clock

    async def page(self, member: Member, number: int) -> SharedPage:
        """Return a page of the people who share with a member.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        async with self._database.read(member.tenant) as work:
            total = await work.shares.count_with(member.slack_id)
            number = min(number, max(0, (total - 1) // PAGE))
            shares = await work.shares.with_whom(member.slack_id, skip=number * PAGE, most=PAGE)
        return SharedPage(shares, number, total)

    async def look(
        self, member: Member, share_id: int, kind: LookKind = LookKind.GOAL
    ) -> tuple[SharedGoal, int]:
        """Return what a member is shown of a shared goal, and the id of the look, which is noted.

        Raises:
            NoLongerShared: nothing is shared with them by that, now.
            CannotShare: Slack does not say who the two are; nothing is shown then.
            StoreUnavailable, CatalogueUnavailable: nothing is shown.
        """
        async with self._database.read(member.tenant) as work:
            share = await work.shares.of(share_id)
        if share is None or share.other != member.slack_id or not share.accepted:
            raise NoLongerShared
        await self._people.hold(member.tenant, share)
        now = self._clock.now()
        async with self._database.write(member.tenant) as work:
            look_id = await work.looks.at_one(share_id, kind, at=now)
            # Changed or ended while Slack was asked.
            share = await work.shares.of(share_id)
            marks = await work.manager_marks.of(share_id)
        if look_id is None or share is None or not share.accepted:
            raise NoLongerShared
        return await self._shown(member.tenant, share, marks), look_id

    async def seen(self, member: Member, share_id: int) -> SharedGoal:
        """Return what is shown of a shared goal for a letter about it, which is no look.

        Raises:
            NoLongerShared: nothing is shared with them by that, now.
            StoreUnavailable, CatalogueUnavailable: nothing is shown.
        """
        async with self._database.read(member.tenant) as work:
            share = await work.shares.of(share_id)
            marks = await work.manager_marks.of(share_id)
        if share is None or share.other != member.slack_id or not share.accepted:
            raise NoLongerShared
        return await self._shown(member.tenant, share, marks)

    async def shown(self, tenant: Tenant, share: Share) -> SharedGoal:
        """Return what an accepted share shows, for whoever has just been told that it is theirs.

        Nothing stands in the other's column.

        Raises:
            NoLongerShared: its goal is over.
            StoreUnavailable, CatalogueUnavailable: nothing is shown.
        """
        return await self._shown(tenant, share, ())

    async def own_column(self, member: Member, share_id: int) -> SharedGoal:
        """Return what a member was sent about a goal that they share: no draft, no unmarked item.

        It stands beside all that they say themselves, also what they do not show.

        Raises:
            NoLongerShared: it has ended, or is not the member's.
            StoreUnavailable, CatalogueUnavailable: nothing is shown.
        """
        async with self._database.read(member.tenant) as work:
            share = await work.shares.of(share_id)
            marks = await work.manager_marks.of(share_id)
        if share is None or share.owner != member.slack_id or not share.accepted:
            raise NoLongerShared
        return sent_only(await self._shown(member.tenant, share, marks, Side.OWNER))

    async def opened(self, member: Member, share_id: int, kind: LookKind) -> int:
        """Note that a member opens something of an accepted share; return the look's id.

        Raises:
            NoLongerShared: nothing is shared with them by that, now.
            StoreUnavailable: it is not noted.
        """
        async with self._database.write(member.tenant) as work:
            share = await work.shares.of(share_id)
            if share is None or share.other != member.slack_id or not share.accepted:
                raise NoLongerShared
            look_id = await work.looks.at_one(share_id, kind, at=self._clock.now())
        if look_id is None:
            raise NoLongerShared
        return look_id

    async def shown_in(self, member: Member, look_id: int, view_id: str) -> None:
        """Note in which modal a look goes on, so that it can be closed to them.

        Where the share ended while it was opened, it is closed by an errand.

        Raises:
            StoreUnavailable: it is not noted.
        """
        async with self._database.write(member.tenant) as work:
            if not await work.looks.shown_in([look_id], view_id):
                closed = TakenBack(views=((view_id, member.spoken),))
                await work.letters.take_back(closed, at=self._clock.now())

    async def _shown(
        self,
        tenant: Tenant,
        share: Share,
        history: Sequence[ManagerMark],
        side: Side = Side.OTHER,
    ) -> SharedGoal:
        """Return what a share shows to a side of it now, with all that the other has marked."""
        seen = await self._way.to(tenant, share, side)
        pinned = await self._measuring.pinned_catalogue(seen.owner, seen.shelf)
        if seen.measured is None or pinned is None:
            raise NoLongerShared
        names = NamedIn(pinned, seen.shelf.catalogue.moves)
        marks = [replace(each, cell=names.cell(each.cell)) for each in history]
        return with_column(shared_goal(share, seen.growth, seen.measured, pinned), marks)
