"""The repository of what the other of a share marks, and of what the member answers."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, delete, func, insert, literal, select
from sqlalchemy import update as changed
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Status
from bot.domain.teams.manager_marks import ManagerMark, Reply
from bot.domain.teams.share import ShareState
from bot.store.models import member
from bot.store.owners import Owners
from bot.store.teams.models import manager_mark, mark_reply, share

_owner, _author = member.alias("marked_member"), member.alias("mark_author")
_UNSENT = manager_mark.c.sent_at.is_(None)
_KEYS = ("role", "level", "skill")


class ManagerMarkRepository:
    """Reads and writes the marks of shares of one tenant; only in shares that are accepted."""

    def __init__(self, connection: AsyncConnection, owners: Owners) -> None:
        self._connection = connection
        self._owners = owners

    async def of(self, share_id: int) -> Sequence[ManagerMark]:
        """Return all marks of a share with their answers, drafts too, the oldest first."""
        return await self._read(self._select().where(share.c.id == share_id))

    async def about(self, slack_id: str) -> Sequence[ManagerMark]:
        """Return what was sent to a member about goals that they share now, the oldest first."""
        accepted = share.c.state == ShareState.ACCEPTED.value
        query = self._select().where(_owner.c.slack_id == slack_id, accepted, ~_UNSENT)
        return await self._read(query)

    async def kept_of(self, slack_id: str) -> Sequence[ManagerMark]:
        """Return what a member marked and what was sent to them, of ended shares too."""
        theirs = and_(_owner.c.slack_id == slack_id, ~_UNSENT)
        return await self._read(self._select().where(theirs | (_author.c.slack_id == slack_id)))

    async def draft(
        self, share_id: int, cell: CellKey, status: Status | None, note: str, *, at: datetime
    ) -> bool:
        """Keep a mark to its author, in place of what they had drafted; False where none may be."""
        await self._connection.execute(
            delete(manager_mark).where(manager_mark.c.share_id == share_id, _UNSENT, _is(cell))
        )
        values = {
            **{f"{part}_key": getattr(cell, part) for part in _KEYS},
            "status": status.value if status else None,
            "note": note,
            "at": at,
        }
        source = select(
            share.c.id,
            *(literal(each, type_=manager_mark.c[name].type) for name, each in values.items()),
        ).where(share.c.id == share_id, self._accepted())
        added = insert(manager_mark).from_select(["share_id", *values], source)
        return await self._connection.scalar(added.returning(manager_mark.c.id)) is not None

    async def drop(self, share_id: int, cell: CellKey) -> None:
        """Drop what was drafted of an expectation."""
        await self._connection.execute(
            delete(manager_mark).where(
                manager_mark.c.share_id == share_id, _UNSENT, _is(cell), self._in_accepted()
            )
        )

    async def send(self, share_id: int, *, at: datetime) -> int:
        """Let the member see all that was drafted; return how many marks that are."""
        # Two presses at once may have drafted twice: the newest counts.
        same = [manager_mark.c[f"{part}_key"] for part in _KEYS]
        drafts = manager_mark.c.share_id == share_id
        newest = select(func.max(manager_mark.c.id)).where(drafts, _UNSENT).group_by(*same)
        older = delete(manager_mark).where(drafts, _UNSENT, manager_mark.c.id.not_in(newest))
        await self._connection.execute(older)
        sent = changed(manager_mark).where(drafts, _UNSENT, self._in_accepted())
        return (await self._connection.execute(sent.values(sent_at=at))).rowcount

    async def reply(self, share_id: int, mark_id: int, note: str, *, at: datetime) -> bool:
        """Keep what the member answers to a mark; False where it was not sent, or is not there."""
        values = {"note": note, "at": at}
        source = select(
            manager_mark.c.id,
            *(literal(each, type_=mark_reply.c[name].type) for name, each in values.items()),
        ).where(
            manager_mark.c.id == mark_id,
            manager_mark.c.share_id == share_id,
            ~_UNSENT,
            self._in_accepted(),
        )
        added = insert(mark_reply).from_select(["mark_id", *values], source)
        return await self._connection.scalar(added.returning(mark_reply.c.id)) is not None

    def _select(self) -> Select[Any]:
        return (
            select(manager_mark, _author.c.slack_id.label("author"))
            .join(share, share.c.id == manager_mark.c.share_id)
            .join(_owner, _owner.c.id == share.c.member_id)
            .join(_author, _author.c.id == share.c.other_member_id)
            .where(_owner.c.workspace_id == self._owners.workspace_id())
            .order_by(manager_mark.c.id)
        )

    async def _read(self, query: Select[Any]) -> Sequence[ManagerMark]:
        rows = (await self._connection.execute(query)).all()
        replies: dict[int, list[Reply]] = defaultdict(list)
        if rows:
            of = select(mark_reply).where(mark_reply.c.mark_id.in_([row.id for row in rows]))
            for row in (await self._connection.execute(of.order_by(mark_reply.c.id))).all():
                replies[row.mark_id].append(Reply(row.mark_id, row.note, row.at))
        return [_mark(row, tuple(replies[row.id])) for row in rows]

    def _accepted(self) -> ColumnElement[bool]:
        here = select(member.c.id).where(member.c.workspace_id == self._owners.workspace_id())
        return and_(share.c.state == ShareState.ACCEPTED.value, share.c.member_id.in_(here))

    def _in_accepted(self) -> ColumnElement[bool]:
        return manager_mark.c.share_id.in_(select(share.c.id).where(self._accepted()))


async def drop_drafts(connection: AsyncConnection, share_ids: Sequence[int]) -> None:
    """Drop what was drafted in shares that end: nobody will ever be sent it."""
    which = manager_mark.c.share_id.in_(share_ids)
    await connection.execute(delete(manager_mark).where(which, _UNSENT))


def _is(cell: CellKey) -> ColumnElement[bool]:
    return and_(*(manager_mark.c[f"{part}_key"] == getattr(cell, part) for part in _KEYS))


def _mark(row: Row[Any], replies: tuple[Reply, ...]) -> ManagerMark:
    return ManagerMark(
        id=row.id,
        share_id=row.share_id,
        author=row.author,
        cell=CellKey(row.role_key, row.level_key, row.skill_key),
        status=Status(row.status) if row.status else None,
        note=row.note,
        at=row.at,
        sent_at=row.sent_at,
        replies=replies,
    )
