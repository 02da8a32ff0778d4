"""Writes a brief to both before each talk, and tells what it says when it is sent."""

from datetime import datetime

from bot.domain.local_time import local_day, zone_named
from bot.domain.teams.agreed import Side, person_of
from bot.domain.teams.briefing import Told, brief_of
from bot.domain.teams.errors import NoLongerShared
from bot.domain.teams.letter import LetterKind
from bot.domain.teams.rhythm import FARTHEST, LATE, brief_moment, next_talk, too_late
from bot.domain.teams.share import Share
from bot.domain.teams.talk import Brief
from bot.domain.tenancy import Member
from bot.log import get_logger
from bot.services.ports import Clock
from bot.services.teams.agreeing import shared
from bot.services.teams.letters import Letters
from bot.services.teams.shared_way import SharedWay
from bot.store.database import Database
from bot.store.teams.due_talks import DueTalk
from bot.store.unit_of_work import UnitOfWork

AT_ONCE = 50

log = get_logger()


class Briefs:
    """Briefs of 1:1 talks. `turn` is called every half minute or so."""

    def __init__(self, database: Database, letters: Letters, way: SharedWay, clock: Clock) -> None:
        self._database = database
        self._letters = letters
        self._way = way
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

        Talks that went by meanwhile get no brief: the next one stands for them. Where one of the
        two has it already, the other gets it as well.
        """
        async with self._database.write(due.tenant) as work:
            share = await work.shares.held(due.share_id)
            held = await work.talks.rhythm(due.share_id)
            if held is None or held.next_at is None or share is None or not share.accepted:
                return
            at, told = held.next_at, await work.talks.briefed(share.id, held.next_at)
            if too_late(at, other_has_it=len(told) == 1, now=now) or at > now + FARTHEST:
                at = next_talk(held.rhythm, after=now)
                told = await work.talks.briefed(share.id, at)
            moments = {side: await self._moment(work, share, side, at) for side in Side}
            now_due = [side for side, moment in moments.items() if moment <= now]
            talk_id = await work.talks.begin(share.id, at) if now_due else 0
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

        Once it was sent to one of the two it is not too late for the other: see `too_late`.

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
            sent_to = await work.letters.sent_to(kind=LetterKind.BRIEF, subject=talk_id)
        now, since = self._clock.now(), before.at if before else _began(share)
        if too_late(talk.at, other_has_it=bool(sent_to), now=now):
            return None
        seen = await self._way.to(member.tenant, share, side)
        return brief_of(
            Told(
                share=share,
                side=side,
                talk=talk,
                since=since,
                growth=seen.growth,
                report=seen.measured.report if seen.measured else None,
                # What has counted since the talk before is talked about, too.
                delta=delta.on(local_day(since, member.time_zone)),
                points=points,
                begun=talk.at <= now,
            )
        )


def _began(share: Share) -> datetime:
    return share.accepted_at or share.asked_at
