"""The other's own column in a shared goal: drafted, sent, and answered by the member."""

from bot.domain.errors import OutdatedCard, TextTooLong
from bot.domain.growth.assessment import Status
from bot.domain.growth.evidence import MAX_NOTE
from bot.domain.teams.errors import NoLongerShared
from bot.domain.teams.letter import LetterKind
from bot.domain.teams.manager_marks import STATUSES, item_key
from bot.domain.teams.share import Share
from bot.domain.teams.shared_goal import SharedGoal, SharedItem
from bot.domain.tenancy import Member
from bot.services.ports import Clock
from bot.services.teams.letters import Letters
from bot.services.teams.shared_goals import SharedGoals
from bot.store.database import Database
from bot.store.unit_of_work import UnitOfWork


class Marking:
    """Writes that column and the answers to it. Neither of the two writes in the other's."""

    def __init__(
        self, database: Database, shared_goals: SharedGoals, letters: Letters, clock: Clock
    ) -> None:
        self._database = database
        self._shared_goals = shared_goals
        self._letters = letters
        self._clock = clock

    async def item(self, member: Member, share_id: int, key: str) -> tuple[SharedGoal, SharedItem]:
        """Return an expectation of a goal that is shared with a member; the look is noted.

        Raises:
            NoLongerShared: nothing is shared with them by that, now.
            OutdatedCard: it is not on the way to the goal any more.
        """
        goal, _ = await self._shared_goals.look(member, share_id)
        for each in goal.items:
            if item_key(each.cell) == key:
                return goal, each
        raise OutdatedCard

    async def mark(
        self,
        member: Member,
        share_id: int,
        key: str,
        status: Status | None,
        note: str | None = None,
    ) -> None:
        """Draft a mark, which nobody else sees before it is sent; None takes back what there is.

        Without a `note` the one that the expectation has stays.

        Raises:
            NoLongerShared: nothing is shared with them by that, now.
            OutdatedCard: it is not on the way to the goal, or can be marked by the member alone.
            TextTooLong: the note.
        """
        if status is not None and status not in STATUSES:
            raise OutdatedCard
        if note is not None and len(note) > MAX_NOTE:
            raise TextTooLong(limit=MAX_NOTE, field="note")
        _, item = await self.item(member, share_id, key)
        marked = item.marked
        if note is None:
            note = marked.shown.note if marked.shown and status else ""
        async with self._database.write(member.tenant) as work:
            share = await _accepted(work, share_id)
            if share.other != member.slack_id:
                raise NoLongerShared
            if _says_the_same(item, status, note):
                await work.manager_marks.drop(share_id, item.cell)
                return
            at = self._clock.now()
            if not await work.manager_marks.draft(share_id, item.cell, status, note, at=at):
                raise NoLongerShared

    async def send(self, member: Member, share_id: int) -> int:
        """Let the member see what was drafted; return how many marks that are.

        Raises:
            NoLongerShared: nothing is shared with them by that, now.
        """
        async with self._database.write(member.tenant) as work:
            share = await _accepted(work, share_id)
            if share.other != member.slack_id:
                raise NoLongerShared
            sent = await work.manager_marks.send(share_id, at=self._clock.now())
            if sent:
                await self._letters.write(
                    work,
                    to=share.owner,
                    author=share.other,
                    kind=LetterKind.MARKS_SENT,
                    subject=share_id,
                    share_id=share_id,
                )
        return sent

    async def reply(self, member: Member, share_id: int, mark_id: int, note: str) -> None:
        """Answer a mark that was sent about one's own goal.

        Raises:
            NoLongerShared: the share has ended, or is not the member's.
            OutdatedCard: there is no such mark there, or nothing is said.
            TextTooLong: the note.
        """
        note = note.strip()
        if not note:
            raise OutdatedCard
        if len(note) > MAX_NOTE:
            raise TextTooLong(limit=MAX_NOTE, field="note")
        async with self._database.write(member.tenant) as work:
            share = await _accepted(work, share_id)
            if share.owner != member.slack_id:
                raise NoLongerShared
            at = self._clock.now()
            if not await work.manager_marks.reply(share_id, mark_id, note, at=at):
                raise OutdatedCard
            await self._letters.write(
                work,
                to=share.other,
                author=share.owner,
                kind=LetterKind.MARK_REPLY,
                subject=mark_id,
                share_id=share_id,
            )


def _says_the_same(item: SharedItem, status: Status | None, note: str) -> bool:
    """Tell whether nothing is left to send: what was sent says just that."""
    sent = item.marked.sent
    if sent is None:
        return status is None
    return (sent.status, sent.note) == (status, note)


async def _accepted(work: UnitOfWork, share_id: int) -> Share:
    share = await work.shares.held(share_id)
    if share is None or not share.accepted:
        raise NoLongerShared
    return share
