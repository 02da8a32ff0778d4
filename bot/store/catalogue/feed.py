"""What was published since one last asked, in any catalogue: one query, however many there are.

Ids are given out in order, but a publication that takes long commits after later ones did. So those
that were passed over are asked about as well, until they can only have been given up.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.models import catalogue, revision
from bot.values import dataclass

LOOK_BACK = 100
"""So many of the ids before the newest may be under way when one asks for the first time."""
ASKED = 1_000
"""Times that an id is asked about that was passed over: asked once a second, longer than any
publication may take."""

_NEWER = revision.c.id > bindparam("last")
_REVISIONS = (
    select(revision.c.id, catalogue.c.key)
    .join(catalogue, catalogue.c.id == revision.c.catalogue_id)
    .order_by(revision.c.id)
)
# Built once: it takes longer to build one than to ask it.
_FRESH = _REVISIONS.where(_NEWER)
_FRESH_OR_OPEN = _REVISIONS.where(or_(_NEWER, revision.c.id.in_(bindparam("open", expanding=True))))
_NOBODY: Mapping[int, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PublishedMark:
    """Up to where publications are known: opaque.

    `open` are ids up to `last` that were not seen, with how often they are still asked about.
    """

    last: int
    open: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class NewlyPublished:
    """The newest of the new revisions, by catalogue key."""

    mark: PublishedMark
    revisions: Mapping[str, int]


async def published_since(
    connection: AsyncConnection, mark: PublishedMark | None
) -> NewlyPublished:
    """Return what was published after `mark`; nothing where there is none yet, only a mark."""
    if mark is None:
        newest = await connection.scalar(select(func.max(revision.c.id))) or 0
        first = max(0, newest - LOOK_BACK)
        there = (await connection.scalars(select(revision.c.id).where(revision.c.id > first))).all()
        return NewlyPublished(_moved(PublishedMark(first, _NOBODY), there), MappingProxyType({}))
    values: dict[str, Any] = {"last": mark.last}
    if mark.open:
        values["open"] = sorted(mark.open)
    query = _FRESH_OR_OPEN if mark.open else _FRESH
    rows = (await connection.execute(query, values)).all()
    found = {key: id_ for id_, key in rows}
    return NewlyPublished(_moved(mark, [row.id for row in rows]), found)


def _moved(mark: PublishedMark, seen: Sequence[int]) -> PublishedMark:
    known = frozenset(seen)
    last = max((mark.last, *known))
    still = {id_: left - 1 for id_, left in mark.open.items() if left > 1 and id_ not in known}
    passed = dict.fromkeys(range(max(mark.last, last - LOOK_BACK) + 1, last + 1), ASKED)
    return PublishedMark(last, still | {id_: n for id_, n in passed.items() if id_ not in known})
