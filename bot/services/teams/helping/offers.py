"""Offers of help and wishes to learn: made, taken back, and found by members of the workspace."""

from bot.domain.lookup.gone import gone
from bot.domain.lookup.skill_offer import MOST, HelpSide, SkillOffer, TooManyOffers
from bot.domain.moves import Moves
from bot.domain.revision import Catalogue
from bot.domain.teams.helping.helpers import PAGE, HelpersSeen
from bot.domain.tenancy import Member
from bot.log import get_logger
from bot.services.growth.cache import GrowthCache
from bot.services.growth.changes import GrowthChanges
from bot.services.teams.helping.accounts import Accounts
from bot.services.teams.helping.helper_index import HelperIndex
from bot.store.errors import StoreUnavailable

log = get_logger()


class HelpOffers:
    """What members offer each other. Guests see nothing of it, and offer nothing."""

    def __init__(
        self,
        changes: GrowthChanges,
        growth: GrowthCache,
        accounts: Accounts,
        index: HelperIndex,
    ) -> None:
        self._changes = changes
        self._growth = growth
        self.accounts = accounts
        self.index = index

    async def change(
        self, member: Member, catalogue: Catalogue, skill: str, side: HelpSide, *, on: bool
    ) -> None:
        """Offer help with a skill or want to learn it, or no longer: also one that has gone.

        Raises:
            LeftCatalogue: the catalogue has no such skill to offer anything for.
            NotForGuests, AccountUnknown: see `Accounts.check`; only to offer.
            TooManyOffers: the member has as many already as they may.
            StoreUnavailable: nothing was changed.
        """
        if on:
            if catalogue.skill(skill) is None:
                raise gone("skill", skill)
            await self.accounts.check(member.tenant, member.slack_id)
        async with self._changes.change(member) as change:
            same = _keys(skill, catalogue.moves) & _skills(change.growth.offers, side)
            if not on:
                await change.take_back_offer(same or {skill}, side)
            elif not same:
                if len(_skills(change.growth.offers, side)) >= MOST:
                    raise TooManyOffers(limit=MOST)
                await change.add_offer(skill, side)
        self.index.drop(member.tenant)

    async def count(self, member: Member, catalogue: Catalogue, skill: str) -> int | None:
        """Return how many members offer help with a skill, None where the reader is a guest.

        Who the reader is, is asked only where there is something to tell; where Slack does not say,
        nothing is told (0). No query where the workspace's helpers are at hand.
        """
        tenant, slack_id = member.tenant, member.slack_id
        if self.accounts.at_hand(tenant, slack_id) is False:
            return None
        try:
            helpers = await self.index.of(tenant)
        except StoreUnavailable as error:
            log.info("helpers_unknown", team=tenant.team_id, reason=str(error))
            return 0
        people = helpers.of(skill, catalogue.moves)
        if not people:
            return 0
        full = await self.accounts.is_member(tenant, slack_id)
        if full is None:
            return 0
        return len(people) if full else None

    async def seen(
        self, member: Member, catalogue: Catalogue, skill: str, page: int = 0
    ) -> HelpersSeen:
        """Return a page of who offers help with a skill.

        Raises:
            LeftCatalogue: the catalogue has no such skill.
            NotForGuests, AccountUnknown: see `Accounts.check`.
            StoreUnavailable: the store does not answer.
        """
        found = catalogue.skill(skill)
        if found is None:
            raise gone("skill", skill)
        await self.accounts.check(member.tenant, member.slack_id)
        people = (await self.index.of(member.tenant)).of(skill, catalogue.moves)
        growth = (await self._growth.of(member)).growth
        keys = _keys(skill, catalogue.moves)
        own = frozenset(each.side for each in growth.offers if each.skill in keys)
        pages = max(1, -(-len(people) // PAGE))
        page = min(page, pages - 1)
        shown = people[page * PAGE : (page + 1) * PAGE]
        return HelpersSeen(found, len(people), shown, page, pages, own)


def _keys(skill: str, moves: Moves) -> frozenset[str]:
    """Return every key under which a skill may have been offered."""
    return frozenset({skill, *(old for old, new in moves.skills.items() if new == skill)})


def _skills(offers: tuple[SkillOffer, ...], side: HelpSide) -> frozenset[str]:
    return frozenset(each.skill for each in offers if each.side is side)
