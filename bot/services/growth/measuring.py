"""Where members stand: with an expectation, on the way to their goal, and with what moved there."""

from datetime import timedelta
from itertools import islice

from bot.domain.answers import Body, GapReport, GoalReport
from bot.domain.errors import OutdatedCard
from bot.domain.growth.goal import Goal
from bot.domain.growth.goal_drift import moves
from bot.domain.growth.holdings import Growth
from bot.domain.growth.lost_goal import is_lost, nearest
from bot.domain.growth.marked_words import MarkedWords
from bot.domain.growth.own_gap import OwnState, goal_request
from bot.domain.growth.standing import Standings
from bot.domain.lookup.requests import ShowGap, Viewer, viewer_of
from bot.domain.lookup.rung import Rung, rung_of
from bot.domain.named_in import followed, named_in
from bot.domain.revision import Catalogue
from bot.domain.tenancy import Member
from bot.services.growth.cache import GrowthCache
from bot.services.growth.own_state import with_own_state
from bot.services.growth.revision_parts import RevisionParts
from bot.services.lookup.promotions import gap_body
from bot.services.lookup.shelves import Shelf
from bot.services.ports import Clock

NEAR = 3

Ways = dict[tuple[int, ShowGap, Viewer], Body | None]
"""What lies on the way to goals in some revisions, before anybody has marked anything of it."""


class Measuring:
    """Measures what members hold on the framework; a goal on the revision that it is pinned to."""

    def __init__(
        self, parts: RevisionParts, growth: GrowthCache, clock: Clock, *, fresh_for: timedelta
    ) -> None:
        """`fresh_for` is how long a *met* is taken as it is."""
        self._parts = parts
        self._growth = growth
        self._clock = clock
        self._fresh_for = fresh_for

    async def report(self, member: Member, shelf: Shelf) -> GoalReport | None:
        """Return how the member stands with their goal, active or reached; None without one."""
        return await self.measured(member, shelf, (await self._growth.of(member)).growth)

    async def measured(
        self, member: Member, shelf: Shelf, growth: Growth, *, ways: Ways | None = None
    ) -> GoalReport | None:
        """Return the same for someone who holds just this.

        Those who share a way to their goal find it in `ways`, for as long as the caller keeps it.
        """
        goal = growth.goal
        pinned = await self._pinned(member, shelf, goal)
        if goal is None or pinned is None:
            return None
        body = self._body(pinned, goal, member, ways)
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

    async def own_state(
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

    def _body(
        self, catalogue: Catalogue, goal: Goal, member: Member, ways: Ways | None = None
    ) -> Body | None:
        way = (catalogue.revision.id, goal_request(goal), viewer_of(member))
        if ways is not None and way in ways:
            return ways[way]
        try:
            body = gap_body(catalogue, *way[1:])
        except OutdatedCard:
            body = None
        if ways is not None:
            ways[way] = body
        return body
