"""Evidence: kept, edited and deleted by the member it belongs to."""

from collections.abc import Collection

from bot.domain.errors import OutdatedCard, TooMuchEvidence
from bot.domain.framework import CellKey
from bot.domain.growth.evidence import MAX_PIECES, MAX_SUPPORTED, Evidence, checked
from bot.domain.growth.planned.action import ActionState
from bot.domain.tenancy import Member
from bot.services.growth.actions import end_action
from bot.services.growth.cache import GrowthCache, HeldGrowth
from bot.services.growth.changes import GrowthChanges
from bot.services.growth.past import evidence_gone


class EvidenceKeeping:
    """Keeps members' evidence."""

    def __init__(self, changes: GrowthChanges, growth: GrowthCache) -> None:
        self._changes = changes
        self._growth = growth

    async def find(self, member: Member, evidence_id: int) -> Evidence:
        """Return a piece of the member's own evidence.

        Raises:
            EvidenceGone, DataForgotten: the member has no such piece (any more).
        """
        growth = (await self._growth.of(member)).growth
        for piece in growth.evidence:
            if piece.id == evidence_id:
                return piece
        raise evidence_gone(growth)

    async def add(
        self,
        member: Member,
        *,
        note: str,
        link: str,
        supports: Collection[CellKey],
        token: str,
        action_id: int | None = None,
    ) -> HeldGrowth:
        """Keep a piece of evidence; the same `token` again keeps nothing more.

        Args:
            member: whose it is.
            note, link: as typed; one of them may be empty.
            supports: the expectations it speaks for, perhaps none yet.
            token: names the submission, such as the id of the form.
            action_id: the dated action that it shows to be done; one that has ended stays so.

        Raises:
            EmptyEvidence, UnusableLink, TextTooLong: see `bot.domain.evidence.checked`.
            TooMuchEvidence: the member keeps the most that there may be.
            StoreUnavailable: nothing was saved.
        """
        kind, text, url = checked(note, link)
        async with self._changes.change(member) as change:
            kept = await change.add_evidence(
                kind=kind, note=text, url=url, supports=supports, token=token
            )
            if any(each.id == action_id for each in change.growth.actions) and action_id:
                await end_action(change, action_id, ActionState.DONE, evidence_id=kept)
            # Only now: what is submitted twice is one piece, also where it is the last of all.
            if len(change.growth.evidence) > MAX_PIECES:
                raise TooMuchEvidence(limit=MAX_PIECES)
        return change.committed

    async def edit(
        self,
        member: Member,
        evidence_id: int,
        *,
        note: str,
        link: str,
        supports: Collection[CellKey],
    ) -> HeldGrowth:
        """Replace a piece of evidence; when it was added stays.

        Raises:
            EvidenceGone, DataForgotten: the member has no such piece (any more).
            EmptyEvidence, UnusableLink, TextTooLong, StoreUnavailable: nothing was changed.
        """
        kind, text, url = checked(note, link)
        before = (await self._growth.of(member)).growth
        async with self._changes.change(member) as change:
            if not await change.edit_evidence(
                evidence_id, kind=kind, note=text, url=url, supports=supports
            ):
                raise evidence_gone(before)
        return change.committed

    async def place(
        self, member: Member, evidence_id: int, cells: Collection[CellKey]
    ) -> HeldGrowth:
        """Let a piece of evidence support more expectations; all else of it stays.

        Raises:
            EvidenceGone: the member has no such piece any more.
            OutdatedCard: it would support too many.
            StoreUnavailable: nothing was changed.
        """
        before = (await self._growth.of(member)).growth
        async with self._changes.change(member) as change:
            held = (each for each in change.growth.evidence if each.id == evidence_id)
            piece = next(held, None)
            if piece is None:
                raise evidence_gone(before)
            if len(piece.supports.union(cells)) > MAX_SUPPORTED:
                raise OutdatedCard
            await change.edit_evidence(
                evidence_id,
                kind=piece.kind,
                note=piece.note,
                url=piece.url,
                supports=piece.supports.union(cells),
            )
        return change.committed

    async def delete(self, member: Member, evidence_id: int) -> HeldGrowth:
        """Delete a piece of evidence; one that is gone already stays gone.

        Raises:
            StoreUnavailable: nothing was changed.
        """
        async with self._changes.change(member) as change:
            await change.delete_evidence(evidence_id)
        return change.committed
