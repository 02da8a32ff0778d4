"""Drafts of one tenant's catalogue that wait to be published."""

import json
import zlib
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.catalogue.draft import Draft, DraftState, Waiting, decisions_of
from bot.domain.catalogue.goings import GoingKey, GoingPart
from bot.domain.members.personal_data import DraftPart, KeptDraft
from bot.store.models import catalogue_draft as draft
from bot.store.owners import Owners


class DraftRepository:
    """Reads and writes the drafts of the tenant it is bound to, and no other."""

    def __init__(self, connection: AsyncConnection, owners: Owners) -> None:
        self._connection = connection
        self._owners = owners

    # Made only where they are asked for: every transaction has one of these, and few ask.
    @property
    def _workspace_id(self) -> ScalarSelect[Any]:
        return self._owners.workspace_id()

    @property
    def _mine(self) -> ColumnElement[bool]:
        return draft.c.workspace_id == self._workspace_id

    async def add(self, made: Draft, content: str, *, at: datetime) -> Draft:
        """Keep a draft with its content as a text; return it with its id."""
        values = {
            "workspace_id": self._workspace_id,
            "author_id": made.author_id,
            "reviewer_id": made.waiting.reviewer_id,
            "publish_at": made.waiting.publish_at,
            "state": made.state.value,
            "note": made.note,
            "base": made.base,
            "digest": made.digest,
            "typed_name": made.typed_name,
            "decisions": json.dumps(decisions_of(made.decisions)),
            "comment": made.comment,
            "content": zlib.compress(content.encode()),
            "made_at": at,
        }
        added = await self._connection.execute(insert(draft).values(values).returning(draft.c.id))
        found = await self.get(int(added.scalar_one()))
        if found is None:
            raise RuntimeError("a draft that was just added is not there")
        return found

    async def get(self, id_: int) -> Draft | None:
        """Return a draft; None where the tenant has no such draft."""
        query = _drafts().where(draft.c.id == id_, self._mine)
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else _draft(row)

    async def content(self, id_: int) -> str | None:
        """Return the text of a draft's content; None where the tenant has no such draft."""
        query = select(draft.c.content).where(draft.c.id == id_, self._mine)
        packed: bytes | None = await self._connection.scalar(query)
        return None if packed is None else zlib.decompress(packed).decode()

    async def approve(self, id_: int, *, at: datetime) -> bool:
        """Note that the reviewer approved a draft; True for the first time while it waits."""
        return await self._change(id_, draft.c.approved_at.is_(None), approved_at=at)

    async def comment(self, id_: int, text: str) -> bool:
        """Keep what the reviewer wrote last; False where the draft waits no more."""
        return await self._change(id_, comment=text)

    async def close(self, id_: int, state: DraftState) -> bool:
        """End the waiting; True for the one that did."""
        return await self._change(id_, state=state.value)

    async def kept_of(self, slack_id: str) -> tuple[KeptDraft, ...]:
        """Return the drafts that somebody made or was asked to look at, the oldest first."""
        columns = [draft.c[name] for name in _OF_A_PERSON]
        theirs = or_(draft.c.author_id == slack_id, draft.c.reviewer_id == slack_id)
        query = select(*columns).where(self._mine, theirs).order_by(draft.c.id)
        rows = (await self._connection.execute(query)).all()
        return tuple(_made(row) if row.author_id == slack_id else _looked_at(row) for row in rows)

    async def forget(self, slack_id: str) -> int:
        """Delete a person's drafts, and that they were asked to look at somebody else's.

        Returns how many were theirs.
        """
        gone = await self._connection.execute(
            delete(draft).where(self._mine, draft.c.author_id == slack_id)
        )
        await self._connection.execute(
            update(draft)
            .where(self._mine, draft.c.reviewer_id == slack_id)
            .values(reviewer_id="", comment="")
        )
        return gone.rowcount

    async def _change(self, id_: int, *conditions: Any, **values: Any) -> bool:
        changed = (
            update(draft)
            .where(
                draft.c.id == id_,
                self._mine,
                draft.c.state == DraftState.WAITING.value,
                *conditions,
            )
            .values(**values)
        )
        return (await self._connection.execute(changed)).rowcount == 1


_OF_A_PERSON = (
    *("id", "author_id", "state", "note", "made_at", "publish_at", "comment", "approved_at"),
)


def _made(row: Row[Any]) -> KeptDraft:
    return KeptDraft(
        row.id,
        DraftPart.AUTHOR,
        row.state,
        row.made_at,
        note=row.note,
        publish_at=row.publish_at,
    )


def _looked_at(row: Row[Any]) -> KeptDraft:
    return KeptDraft(
        row.id,
        DraftPart.REVIEWER,
        row.state,
        row.made_at,
        comment=row.comment,
        approved_at=row.approved_at,
    )


def _drafts() -> Select[Any]:
    return select(*(each for each in draft.c if each is not draft.c.content))


def _draft(row: Row[Any]) -> Draft:
    return Draft(
        id=row.id,
        author_id=row.author_id,
        state=DraftState(row.state),
        note=row.note,
        base=row.base,
        digest=row.digest,
        waiting=Waiting(row.reviewer_id, row.publish_at),
        typed_name=row.typed_name,
        approved_at=row.approved_at,
        comment=row.comment,
        decisions={
            GoingKey(GoingPart(part), key, within): target
            for part, key, within, target in json.loads(row.decisions)
        },
    )
