"""Goals: set, dropped, adopted, kept in their old words, reached once."""

from datetime import date, timedelta
from enum import Enum

from bot.domain.answers import AtFoot, AtTop, Body, GapReport, NeedsLevel, NotAbove
from bot.domain.days.target import usable_day
from bot.domain.errors import NextrungError, NoGoalThere
from bot.domain.framework import CellKey
from bot.domain.growth.goal import Goal, GoalState, Unshared
from bot.domain.growth.holdings import Growth
from bot.domain.growth.own_gap import OwnState, goal_request
from bot.domain.local_time import local_day
from bot.domain.lookup.gone import gone_level
from bot.domain.lookup.requests import ShowGap, viewer_of
from bot.domain.named_in import followed
from bot.domain.revision import Catalogue
from bot.domain.tenancy import Member
from bot.services.growth.cache import GrowthCache, HeldGrowth
from bot.services.growth.changes import GrowthChange, GrowthChanges
from bot.services.growth.enrolment import enrol, rest
from bot.services.growth.measuring import Measuring
from bot.services.growth.past import no_active_goal
from bot.services.lookup.promotions import gap_body
from bot.services.lookup.shelves import Shelf
from bot.services.ports import Clock


class Kept(Enum):
    """Stands for a goal's day that stays as it is."""

    DAY = "day"


_SAME_PRESS = timedelta(seconds=1)


