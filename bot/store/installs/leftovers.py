"""Moves what a workspace holds beside its people's rows: drafts, uploads, unclear texts."""

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.catalogue.models import (
    catalogue_upload,
    unclear_mark,
    unclear_sentence,
    unclear_text,
)
from bot.store.models import catalogue_draft

_TEXT = ("role_key", "level_key", "skill_key", "words")


async def move_leftovers(connection: AsyncConnection, *, gone: int, stays: int) -> None:
    """Give it to the workspace `stays`. What it decided, as its catalogue, stays where it is."""
    drafts = update(catalogue_draft).where(catalogue_draft.c.workspace_id == gone)
    await connection.execute(drafts.values(workspace_id=stays))
    await _move_uploads(connection, gone, stays)
    await _move_unclear_texts(connection, gone, stays)


async def _move_uploads(connection: AsyncConnection, gone: int, stays: int) -> None:
    """Move what owners have uploaded; of two of the same owner the one gone on with last stays."""
    theirs, ours = catalogue_upload.alias("theirs"), catalogue_upload.alias("ours")
    pairs = select(theirs.c.id, theirs.c.changed_at, ours.c.id, ours.c.changed_at).where(
        theirs.c.workspace_id == gone,
        ours.c.workspace_id == stays,
        theirs.c.author_id == ours.c.author_id,
    )
    for their_id, their_at, our_id, our_at in (await connection.execute(pairs)).all():
        older = our_id if their_at > our_at else their_id
        await connection.execute(delete(catalogue_upload).where(catalogue_upload.c.id == older))
    rest = update(catalogue_upload).where(catalogue_upload.c.workspace_id == gone)
    await connection.execute(rest.values(workspace_id=stays))


async def _move_unclear_texts(connection: AsyncConnection, gone: int, stays: int) -> None:
    """Move what was said of texts; who said it of the same text in both parts may count twice.

    Marks are made so that nobody can say whether it was the same person.
    """
    theirs, ours = unclear_text.alias("theirs"), unclear_text.alias("ours")
    same = [theirs.c[name] == ours.c[name] for name in _TEXT]
    pair = select(theirs.c.id, ours.c.id, theirs.c.times).where(
        theirs.c.workspace_id == gone, ours.c.workspace_id == stays, *same
    )
    for text_id, known_id, times in (await connection.execute(pair)).all():
        known = update(unclear_text).where(unclear_text.c.id == known_id)
        await connection.execute(known.values(times=unclear_text.c.times + times))
        for table in (unclear_mark, unclear_sentence):
            said = update(table).where(table.c.text_id == text_id)
            await connection.execute(said.values(text_id=known_id))
        await connection.execute(delete(unclear_text).where(unclear_text.c.id == text_id))
    rest = update(unclear_text).where(unclear_text.c.workspace_id == gone)
    await connection.execute(rest.values(workspace_id=stays))
