"""The repository of the texts that a tenant's members find unclear. It is never told who."""

import secrets
from collections.abc import Callable
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.catalogue.unclear import KEPT, UnclearText, has_expired
from bot.domain.framework import CellKey
from bot.store.catalogue.models import unclear_mark, unclear_sentence, unclear_text
from bot.store.dialect import insert_into
from bot.store.owners import Owners

_CELL = ("role_key", "level_key", "skill_key")
"""As a `CellKey` names them."""
_MOST_AT_ONCE = 1_000

Marker = Callable[[str], str]
"""Makes somebody's mark with a salt."""


class UnclearRepository:
    """Reads and writes what was said in the tenant it is bound to, and in no other."""

    def __init__(self, connection: AsyncConnection, owners: Owners) -> None:
        self._connection = connection
        self._owners = owners

    async def report(
        self,
        cell: CellKey,
        *,
        words: str,
        revision_id: int,
        marker: Marker,
        sentence: str,
        today: date,
    ) -> bool:
        """Count a text as unclear; False where the same person said so already.

        What was said about other words of the same expectation goes: they are read no more. The
        workspace must be there.
        """
        row = await self._text(cell, words, revision_id, today)
        salt = row.salt
        if row.revision_id != revision_id or has_expired(row.salted_on, today):
            salt = await self._salted_anew(row.id, revision_id, today)
        if not await self._marked(row.id, marker(salt)):
            return False
        counted = update(unclear_text).where(unclear_text.c.id == row.id)
        await self._connection.execute(counted.values(times=unclear_text.c.times + 1))
        if sentence:
            added = {"text_id": row.id, "token": secrets.token_hex(8), "sentence": sentence}
            await self._connection.execute(insert(unclear_sentence), [added])
        return True

    async def _text(
        self, cell: CellKey, words: str, revision_id: int, today: date
    ) -> Row[tuple[int, str, int, date]]:
        """Return the text's row, held by this transaction; a new one where there was none."""
        mine = unclear_text.c.workspace_id == self._owners.workspace_id()
        keys = dict(zip(_CELL, (cell.role, cell.level, cell.skill), strict=True))
        here = mine
        for name, key in keys.items():
            here &= unclear_text.c[name] == key
        await self._connection.execute(
            delete(unclear_text).where(here, unclear_text.c.words != words)
        )
        new = {
            **keys,
            "workspace_id": self._owners.workspace_id(),
            "words": words,
            "times": 0,
            "salt": secrets.token_hex(16),
            "revision_id": revision_id,
            "salted_on": today,
        }
        added = insert_into(self._connection, unclear_text).values(new).on_conflict_do_nothing()
        await self._connection.execute(added)
        columns = (unclear_text.c[name] for name in ("id", "salt", "revision_id", "salted_on"))
        query = select(*columns).where(here, unclear_text.c.words == words).with_for_update()
        return (await self._connection.execute(query)).one()

    async def _salted_anew(self, text_id: int, revision_id: int, today: date) -> str:
        """Throw the marks away, and what they were made with."""
        salt = secrets.token_hex(16)
        await self._connection.execute(
            delete(unclear_mark).where(unclear_mark.c.text_id == text_id)
        )
        await self._connection.execute(
            update(unclear_text)
            .where(unclear_text.c.id == text_id)
            .values(salt=salt, revision_id=revision_id, salted_on=today)
        )
        return salt

    async def _marked(self, text_id: int, mark: str) -> bool:
        added = (
            insert_into(self._connection, unclear_mark)
            .values(text_id=text_id, mark=mark)
            .on_conflict_do_nothing()
            .returning(unclear_mark.c.text_id)
        )
        return await self._connection.scalar(added) is not None

    async def all(self) -> tuple[UnclearText, ...]:
        """Return all that was said in the workspace, the most often said first. One query."""
        query = (
            select(unclear_text, unclear_sentence.c.sentence)
            .outerjoin(unclear_sentence, unclear_sentence.c.text_id == unclear_text.c.id)
            .where(unclear_text.c.workspace_id == self._owners.workspace_id())
            .order_by(
                unclear_text.c.times.desc(),
                *(unclear_text.c[name] for name in _CELL),
                unclear_text.c.id,
                unclear_sentence.c.token,
            )
        )
        rows = (await self._connection.execute(query)).all()
        found = []
        for _, group in groupby(rows, key=lambda each: each.id):
            said = [*group]
            cell = CellKey(*(getattr(said[0], name) for name in _CELL))
            sentences = tuple(each.sentence for each in said if each.sentence is not None)
            found.append(UnclearText(cell, said[0].words, said[0].times, sentences))
        return tuple(found)

    async def unmark(self, marker: Marker) -> None:
        """Throw away somebody's marks. What was counted stays: nothing tells that it was theirs."""
        query = select(unclear_text.c.id, unclear_text.c.salt).where(
            unclear_text.c.workspace_id == self._owners.workspace_id()
        )
        # A mark is a hash with the text's own salt: no other text has the same.
        texts = {row.id: marker(row.salt) for row in await self._connection.execute(query)}
        marked = [*texts.items()]
        for start in range(0, len(marked), _MOST_AT_ONCE):
            ids, marks = zip(*marked[start : start + _MOST_AT_ONCE], strict=True)
            mine = unclear_mark.c.text_id.in_(ids) & unclear_mark.c.mark.in_(marks)
            await self._connection.execute(delete(unclear_mark).where(mine))


async def drop_expired_marks(connection: AsyncConnection, today: date) -> None:
    """Throw away the marks of all tenants that have been kept for long enough."""
    expired = select(unclear_text.c.id).where(
        (unclear_text.c.salted_on < today - KEPT)
        | (unclear_text.c.salted_on > today + timedelta(days=1))
    )
    await connection.execute(delete(unclear_mark).where(unclear_mark.c.text_id.in_(expired)))
