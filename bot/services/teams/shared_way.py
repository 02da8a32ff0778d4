"""The one way from a share to the goal that it is about, as one of the two may see it."""

from bot.domain.answers import GoalReport
from bot.domain.growth.holdings import Growth
from bot.domain.named_in import settled
from bot.domain.teams.agreed import Side
from bot.domain.teams.errors import NoLongerShared
from bot.domain.teams.share import Share
from bot.domain.teams.shared_goal import growth_for
from bot.domain.tenancy import Member, Tenant
from bot.services.growth.cache import GrowthCache
from bot.services.growth.measuring import Measuring
from bot.services.lookup.held_catalogues import Catalogues
from bot.services.lookup.shelves import Shelf
from bot.services.members.directory import Members
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class GoalOfShare:
    """A shared goal: whose it is, on which shelf, and measured by what may be seen of `growth`."""

    owner: Member
    shelf: Shelf
    growth: Growth
    measured: GoalReport | None


class SharedWay:
    """Leads to somebody else's goal. Whether the share is accepted, and by whom, its user asks."""

    def __init__(
        self, growth: GrowthCache, measuring: Measuring, catalogues: Catalogues, members: Members
    ) -> None:
        self._growth = growth
        self._measuring = measuring
        self._catalogues = catalogues
        self._members = members

    async def to(self, tenant: Tenant, share: Share, side: Side | None) -> GoalOfShare:
        """Return the goal as a side sees it; for None as the catalogue alone has it.

        Raises:
            NoLongerShared: its owner is known no more, or works towards another goal.
            StoreUnavailable, CatalogueUnavailable: it cannot be told now.
        """
        owner = await self._members.known(tenant, share.owner)
        if owner is None:
            raise NoLongerShared
        shelf = await self._catalogues.of(owner.catalogue_key)
        owner = settled(owner, shelf.catalogue)
        growth = (await self._growth.of(owner)).growth
        goal = growth.active_goal
        if goal is None or goal.id != share.goal_id:
            raise NoLongerShared
        seen = growth_for(side, growth, share)
        return GoalOfShare(owner, shelf, seen, await self._measuring.measured(owner, shelf, seen))