class Goals:
    """Members' goals."""

    def __init__(
        self,
        measuring: Measuring,
        changes: GrowthChanges,
        growth: GrowthCache,
        clock: Clock,
    ) -> None:
        self._measuring = measuring
        self._changes = changes
        self._growth = growth
        self._clock = clock

    async def set(
        self,
        member: Member,
        shelf: Shelf,
        request: ShowGap,
        *,
        by: date | Kept | None = Kept.DAY,
    ) -> Unshared:
        """Make the target of a gap the member's goal, pinned to the shelf's revision.

        Returns whom the goal before it was shared with, where that ended with it.

        The same goal again changes nothing but the day, where one is named. `by` is the local day
        by which it is to be reached; None for no such day.

        Raises:
            LeftCatalogue: the request names something that the catalogue no longer has.
            NoGoalThere: there is no gap to that target.
            UnusableDay: nobody can plan for that day.
            StoreUnavailable: nothing was saved.
        """
        if isinstance(by, date):
            usable_day(by, local_day(self._clock.now(), member.time_zone))
        body = gap_body(shelf.catalogue, request, viewer_of(member))
        if not isinstance(body, GapReport):
            raise no_way(body, request)
        target = body.gap.target
        given = (request.origin_role or target.role.key, *request.origin_levels[:1])
        origin = (given[0], given[1]) if len(given) == 2 else None
        async with self._changes.change(member) as change:
            held = change.growth.active_goal
            if held is None or (held.role, held.level, _origin(held)) != (
                target.role.key,
                target.level.key,
                origin,
            ):
                await change.set_goal(
                    role=target.role.key,
                    level=target.level.key,
                    origin=origin,
                    revision_id=shelf.catalogue.revision.id,
                    by=None if isinstance(by, Kept) else by,
                )
                await enrol(change, member)
                # Everything may have been met before it was made the goal.
                await self.notice(change, member, shelf, shelf.catalogue)
            elif not isinstance(by, Kept):
                await change.date_goal(by)
        return change.unshared

    async def drop(self, member: Member) -> HeldGrowth:
        """Drop the active goal.

        Raises:
            GoalDropped, GoalReached, DataForgotten: there is none; nothing changed.
            StoreUnavailable: nothing was saved.
        """
        before = (await self._growth.of(member)).growth
        async with self._changes.change(member) as change:
            growth = change.growth
            if not await change.drop_goal():
                raise no_active_goal(before if growth.goal is None else growth)
            await rest(change)
        return change.committed

    async def adopt(self, member: Member, shelf: Shelf) -> Unshared:
        """Measure the goal against the shelf's revision from now on, as that names it.

        Returns whom it was shared with, where it is reached by that and so shared no more.

        Raises:
            LeftCatalogue: that revision has not the target any more; the goal stays as it is.
            NoGoalThere: it has no way to it; the goal stays as it is.
            GoalDropped, GoalReached, DataForgotten: there is no goal.
        """
        growth = (await self._growth.of(member)).growth
        goal = growth.active_goal
        if goal is None:
            raise no_active_goal(growth)
        request = goal_request(followed(goal, shelf.catalogue))
        body = gap_body(shelf.catalogue, request, viewer_of(member))
        if not isinstance(body, GapReport):
            raise no_way(body, request)
        async with self._changes.change(member) as change:
            held = change.growth.active_goal
            if held is not None:
                named = followed(held, shelf.catalogue)
                await change.adopt(shelf.catalogue.revision.id, named)
                await self.notice(change, member, shelf, shelf.catalogue)
        return change.unshared

    async def keep(self, member: Member, shelf: Shelf) -> HeldGrowth:
        """Keep the goal in its old words, whatever the shelf's revision has in their place.

        Raises:
            GoalDropped, GoalReached, DataForgotten: there is no goal.
            StoreUnavailable: nothing was saved.
        """
        growth = (await self._growth.of(member)).growth
        if growth.active_goal is None:
            raise no_active_goal(growth)
        async with self._changes.change(member) as change:
            await change.keep_goal(shelf.catalogue.revision.id)
        return change.committed

    async def told_of_recount(self, member: Member) -> HeldGrowth:
        """Note that the member knows why the figures of their goal changed.

        Raises:
            StoreUnavailable: nothing was saved.
        """
        async with self._changes.change(member) as change:
            await change.told_of_recount()
        return change.committed

    async def notice(
        self, change: GrowthChange, member: Member, shelf: Shelf, pinned: Catalogue | None
    ) -> OwnState | None:
        """Mark the goal as reached where this change completed it; how the member stands with it
        exactly then."""
        growth = change.growth
        if growth.active_goal is None:
            return None
        own = await self._measuring.own_state(growth, member, shelf, pinned)
        if own is None or not own.progress.complete:
            return None
        await change.reach_goal()
        await rest(change)
        return own

    async def reopen(
        self,
        change: GrowthChange,
        member: Member,
        shelf: Shelf,
        pinned: Catalogue | None,
        before: Growth,
        answered: CellKey | None = None,
    ) -> bool:
        """Work towards a reached goal again where this change took back what completed it.

        `before` is what the member held before the change. With `answered`, whose answer was
        changed, only where that answer had completed the goal: what somebody says of themselves
        months later takes nothing back. True exactly where it was reopened.
        """
        goal = before.goal
        if goal is None or goal.state is not GoalState.REACHED or goal.ended_at is None:
            return False
        if answered is not None:
            last = before.marks.get(answered)
            if last is None or abs(last.at - goal.ended_at) > _SAME_PRESS:
                return False
        was = await self._measuring.own_state(before, member, shelf, pinned)
        now = await self._measuring.own_state(change.growth, member, shelf, pinned)
        if was is None or now is None or not was.progress.complete or now.progress.complete:
            return False
        reopened = await change.reopen_goal(goal.id)
        if reopened:
            await enrol(change, member)
        return reopened


def no_way(body: Body, request: ShowGap) -> NextrungError:
    """Return why a target cannot be a goal."""
    match body:
        case NotAbove():
            return NoGoalThere(why="not_above")
        case AtFoot():
            return NoGoalThere(why="foot")
        case AtTop():
            return NoGoalThere(why="top")
        case NeedsLevel(role, of_origin=of_origin):
            levels = request.origin_levels if of_origin else request.levels
            if levels:
                return gone_level(role, levels[0])
    return NoGoalThere(why="unclear")


def _origin(goal: Goal) -> tuple[str, str] | None:
    if goal.origin_role is None or goal.origin_level is None:
        return None
    return goal.origin_role, goal.origin_level
