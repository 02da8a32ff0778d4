"""What a member takes to a promotion talk: the packet, and how they came to where they stand."""

import asyncio
from typing import Protocol

from bot.domain.answers import GapReport
from bot.domain.errors import NoGoalThere, OutdatedCard
from bot.domain.growth.goal import Goal
from bot.domain.growth.holdings import Growth
from bot.domain.growth.own_gap import goal_request, with_marked
from bot.domain.growth.packet import (
    AgreedPoint,
    ManagersMark,
    Packet,
    Voice,
    packet_items,
    progress_in,
)
from bot.domain.growth.progress_history import (
    NoHistory,
    ProgressHistory,
    progress_history,
)
from bot.domain.local_time import zone_named
from bot.domain.lookup.gap import PromotionGap
from bot.domain.lookup.requests import ANYONE, ShowGap, Viewer, viewer_of
from bot.domain.named_in import history_named_in
from bot.domain.revision import Catalogue
from bot.domain.tenancy import Member
from bot.services.growth.cache import GrowthCache
from bot.services.growth.goals import no_way
from bot.services.growth.measuring import Measuring
from bot.services.lookup.promotions import gap_body
from bot.services.lookup.shelves import Shelf
from bot.services.ports import Clock, Profiles
from bot.store.database import Database


class Voices(Protocol):
    """What colleagues said, as far as the member takes it along."""

    async def voices(
        self, member: Member, shelf: Shelf, catalogue: Catalogue
    ) -> tuple[Voice, ...]: ...


class Others(Protocol):
    """What others say of the member's goal, as far as it is the member's to take along."""

    async def managers(
        self, member: Member, shelf: Shelf, catalogue: Catalogue
    ) -> tuple[ManagersMark, ...]: ...

    async def agreed(
        self, member: Member, growth: Growth, shelf: Shelf, catalogue: Catalogue
    ) -> tuple[AgreedPoint, ...]: ...


class Packets:
    """Gathers what documents are made of. Reads only what is the member's own."""

    def __init__(
        self,
        database: Database,
        growth: GrowthCache,
        measuring: Measuring,
        clock: Clock,
        profiles: Profiles,
        voices: Voices,
        others: Others,
    ) -> None:
        self._database = database
        self._growth = growth
        self._measuring = measuring
        self._clock = clock
        self._profiles = profiles
        self._voices = voices
        self._others = others

    async def packet(self, member: Member, shelf: Shelf, request: ShowGap) -> Packet:
        """Return the packet for the target of a gap.

        Where that is the member's goal, it is measured on the revision that the goal is pinned to.

        Raises:
            LeftCatalogue: the request names something that the catalogue does not have.
            NoGoalThere: no way leads to that target.
            StoreUnavailable: the store does not answer.
        """
        growth = (await self._growth.of(member)).growth
        goal, catalogue = growth.goal, shelf.catalogue
        pinned = await self._measuring.pinned_catalogue(member, shelf)
        if goal and pinned and _is_target(goal, request):
            catalogue = pinned
        else:
            goal = None
        report = _report(catalogue, request, viewer_of(member))
        gap = report.gap
        standings = await self._measuring.standings(growth, catalogue, shelf)
        items = packet_items(gap, standings)
        name, history, voices = await asyncio.gather(
            self._name(member),
            self._history(member, shelf, catalogue, gap, goal),
            self._voices.voices(member, shelf, catalogue),
        )
        return Packet(
            gap=with_marked(gap, standings),
            items=items,
            progress=progress_in(items),
            revision=catalogue.revision,
            goal=goal,
            taken_at=self._clock.now(),
            time_zone=member.time_zone,
            name=name,
            history=history,
            unplaced=tuple(each for each in growth.evidence if not each.supports),
            voices=voices,
            managers=await self._others.managers(member, shelf, catalogue) if goal else (),
            agreed=await self._others.agreed(member, growth, shelf, catalogue) if goal else (),
            today=report.today,
        )

    async def history(self, member: Member, shelf: Shelf) -> ProgressHistory | NoHistory:
        """Return how the member's progress towards their goal grew, or why there is none to tell.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        goal = (await self._growth.of(member)).growth.goal
        pinned = await self._measuring.pinned_catalogue(member, shelf)
        if goal is None or pinned is None:
            return NoHistory.NO_GOAL
        try:
            gap = _report(pinned, goal_request(goal), viewer_of(member)).gap
        except (OutdatedCard, NoGoalThere):
            return NoHistory.NO_WAY
        found = await self._history(member, shelf, pinned, gap, goal)
        return found or NoHistory.NOTHING_MARKED

    async def _history(
        self,
        member: Member,
        shelf: Shelf,
        catalogue: Catalogue,
        gap: PromotionGap,
        goal: Goal | None,
    ) -> ProgressHistory | None:
        growth = (await self._growth.of(member)).growth
        async with self._database.read(member.tenant) as work:
            marks = await work.growth.history_of(member.slack_id)
        # Marks that were replaced since are told by today's words where theirs are not at hand.
        words = await self._measuring.words(growth, catalogue, shelf)
        return progress_history(
            gap,
            words,
            history_named_in(marks, catalogue, shelf.catalogue.moves),
            now=self._clock.now(),
            zone=zone_named(member.time_zone),
            recounted_at=goal.recounted_at if goal else None,
        )

    async def _name(self, member: Member) -> str:
        """Return the member's name as Slack shows it; empty where Slack does not tell it."""
        profile = await self._profiles.profile(member.tenant, member.slack_id)
        return profile.name if profile else ""


def _is_target(goal: Goal, request: ShowGap) -> bool:
    return (goal.role, goal.level) == (request.role, next(iter(request.levels), None))


def _report(catalogue: Catalogue, request: ShowGap, viewer: Viewer) -> GapReport:
    """Return the way to a target: from the member's level, or else from the level below.

    The latter holds for a goal that was reached and is the member's recorded level by now.
    """
    for asker in (viewer, ANYONE):
        body = gap_body(catalogue, request, asker)
        if isinstance(body, GapReport):
            return body
    raise no_way(body, request)
