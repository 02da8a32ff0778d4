"""Writes a brief to both before each talk, and tells what it says when it is sent."""

from datetime import datetime

from bot.domain.local_time import zone_named
from bot.domain.named_in import settled
from bot.domain.teams.agreed import Side, person_of
from bot.domain.teams.briefing import Told, brief_of
from bot.domain.teams.errors import NoLongerShared
from bot.domain.teams.letter import LetterKind
from bot.domain.teams.rhythm import LATE, brief_moment, next_talk, too_late
from bot.domain.teams.share import Share
from bot.domain.teams.shared_growth import seen_growth
from bot.domain.teams.talk import Brief
from bot.domain.tenancy import Member
from bot.log import get_logger
from bot.services.growth.cache import GrowthCache
from bot.services.growth.goals import Goals
from bot.services.lookup.shelves import Catalogues
from bot.services.members.directory import Members
from bot.services.ports import Clock
from bot.services.teams.agreeing import shared
from bot.services.teams.letters import Letters
from bot.store.database import Database
from bot.store.teams.due_talks import DueTalk
from bot.store.unit_of_work import UnitOfWork

AT_ONCE = 50

log = get_logger()


class Briefs:
    """Briefs of 1:1 talks. `turn` is called every half minute or so."""

    def __init__(
        self,
        database: Database,
        letters: Letters,
        growth: GrowthCache,
        goals: Goals,
        catalogues: Catalogues,
        members: Members,
        clock: Clock,
    ) -> None:
        self._database = database
        self._letters = letters
        self._growth = growth
        self._goals = goals
        self._catalogues = catalogues
        self._members = members
        self._clock = clock

    async def turn(self) -> None:
        """Write the briefs that are due; any number of processes may do it at once.

        Raises:
            StoreUnavailable: the rest is written at a later turn.
        """
        now = self._clock.now()
        for due in await self._database.due_talks.due(now=now, most=AT_ONCE):
            await self._write(due, now)

    async def _write(self, due: DueTalk, now: datetime) -> None:
        """Write what is due for a talk and say what is due next, all in one transaction.

        Talks that went by meanwhile get no brief: the next one stands for them.
        """
        async with self._database.write(due.tenant) as work:
            held, share = await work.talks.rhythm(due.share_id), await work.shares.of(due.share_id)
            if held is None or held.next_at is None or share is None or not share.accepted:
                return
            at = held.next_at
            if too_late(at, now=now):
                at = next_talk(held.rhythm, after=now)
            moments = {side: await self._moment(work, share, side, at) for side in Side}
            now_due = [side for side, moment in moments.items() if moment <= now]
            talk_id = await work.talks.begin(share.id, at) if now_due else 0
            told = await work.talks.briefed(talk_id) if now_due else frozenset()
            later = [moments[side] for side in Side if side not in now_due]
            # Once both have it, the talk itself goes by.
            then = min(later, default=at + LATE)
            if not await work.talks.move_on(share.id, before=due.at, next_at=at, due_at=then):
                return
            for side in now_due:
                if side not in told:
                    await work.talks.brief(talk_id, side)
                    await self._letter(work, share, side, talk_id)
        if talk_id:
            log.info("brief_due", team=due.tenant.team_id, talk=talk_id)

    async def _moment(
        self, work: UnitOfWork, share: Share, side: Side, talk_at: datetime
    ) -> datetime:
        """Return when one of the two gets the brief, where they are now."""
        whom = person_of(share, side)
        policy, plan = await work.plans.policy(), await work.plans.of(whom)
        member = await work.members.get(whom)
        zone = plan.plan.zone if plan else member.time_zone if member else "UTC"
        return brief_moment(talk_at, zone=zone_named(zone), working=policy.working)

    async def _letter(self, work: UnitOfWork, share: Share, side: Side, talk_id: int) -> None:
        await self._letters.write(
            work,
            to=person_of(share, side),
            author=person_of(share, side.opposite),
            kind=LetterKind.BRIEF,
            subject=talk_id,
            share_id=share.id,
        )

    async def of(self, member: Member, talk_id: int) -> Brief | None:
        """Return the brief of a talk as the member may read it now; None where it is too late.

        Raises:
            NoLongerShared: nothing is shared by that between them and anybody, now.
            StoreUnavailable, CatalogueUnavailable: it cannot be told now.
        """
        async with self._database.read(member.tenant) as work:
            talk = await work.talks.get(talk_id)
            if talk is None:
                raise NoLongerShared
            share, side = await shared(work, member, talk.share_id)
            before = await work.talks.before(share.id, talk.at)
            delta = await work.agreed.of(share.id)
            points = await work.talks.points(share.id)
        if too_late(talk.at, now=self._clock.now()):
            return None
        owner = await self._members.known(member.tenant, share.owner)
        if owner is None:
            raise NoLongerShared
        shelf = await self._catalogues.of(owner.catalogue_key)
        owner = settled(owner, shelf.catalogue)
        growth = (await self._growth.of(owner)).growth
        goal = growth.active_goal
        if goal is None or goal.id != share.goal_id:
            raise NoLongerShared
        if side is Side.OTHER:
            growth = seen_growth(growth, share)
        measured = await self._goals.measured(owner, shelf, growth)
        return brief_of(
            Told(
                share=share,
                side=side,
                talk=talk,
                since=before.at if before else _began(share),
                growth=growth,
                report=measured.report if measured else None,
                delta=delta,
                points=points,
            )
        )


def _began(share: Share) -> datetime:
    return share.accepted_at or share.asked_at
