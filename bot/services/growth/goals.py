"""Goals: set, dropped, adopted, measured on the revision they are pinned to, reached once."""

from datetime import date, timedelta
from enum import Enum
from itertools import islice

from bot.domain.answers import AtFoot, AtTop, Body, GapReport, GoalReport, NeedsLevel, NotAbove
from bot.domain.days.target import usable_day
from bot.domain.errors import NextrungError, NoGoalThere, OutdatedCard
from bot.domain.framework import CellKey
from bot.domain.growth.goal import Goal, GoalState
from bot.domain.growth.goal_drift import moves
from bot.domain.growth.lost_goal import is_lost, nearest
from bot.domain.growth.marked_words import MarkedWords
from bot.domain.growth.own_gap import OwnState, goal_request
from bot.domain.growth.standing import Growth, Standings
from bot.domain.local_time import local_day
from bot.domain.lookup.gone import gone
from bot.domain.lookup.requests import ShowGap, Viewer, viewer_of
from bot.domain.lookup.rung import Rung, rung_of
from bot.domain.named_in import followed, named_in
from bot.domain.revision import Catalogue
from bot.domain.tenancy import Member
from bot.services.growth.cache import GrowthCache, HeldGrowth
from bot.services.growth.changes import GrowthChange, GrowthChanges
from bot.services.growth.enrolment import enrol, rest
from bot.services.growth.own_state import with_own_state
from bot.services.growth.past import no_active_goal
from bot.services.growth.revision_parts import RevisionParts
from bot.services.lookup.promotions import gap_body
from bot.services.lookup.shelves import Shelf
from bot.services.ports import Clock

NEAR = 3


class Kept(Enum):
    """Stands for a goal's day that stays as it is."""

    DAY = "day"


_SAME_PRESS = timedelta(seconds=1)


