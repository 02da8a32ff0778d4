"""Goals: set, dropped, adopted, measured on the revision they are pinned to, reached once."""

from datetime import datetime, timedelta

from bot.domain.answers import Body, GapReport, GoalReport
from bot.domain.errors import NoGoalThere, OutdatedCard
from bot.domain.framework import Catalogue
from bot.domain.growth.assessment import Assessment
from bot.domain.growth.goal import Goal
from bot.domain.growth.goal_drift import moves
from bot.domain.growth.own_gap import goal_request
from bot.domain.growth.standing import Growth, Standings
from bot.domain.lookup.requests import ShowGap, viewer_of
from bot.domain.tenancy import Member
from bot.services.growth.cache import GrowthCache, HeldGrowth
from bot.services.growth.changes import GrowthChange, GrowthChanges
from bot.services.growth.enrolment import enrol, rest
from bot.services.growth.own_state import with_own_state
from bot.services.lookup.promotions import gap_body
from bot.services.lookup.shelves import Shelf
from bot.services.memo import Memo
from bot.services.ports import Clock
from bot.store.database import Database

_SLICES = 32


class Goals:
    """Members' goals."""

    def __init__(
        self,
        database: Database,
        changes: GrowthChanges,
        growth: GrowthCache,
        clock: Clock,
        *,
        fresh_for: timedelta,
    ) -> None:
        """`fresh_for` is how long a *met* is taken as it is."""
        self._database = database
        self._changes = changes
        self._growth = growth
        self._clock = clock
        self._fresh_for = fresh_for
        self._slices: Memo[Catalogue] = Memo(_SLICES)

    async def set(self, member: Member, shelf: Shelf, request: ShowGap) -> HeldGrowth:
        """Make the target of a gap the member's goal, pinned to the shelf's revision.

        The same goal again changes nothing.

        Raises:
            OutdatedCard: the request names something that the catalogue no longer has.
            NoGoalThere: there is no gap to that target.
            StoreUnavailable: nothing was saved.
        """
        body = gap_body(shelf.catalogue, request, viewer_of(member))
        if not isinstance(body, GapReport):
            raise NoGoalThere
        target = body.gap.target
        given = (request.origin_role or target.role.key, *request.origin_levels[:1])
        origin = (given[0], given[1]) if len(given) == 2 else None
        async with self._changes.change(member) as change:
            held = (await change.growth()).active_goal
            if held is None or (held.role, held.level, _origin(held)) != (
                target.role.key,
                target.level.key,
                origin,
            ):
                await change.work.goals.set(
                    change.owner,
                    role=target.role.key,
                    level=target.level.key,
                    origin=origin,
                    revision_id=shelf.catalogue.revision.id,
                    at=change.now,
                )
                await enrol(change, member)
                # Everything may have been met before it was made the goal.
                await self.notice(change, member, shelf.catalogue)
        return change.committed

    async def drop(self, member: Member) -> HeldGrowth:
        """Drop the active goal; where there is none, nothing changes."""
        async with self._changes.change(member) as change:
            if await change.work.goals.drop(change.owner, at=change.now):
                await rest(change, member)
        return change.committed

    async def adopt(self, member: Member, shelf: Shelf) -> HeldGrowth:
        """Measure the goal against the shelf's revision from now on.

        Raises:
            NoGoalThere: that revision has no way to the target any more; the goal stays as it is.
        """
        goal = (await self._growth.of(member)).growth.active_goal
        if goal is None:
            raise NoGoalThere
        if not isinstance(self._body(shelf.catalogue, goal, member), GapReport):
            raise NoGoalThere
        async with self._changes.change(member) as change:
            await change.work.goals.adopt(change.owner, shelf.catalogue.revision.id)
            await self.notice(change, member, shelf.catalogue)
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
            body = with_own_state(body, self.standings(growth, pinned), goal)
        newest = shelf.catalogue
        moved = (
            moves(pinned, newest, role=goal.role, level=goal.level) if pinned is not newest else ()
        )
        return GoalReport(goal, body, moved)

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
        roles = tuple(sorted({goal.role, *filter(None, (goal.origin_role, member.role_key))}))
        key = (goal.revision_id, roles)
        known = self._slices.known(key)
        if known is None:
            loaded = await self._database.catalogues.load_slice(goal.revision_id, roles)
            known = self._slices.get(key, lambda: loaded)
        return known

    async def notice(self, change: GrowthChange, member: Member, pinned: Catalogue | None) -> bool:
        """Mark the goal as reached where this change completed it; True exactly then."""
        growth = await change.growth()
        goal = growth.active_goal
        if goal is None or pinned is None or goal.revision_id != pinned.revision.id:
            return False
        body = self._body(pinned, goal, member)
        if body is None:
            return False
        body = with_own_state(body, self.standings(growth, pinned), goal)
        if not (isinstance(body, GapReport) and body.own and body.own.progress.complete):
            return False
        reached = await change.work.goals.reach(change.owner, at=change.now)
        if reached:
            await rest(change, member)
        return reached

    def standings(self, growth: Growth, catalogue: Catalogue) -> Standings:
        """Return where a member stands in a catalogue, now."""
        return Standings(growth, catalogue, now=self._clock.now(), fresh_for=self._fresh_for)

    def aged(self, mark: Assessment, now: datetime) -> bool:
        """Tell whether a mark is old enough to be worth making again."""
        return now - mark.at > self._fresh_for

    def _body(self, catalogue: Catalogue, goal: Goal, member: Member) -> Body | None:
        try:
            return gap_body(catalogue, goal_request(goal), viewer_of(member))
        except OutdatedCard:
            return None


def _origin(goal: Goal) -> tuple[str, str] | None:
    if goal.origin_role is None or goal.origin_level is None:
        return None
    return goal.origin_role, goal.origin_level
