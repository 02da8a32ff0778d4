"""The member's Home: where they stand, and what could come next."""

from dataclasses import replace

from bot.domain.answers import GapReport, GoalReport
from bot.domain.growth.holdings import Growth
from bot.domain.growth.standing import Standings
from bot.domain.home_page import RECENT, HomePage
from bot.domain.local_time import local_day
from bot.domain.lookup.requests import ANYONE, ShowGap, Viewer, viewer_of
from bot.domain.lookup.rung import Rung, rung_of
from bot.domain.lookup.skill_offer import named_offers
from bot.domain.named_in import named_actions
from bot.domain.revision import Catalogue
from bot.domain.tenancy import Member
from bot.services.catalogue.rights import CatalogueRights
from bot.services.growth.cache import GrowthCache
from bot.services.growth.measuring import Measuring
from bot.services.growth.own_state import with_own_state
from bot.services.lookup.former_names import FormerNames
from bot.services.lookup.promotions import gap_body
from bot.services.lookup.shelves import Shelf
from bot.services.nudges.settings import outlook
from bot.services.ports import Clock
from bot.store.database import Database


class HomePages:
    """Puts members' Homes together."""

    def __init__(
        self,
        database: Database,
        growth: GrowthCache,
        measuring: Measuring,
        rights: CatalogueRights,
        former: FormerNames,
        clock: Clock,
    ) -> None:
        self._database = database
        self._growth = growth
        self._measuring = measuring
        self._rights = rights
        self._former = former
        self._clock = clock

    async def of(self, member: Member, shelf: Shelf) -> HomePage:
        """Return what the member's Home shows.

        Raises:
            StoreUnavailable: what the member holds is not at hand, and the store does not answer.
        """
        growth = (await self._growth.of(member)).growth
        goal = await self._measuring.report(member, shelf)
        standings = await self._measuring.standings(growth, shelf.catalogue, shelf)
        former = await self._former.skills(growth, shelf)
        page = replace(
            page_of(shelf.catalogue, viewer_of(member), standings, growth, goal),
            today=local_day(self._clock.now(), member.time_zone),
            actions=named_actions(growth.actions, shelf.catalogue, former),
            offers=named_offers(growth.offers, shelf.catalogue, former),
        )
        has_goal, rights = growth.active_goal is not None, self._rights.known(member)
        async with self._database.read(member.tenant) as work:
            found = await work.states.home(member.slack_id)
        if rights is None:
            # The panel below asks for them next: by then they are at hand.
            await self._rights.by_grants(member, found.owners)
        page = replace(page, sharing=found.sharing, talks=found.talks)
        if not has_goal:
            return page
        nudges = outlook(member, found.policy, found.plan, has_goal=True)
        return replace(page, nudges=nudges, paused=nudges.paused(self._clock.now()))


def page_of(
    catalogue: Catalogue,
    viewer: Viewer,
    standings: Standings,
    growth: Growth,
    goal: GoalReport | None,
) -> HomePage:
    """Put Home together from what is known of the member."""
    rung = rung_of(catalogue, viewer)
    unplaced = [each for each in growth.evidence if not each.supports]
    return HomePage(
        roles=catalogue.content.roles,
        rung=rung,
        lost=rung is None and viewer.role is not None,
        goal=goal,
        steps=_steps(catalogue, viewer, standings, rung) if rung else (),
        evidence=growth.evidence[:RECENT],
        pieces=len(growth.evidence),
        to_place=tuple(unplaced[:RECENT]),
        unplaced=len(unplaced),
        example=None if rung else _example(catalogue),
    )


def _example(catalogue: Catalogue) -> GapReport | None:
    """Return a way half up the first role's ladder that changes something."""
    for role in catalogue.content.roles[:1]:
        levels = role.ladder.levels
        for level in (*levels[len(levels) // 2 :], *levels[1:]):
            body = gap_body(catalogue, ShowGap(role.key, (level.key,)), ANYONE)
            if isinstance(body, GapReport) and body.gap.gaps:
                return body
    return None


def _steps(
    catalogue: Catalogue, viewer: Viewer, standings: Standings, rung: Rung
) -> tuple[GapReport, ...]:
    found = []
    for level in rung.role.ladder.above(rung.level):
        request = ShowGap(rung.role.key, (level.key,))
        body = with_own_state(gap_body(catalogue, request, viewer), standings, None)
        if isinstance(body, GapReport):
            found.append(body)
    return tuple(found)
