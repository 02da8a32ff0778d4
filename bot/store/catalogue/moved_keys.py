"""Where keys of older revisions went, kept with the revision in which they do so."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.moves import NO_MOVES, Moves
from bot.store.catalogue.revision_models import moved_key

# Built once, for each load asks it.
_MOVES = select(moved_key).where(moved_key.c.revision_id == bindparam("revision"))


def moved_rows(moves: Moves) -> Iterator[dict[str, Any]]:
    """Yield the rows of a revision's moves, without `revision_id`."""
    rows = [
        *(("role", old, None, new, None) for old, new in sorted(moves.roles.items())),
        *(("rung", *old, *new) for old, new in sorted(moves.rungs.items())),
        *(("skill", old, None, new, None) for old, new in sorted(moves.skills.items())),
    ]
    names = ("kind", "old_key", "old_level", "new_key", "new_level")
    for position, row in enumerate(rows):
        told = moves.names.get(tuple(part for part in row[:3] if part is not None), ())
        yield {"id": position, **dict(zip(names, row, strict=True)), "old_names": told}


async def read_moves(connection: AsyncConnection, revision_id: int) -> Moves:
    """Return a revision's moves. One query."""
    rows = (await connection.execute(_MOVES, {"revision": revision_id})).all()
    if not rows:
        return NO_MOVES
    return Moves(
        {row.old_key: row.new_key for row in rows if row.kind == "role"},
        {
            (row.old_key, row.old_level): (row.new_key, row.new_level)
            for row in rows
            if row.kind == "rung"
        },
        {row.old_key: row.new_key for row in rows if row.kind == "skill"},
        {_place(row): row.old_names for row in rows if row.old_names},
    )


def _place(row: Row[Any]) -> tuple[str, ...]:
    return tuple(part for part in (row.kind, row.old_key, row.old_level) if part is not None)
