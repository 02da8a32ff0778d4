"""Assess: a member marks an expectation; reaching a goal by it is noticed once."""

from dataclasses import dataclass

from bot.domain.errors import OutdatedCard, TextTooLong
from bot.domain.framework import CellKey, Expectation, expectation_at, key_of
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.growth.evidence import MAX_NOTE
from bot.domain.tenancy import Member
from bot.domain.text import storable
from bot.services.growth.cache import HeldGrowth
from bot.services.growth.changes import GrowthChange, GrowthChanges
from bot.services.growth.goals import Goals
from bot.services.lookup.shelves import Shelf


@dataclass(frozen=True, slots=True)
class Marked:
    """What a mark led to. `reached` is True only for the mark that completed the goal."""

    held: HeldGrowth
    expectation: Expectation
    reached: bool


class Assessing:
    """Keeps members' marks."""

    def __init__(self, changes: GrowthChanges, goals: Goals) -> None:
        self._changes = changes
        self._goals = goals

    async def mark(
        self, member: Member, shelf: Shelf, cell: CellKey, status: Status | None, *, note: str = ""
    ) -> Marked:
        """Add a mark to the member's history. The same status again, without a note, adds nothing.

        Without a status it stays as it is at that moment, and only the note is added.

        Raises:
            OutdatedCard: neither the catalogue nor the revision of the goal has the expectation.
            TextTooLong: the note is.
            StoreUnavailable: nothing was saved.
        """
        if len(note) > MAX_NOTE:
            raise TextTooLong(limit=MAX_NOTE)
        pinned = await self._goals.pinned_catalogue(member, shelf)
        gone = expectation_at(shelf.catalogue, cell) is None
        catalogue = pinned if gone and pinned else shelf.catalogue
        expectation = expectation_at(catalogue, cell)
        if expectation is None:
            raise OutdatedCard
        async with self._changes.change(member) as change:
            if status is None:
                standings = self._goals.standings(await change.growth(), catalogue)
                status = standings.of(expectation).status
            await self.append(change, expectation, status, storable(note).strip())
            reached = await self._goals.notice(change, member, pinned)
        return Marked(change.committed, expectation, reached)

    async def append(
        self, change: GrowthChange, expectation: Expectation, status: Status, note: str = ""
    ) -> None:
        """Add a mark within a change under way; see `mark`."""
        cell = key_of(expectation)
        last = (await change.growth()).marks.get(cell)
        depth = expectation.proficiency.key if expectation.proficiency else None
        fresh = last is not None and last.status is status and last.proficiency == depth
        if fresh and not note and last and not self._goals.aged(last, change.now):
            return
        mark = Assessment(cell, status, change.now, depth, note)
        await change.work.assessments.append(change.owner, [mark])
