"""Brings helpers and learners together: proposes pairs, takes their answers."""

from dataclasses import replace

from bot.domain.errors import OutdatedCard
from bot.domain.revision import Catalogue
from bot.domain.teams.helping.pairs import Meeting, Pair, Proposal, proposals
from bot.domain.teams.letter import LetterKind
from bot.domain.tenancy import Member, Tenant
from bot.log import get_logger
from bot.services.lookup.held_catalogues import Catalogues
from bot.services.members.directory import Members
from bot.services.ports import Clock
from bot.services.teams.letters import Letters
from bot.store.database import Database
from bot.store.unit_of_work import UnitOfWork

log = get_logger()


class Pairing:
    """Pairs of all workspaces. `turn` is called every few minutes."""

    def __init__(
        self,
        database: Database,
        *,
        catalogues: Catalogues,
        members: Members,
        letters: Letters,
        clock: Clock,
    ) -> None:
        self._database = database
        self._catalogues = catalogues
        self._members = members
        self._letters = letters
        self._clock = clock

    async def turn(self) -> None:
        """Propose what can be proposed now, in every workspace.

        Raises:
            StoreUnavailable, CatalogueUnavailable: the rest is proposed at a later turn.
        """
        for tenant in await self._database.helping.workspaces_with_wishes(now=self._clock.now()):
            await self._bring_together(tenant)

    async def of(self, member: Member, pair_id: int) -> Pair | None:
        """Return a pair as the member sees it; None where they have no part in it.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        async with self._database.read(member.tenant) as work:
            return await work.pairs.of(member.slack_id, pair_id)

    async def answer(self, member: Member, pair_id: int, *, yes: bool) -> Pair:
        """Keep a member's answer; where both said yes, each is told of the other.

        Raises:
            OutdatedCard: the member has no part in such a pair.
            StoreUnavailable: nothing was changed.
        """
        async with self._database.write(member.tenant) as work:
            before = await work.pairs.of(member.slack_id, pair_id)
            if before is None or not await work.members.keep(member.slack_id, before.other):
                raise OutdatedCard
            pair = await work.pairs.answer(member.slack_id, pair_id, yes=yes)
            if pair is None:
                raise OutdatedCard
            if pair.introduced and not before.introduced:
                await self._tell(work, pair_id, member.slack_id, pair.other)
        return pair

    async def _bring_together(self, tenant: Tenant) -> None:
        now = self._clock.now()
        async with self._database.read(tenant) as work:
            meeting = await work.pairs.meeting(now=now)
        catalogue = await self._catalogue(tenant, meeting)
        if catalogue is None:
            return
        found = proposals(_named(meeting, catalogue), now=now)
        for each in found:
            await self._propose(tenant, each)
        async with self._database.write(tenant) as work:
            await work.pairs.lapse(now=now)

    async def _propose(self, tenant: Tenant, proposal: Proposal) -> None:
        async with self._database.write(tenant) as work:
            if not await work.members.keep(proposal.helper.slack_id, proposal.learner.slack_id):
                return
            pair = await work.pairs.propose(proposal, at=self._clock.now())
            if pair is not None:
                await self._tell(work, pair, proposal.helper.slack_id, proposal.learner.slack_id)
                log.info("pair_proposed", team=tenant.team_id, pair=pair)

    async def _tell(self, work: UnitOfWork, pair: int, one: str, other: str) -> None:
        for to, author in ((one, other), (other, one)):
            await self._letters.write(
                work, to=to, author=author, kind=LetterKind.PAIR, subject=pair
            )

    async def _catalogue(self, tenant: Tenant, meeting: Meeting) -> Catalogue | None:
        for hand in meeting.hands[:1]:
            member = await self._members.known(tenant, hand.slack_id)
            if member is not None:
                shelf = await self._catalogues.of(member.catalogue_key, passing=True)
                return shelf.catalogue
        return None


def _named(meeting: Meeting, catalogue: Catalogue) -> Meeting:
    """Return the same with each skill as the catalogue calls it, without those that have gone."""
    moves = catalogue.moves
    hands = (replace(each, skill=moves.skill(each.skill)) for each in meeting.hands)
    return Meeting(
        tuple(each for each in hands if catalogue.skill(each.skill)),
        tuple(replace(each, skill=moves.skill(each.skill)) for each in meeting.proposed),
        meeting.asked_at,
    )