class Goals:
    """Members' goals."""

    def __init__(
        self,
        parts: RevisionParts,
        changes: GrowthChanges,
        growth: GrowthCache,
        clock: Clock,
        *,
        fresh_for: timedelta,
    ) -> None:
        """`fresh_for` is how long a *met* is taken as it is."""
        self._parts = parts
        self._changes = changes
        self._growth = growth
        self._clock = clock
        self._fresh_for = fresh_for

    async def set(
        self,
        member: Member,
        shelf: Shelf,
        request: ShowGap,
        *,
        by: date | Kept | None = Kept.DAY,
    ) -> HeldGrowth:
        """Make the target of a gap the member's goal, pinned to the shelf's revision.

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
        return change.committed

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

    async def adopt(self, member: Member, shelf: Shelf) -> HeldGrowth:
        """Measure the goal against the shelf's revision from now on, as that names it.

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
        return change.committed

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

    async def report(self, member: Member, shelf: Shelf) -> GoalReport | None:
        """Return how the member stands with their goal, active or reached; None without one."""
        return await self.measured(member, shelf, (await self._growth.of(member)).growth)

    async def measured(self, member: Member, shelf: Shelf, growth: Growth) -> GoalReport | None:
        """Return the same for someone who holds just this."""
        goal = growth.goal
        pinned = await self._pinned(member, shelf, goal)
        if goal is None or pinned is None:
            return None
        body = self._body(pinned, goal, member)
        if body is not None:
            body = with_own_state(body, await self.standings(growth, pinned, shelf), goal)
        newest = shelf.catalogue
        if pinned is newest:
            return GoalReport(goal, body)
        kept = goal.kept_revision_id
        if is_lost(goal, newest):
            # What was kept in its old words is theirs, whatever comes.
            if kept is not None:
                return GoalReport(goal, body)
            near = self._near(goal, pinned, newest, member)
            then = followed(goal, newest)
            follows = rung_of(newest, Viewer(then.role, then.level))
            way = follows and isinstance(self._body(newest, then, member), GapReport)
            return GoalReport(goal, body, lost=True, near=near, follows=follows if way else None)
        moved = moves(pinned, newest, role=goal.role, level=goal.level)
        adoptable = not moved or isinstance(self._body(newest, goal, member), GapReport)
        if moved and kept is not None and not await self.changed_since(goal, kept, newest):
            moved = ()
        return GoalReport(goal, body, moved, adoptable)

    async def changed_since(self, goal: Goal, revision_id: int, newest: Catalogue) -> bool:
        """Tell whether the goal's level asks for anything else than it did in a revision.

        Raises:
            StoreUnavailable: the revision is not at hand, and the store does not answer.
        """
        if revision_id == newest.revision.id:
            return False
        then = await self._parts.of(revision_id, {goal.role})
        return bool(moves(then, newest, role=goal.role, level=goal.level))

    def _near(
        self, goal: Goal, pinned: Catalogue, newest: Catalogue, member: Member
    ) -> tuple[Rung, ...]:
        """Return what the member could aim for in place of a goal that is lost."""
        key = ("near", goal.revision_id, goal.role, goal.level)
        found = newest.worked_out(key, lambda: nearest(goal, pinned, newest))
        viewer = viewer_of(member)
        # One's own level, or one below it, cannot be a goal.
        possible = (
            each
            for each in found
            if isinstance(
                gap_body(newest, ShowGap(each.role.key, (each.level.key,)), viewer), GapReport
            )
        )
        return tuple(islice(possible, NEAR))

    async def pinned_catalogue(self, member: Member, shelf: Shelf) -> Catalogue | None:
        """Return the catalogue that the member's goal is measured on; None without a goal.

        Where that is an older revision, it holds only the roles that the goal needs.
        """
        goal = (await self._growth.of(member)).growth.goal
        return await self._pinned(member, shelf, goal)

    async def _pinned(self, member: Member, shelf: Shelf, goal: Goal | None) -> Catalogue | None:
        if goal is None:
            return None
        if goal.revision_id == shelf.catalogue.revision.id:
            return shelf.catalogue
        roles = {goal.role, *filter(None, (goal.origin_role, member.role_key))}
        return await self._parts.of(goal.revision_id, roles)

    async def notice(
        self, change: GrowthChange, member: Member, shelf: Shelf, pinned: Catalogue | None
    ) -> OwnState | None:
        """Mark the goal as reached where this change completed it; how the member stands with it
        exactly then."""
        growth = change.growth
        if growth.active_goal is None:
            return None
        own = await self._own_state(growth, member, shelf, pinned)
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
        was = await self._own_state(before, member, shelf, pinned)
        now = await self._own_state(change.growth, member, shelf, pinned)
        if was is None or now is None or not was.progress.complete or now.progress.complete:
            return False
        reopened = await change.reopen_goal(goal.id)
        if reopened:
            await enrol(change, member)
        return reopened

    async def _own_state(
        self, growth: Growth, member: Member, shelf: Shelf, pinned: Catalogue | None
    ) -> OwnState | None:
        """Return how a member stands with their goal; None where there is no way to it."""
        goal = growth.goal
        if goal is None or pinned is None or goal.revision_id != pinned.revision.id:
            return None
        body = self._body(pinned, goal, member)
        if not isinstance(body, GapReport):
            return None
        body = with_own_state(body, await self.standings(growth, pinned, shelf), goal)
        return body.own if isinstance(body, GapReport) else None

    async def standings(self, growth: Growth, catalogue: Catalogue, shelf: Shelf) -> Standings:
        """Return where a member stands in a catalogue, now; `shelf` has its newest revision.

        Raises:
            StoreUnavailable: what a mark was made on is not at hand, and the store does not answer.
        """
        return self.standings_by(await self.words(growth, catalogue, shelf), growth)

    async def words(self, growth: Growth, catalogue: Catalogue, shelf: Shelf) -> MarkedWords:
        """Return what a member's marks were made on; see `standings`."""
        return await self._parts.words(growth, catalogue, shelf.catalogue)

    def standings_by(self, words: MarkedWords, growth: Growth) -> Standings:
        """Return where a member stands, now, with what their marks were made on at hand."""
        return Standings(
            named_in(growth, words.catalogue, words.newest.moves),
            words.catalogue,
            now=self._clock.now(),
            fresh_for=self._fresh_for,
            words=words,
        )

    def _body(self, catalogue: Catalogue, goal: Goal, member: Member) -> Body | None:
        try:
            return gap_body(catalogue, goal_request(goal), viewer_of(member))
        except OutdatedCard:
            return None


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
                return gone("level", levels[0], role=role.name.base)
    return NoGoalThere(why="unclear")


def _origin(goal: Goal) -> tuple[str, str] | None:
    if goal.origin_role is None or goal.origin_level is None:
        return None
    return goal.origin_role, goal.origin_level
