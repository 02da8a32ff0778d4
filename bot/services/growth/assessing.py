"""Assess: a member marks an expectation, or takes a mark back; what that makes of their goal."""

from datetime import timedelta

from bot.domain.errors import MarkedSince, TextTooLong
from bot.domain.framework import CellKey, Expectation, key_of
from bot.domain.growth.assessment import Assessment, Status, withdrawal
from bot.domain.growth.evidence import MAX_NOTE
from bot.domain.growth.goal import NOBODY, Unshared
from bot.domain.growth.own_gap import OwnState
from bot.domain.lookup.gap import Gap
from bot.domain.lookup.gone import gone_cell
from bot.domain.named_in import NamedIn
from bot.domain.revision import Catalogue, expectation_at
from bot.domain.tenancy import Member
from bot.domain.text import storable
from bot.services.growth.cache import HeldGrowth
from bot.services.growth.changes import GrowthChange, GrowthChanges
from bot.services.growth.goals import Goals
from bot.services.growth.measuring import Measuring
from bot.services.lookup.shelves import Shelf
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class Marked:
    """What a mark led to. `mark` is the one that was added, None where it said nothing new.

    `completed` is how the member stands with their goal, only for the mark that completed it;
    `reopened` tells that a reached goal is worked towards again, `unshared` whom the goal that
    this mark completed was shared with.
    """

    held: HeldGrowth
    expectation: Expectation
    mark: Assessment | None = None
    completed: OwnState | None = None
    reopened: bool = False
    unshared: Unshared = NOBODY

    @property
    def reached(self) -> bool:
        return self.completed is not None

    @property
    def put_aside(self) -> tuple[Gap, ...]:
        """What the completed goal requires and the member put aside."""
        return self.completed.put_aside if self.completed else ()

    @property
    def wants_reason(self) -> bool:
        """Whether something required was put aside without a word on why."""
        mark = self.mark
        aside = mark is not None and mark.status is Status.NOT_RELEVANT and not mark.note
        return aside and self.expectation.required


class Assessing:
    """Keeps members' marks."""

    def __init__(self, changes: GrowthChanges, measuring: Measuring, goals: Goals) -> None:
        self._changes = changes
        self._measuring = measuring
        self._goals = goals

    async def mark(
        self,
        member: Member,
        shelf: Shelf,
        cell: CellKey,
        status: Status | None,
        *,
        note: str = "",
        on_goal: bool = False,
    ) -> Marked:
        """Add a mark to the member's history. The same status again, without a note, adds nothing,
        unless it was due for a fresh look.

        Without a status it stays as it is at that moment, and only the note is added. A likely
        expectation is confirmed by *met*, and declined by *not yet*.

        Args:
            member: whose mark it is.
            shelf: the newest revision.
            cell: what is marked.
            status: the new status; None leaves it.
            note: in the member's words; why, where something required is put aside.
            on_goal: whether the member had the words of their goal's own revision before them.

        Raises:
            LeftCatalogue: neither the catalogue nor the revision of the goal has the expectation.
            TextTooLong: the note is.
            StoreUnavailable: nothing was saved.
        """
        if len(note) > MAX_NOTE:
            raise TextTooLong(limit=MAX_NOTE)
        pinned = await self._measuring.pinned_catalogue(member, shelf)
        catalogue, expectation = _shown(cell, shelf.catalogue, pinned, on_goal=on_goal)
        async with self._changes.change(member) as change:
            if status is None:
                standings = await self._measuring.standings(change.growth, catalogue, shelf)
                status = standings.of(expectation).status
            before = change.growth
            mark = await self.append(
                change, shelf, catalogue, expectation, status, storable(note).strip()
            )
            completed = await self._goals.notice(change, member, shelf, pinned)
            reopened = await self._goals.reopen(change, member, shelf, pinned, before, cell)
        held, ended = change.committed, change.unshared
        return Marked(held, expectation, mark, completed, reopened, ended)

    async def shown(
        self, member: Member, shelf: Shelf, cell: CellKey, *, on_goal: bool = False
    ) -> Expectation:
        """Return an expectation as the member has it before them; see `mark`.

        Raises:
            OutdatedCard: neither the catalogue nor the revision of the goal has it.
        """
        pinned = await self._measuring.pinned_catalogue(member, shelf)
        return _shown(cell, shelf.catalogue, pinned, on_goal=on_goal)[1]

    async def undo(self, member: Member, shelf: Shelf, cell: CellKey, stamp: int) -> Marked:
        """Take a mark back: what was before it holds again, or nothing, as if never marked.

        `stamp` names the mark. Where it was taken back already, nothing changes. A goal that the
        mark had completed is worked towards again, and one that it had opened again is reached.

        Raises:
            MarkedSince: another mark has come since; nothing changed.
            LeftCatalogue: neither the catalogue nor the revision of the goal has the expectation.
            StoreUnavailable: nothing was saved.
        """
        pinned = await self._measuring.pinned_catalogue(member, shelf)
        # What an owner renamed meanwhile can still be taken back under the name that it had.
        called = NamedIn(shelf.catalogue, shelf.catalogue.moves).cell(cell)
        _, expectation = _shown(called, shelf.catalogue, pinned)
        reopened, completed = False, None
        async with self._changes.change(member) as change:
            before = change.growth
            last = before.marks.get(cell)
            if last is not None and last.stamp > stamp:
                raise MarkedSince
            if last is not None and last.stamp == stamp:
                await change.mark(withdrawal(last, at=change.now))
                reopened = await self._goals.reopen(change, member, shelf, pinned, before)
                completed = await self._goals.notice(change, member, shelf, pinned)
        held, ended = change.committed, change.unshared
        return Marked(held, expectation, None, completed, reopened, ended)

    async def append(
        self,
        change: GrowthChange,
        shelf: Shelf,
        catalogue: Catalogue,
        expectation: Expectation,
        status: Status,
        note: str = "",
    ) -> Assessment | None:
        """Add a mark within a change under way; see `mark`. None where it says nothing new."""
        cell = key_of(expectation)
        growth = change.growth
        last, at = growth.marks.get(cell), change.now
        if last is not None:
            standing = (await self._measuring.standings(growth, catalogue, shelf)).of(expectation)
            counts = standing.mark == last and last.status is status and standing.due is None
            if counts and note in ("", last.note):
                return None
            # Two marks of one expectation are told apart by their moments.
            at = at if at != last.at else at + timedelta(microseconds=1)
        depth = expectation.proficiency.key if expectation.proficiency else None
        mark = Assessment(cell, status, at, depth, note, catalogue.revision.id)
        await change.mark(mark)
        return mark


def _shown(
    cell: CellKey, newest: Catalogue, pinned: Catalogue | None, *, on_goal: bool = False
) -> tuple[Catalogue, Expectation]:
    """Return the revision that the member saw, and the expectation in it.

    Raises:
        LeftCatalogue: neither revision has it.
    """
    order = (pinned, newest) if on_goal else (newest, pinned)
    for each in order:
        found = expectation_at(each, cell) if each else None
        if each is not None and found is not None:
            return each, found
    raise gone_cell(newest, cell)
