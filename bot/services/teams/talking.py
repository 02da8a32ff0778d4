"""The talks of two people: their rhythm, and what they noted; either of the two may change it."""

from dataclasses import replace
from datetime import time

from bot.domain.errors import OutdatedCard
from bot.domain.local_time import known_zone
from bot.domain.teams.agreed import Side, person_of
from bot.domain.teams.errors import NoLongerShared
from bot.domain.teams.rhythm import HeldRhythm, Often, RhythmState, begun, next_talk
from bot.domain.teams.share import Share
from bot.domain.teams.talk import MOST_OPEN, CannotNote, points_of
from bot.domain.teams.talk_page import TalkPage
from bot.domain.tenancy import Member
from bot.services.ports import Clock
from bot.services.teams.agreeing import Agreeing, shared, theirs
from bot.store.database import Database
from bot.store.unit_of_work import UnitOfWork


class Talking:
    """What either of the two does with their talks."""

    def __init__(self, database: Database, agreeing: Agreeing, clock: Clock) -> None:
        self._database = database
        self._agreeing = agreeing
        self._clock = clock

    async def page(self, member: Member, share_id: int) -> TalkPage:
        """Return all that the two have between them: what counts, the rhythm, open points.

        Raises:
            NoLongerShared: nothing is shared by that between them and anybody, now.
            StoreUnavailable, CatalogueUnavailable: it cannot be told now.
        """
        seen = await self._agreeing.seen(member, share_id)
        async with self._database.read(member.tenant) as work:
            rhythm = await work.talks.rhythm(share_id)
            noted = await work.talks.points(share_id)
            last = await work.talks.before(share_id, self._clock.now())
            zone = await _zone(work, person_of(seen.share, seen.side.opposite))
        points = tuple(each for each in noted if each.seen_by(seen.side))
        return TalkPage(seen, rhythm, points, last, member.time_zone, zone)

    async def set(
        self, member: Member, share_id: int, *, often: Often, weekday: int, at: time, zone: str
    ) -> HeldRhythm:
        """Talk in this rhythm from now on; `zone` is an IANA name.

        Raises:
            NoLongerShared: see `page`.
            OutdatedCard: there is no such zone.
            StoreUnavailable: nothing was changed.
        """
        if known_zone(zone) is None:
            raise OutdatedCard
        now = self._clock.now()
        async with self._database.write(member.tenant) as work:
            _, side = await self._held(work, member, share_id)
            before = await work.talks.rhythm(share_id)
            rhythm = begun(
                often, weekday, at, zone, now=now, keeps=before.rhythm if before else None
            )
            coming = next_talk(rhythm, after=now)
            # Whoever looks first works out when each of the two gets the brief.
            held = HeldRhythm(share_id, rhythm, RhythmState.ON, coming, side, now, now)
            await work.talks.keep_rhythm(held)
        return held

    async def turn(self, member: Member, share_id: int, state: RhythmState) -> HeldRhythm:
        """Pause the rhythm, go on with it, or end it.

        Raises:
            NoLongerShared: see `page`; also where there is no rhythm.
            StoreUnavailable: nothing was changed.
        """
        now = self._clock.now()
        async with self._database.write(member.tenant) as work:
            _, side = await self._held(work, member, share_id)
            before = await work.talks.rhythm(share_id)
            if before is None:
                raise NoLongerShared
            coming = next_talk(before.rhythm, after=now) if state is RhythmState.ON else None
            due = now if coming else None
            held = replace(before, state=state, next_at=coming, by=side, set_at=now, due_at=due)
            await work.talks.keep_rhythm(held)
        return held

    async def note(
        self, member: Member, share_id: int, text: str, *, both: bool, token: str
    ) -> TalkPage:
        """Note what was agreed, one point a line; for both, or for oneself alone.

        The points belong to the last talk; without one, to a talk of this moment. The same `token`,
        which names the form, again keeps nothing more.

        Raises:
            NoLongerShared: see `page`.
            CannotNote, TextTooLong: see `points_of`.
            StoreUnavailable: nothing was kept.
        """
        points, now = points_of(text), self._clock.now()
        async with self._database.write(member.tenant) as work:
            _, side = await self._held(work, member, share_id)
            if await work.talks.count_open(share_id) + len(points) > MOST_OPEN:
                raise CannotNote(why="full")
            last = await work.talks.before(share_id, now)
            talk_id = last.id if last else await work.talks.begin(share_id, now)
            await work.talks.note(talk_id, points, by=side, both=both, token=token, at=now)
        return await self.page(member, share_id)

    async def done(self, member: Member, point_id: int) -> TalkPage:
        """Note that a point is done; one that was stays so.

        Raises:
            NoLongerShared: there is no such point that they may see.
            StoreUnavailable: nothing was changed.
        """
        async with self._database.write(member.tenant) as work:
            found = await work.talks.point(point_id)
            if found is None:
                raise NoLongerShared
            point, share_id = found
            _, side = await self._held(work, member, share_id)
            if not point.seen_by(side):
                raise NoLongerShared
            await work.talks.done(point_id, at=self._clock.now())
        return await self.page(member, share_id)

    async def _held(self, work: UnitOfWork, member: Member, share_id: int) -> tuple[Share, Side]:
        """Hold the row of whose goal it is, for which both wait, and read the share anew."""
        share, _ = await shared(work, member, share_id)
        await work.members.hold(share.owner, at=self._clock.now())
        return theirs(await work.shares.held(share_id), member)


async def _zone(work: UnitOfWork, slack_id: str) -> str:
    found = await work.members.get(slack_id)
    return found.time_zone if found else "UTC"
