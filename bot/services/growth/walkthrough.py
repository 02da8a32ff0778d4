"""Assess oneself for a level: what there is to walk through, and where the member stands."""

from dataclasses import replace

from bot.domain.answers import AtFoot, AtTop, GapReport, NeedsLevel, NotAbove
from bot.domain.errors import OutdatedCard
from bot.domain.growth.standing import Standings
from bot.domain.growth.walkthrough import Walk, held_before, walk_of_gap, walk_of_level
from bot.domain.lookup.gone import gone_level, nothing_asked
from bot.domain.lookup.requests import ShowGap, Viewer, viewer_of
from bot.domain.lookup.rung import Rung
from bot.domain.revision import Catalogue
from bot.domain.tenancy import Member
from bot.services.growth.cache import GrowthCache
from bot.services.growth.measuring import Measuring
from bot.services.lookup.promotions import gap_body
from bot.services.lookup.shelves import Shelf


class Walkthroughs:
    """Finds what members can assess."""

    def __init__(self, growth: GrowthCache, measuring: Measuring) -> None:
        self._growth = growth
        self._measuring = measuring

    async def of(self, member: Member, shelf: Shelf, target: ShowGap, *, since: int = 0) -> Walk:
        """Return what the member can assess for a target.

        What leads to the member's goal is asked as the goal's own revision has it. With `since`
        (see `Assess`), the walk tells what has changed since then.

        Raises:
            LeftCatalogue: the catalogue has no such target any more, or asks for nothing there.
            StoreUnavailable: what the member holds is not at hand, and the store does not answer.
        """
        growth = (await self._growth.of(member)).growth
        goal, catalogue = growth.active_goal, shelf.catalogue
        is_goal = goal is not None and (goal.role, (goal.level,)) == (
            target.role,
            target.levels[:1],
        )
        if is_goal:
            pinned = await self._measuring.pinned_catalogue(member, shelf)
            if pinned is not None and _has(pinned, target):
                catalogue = pinned
        standings = await self._measuring.standings(growth, catalogue, shelf)
        found = replace(walk(catalogue, target, viewer_of(member), standings), is_goal=is_goal)
        if not since:
            return found
        earlier = await self._measuring.standings(held_before(growth, since), catalogue, shelf)
        return found.compared_with(earlier, since)


def _has(catalogue: Catalogue, target: ShowGap) -> bool:
    """Tell whether a revision, perhaps in part, has the roles that a target names."""
    named = filter(None, (target.role, target.origin_role))
    return all(catalogue.role(each) is not None for each in named)


def walk(catalogue: Catalogue, target: ShowGap, viewer: Viewer, standings: Standings) -> Walk:
    """Walk through a gap; where there is none to the target, through all that its level asks for.

    Raises:
        LeftCatalogue: the catalogue has no such target any more, or asks for nothing there.
        OutdatedCard: the target names no level.
    """
    body = gap_body(catalogue, target, viewer)
    match body:
        case NeedsLevel(role) if target.levels:
            raise gone_level(role, target.levels[0])
        case GapReport(gap) if gap.gaps:
            return replace(walk_of_gap(gap, standings), today=body.today)
        case GapReport(gap):
            rung: Rung | None = gap.target
        case AtFoot(rung) | NotAbove(rung) | AtTop(rung):
            pass
        case _:
            rung = None
    found = walk_of_level(catalogue, rung, standings) if rung else None
    if rung is None:
        raise OutdatedCard
    if found is None or not found.steps:
        raise nothing_asked(rung)
    return found
