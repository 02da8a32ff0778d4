"""Looks at shares, and letters that show something of several."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.teams.share import SAME_LOOK, Look, LookKind, ShareState
from bot.store.models import member
from bot.store.owners import Owners
from bot.store.teams.models import letter, letter_share, share, share_look
from bot.store.types import MAX_KEY

_ACCEPTED = share.c.state == ShareState.ACCEPTED.value


class LookRepository:
    """Notes looks of one tenant's members at what others share with them."""

    def __init__(self, connection: AsyncConnection, owners: Owners) -> None:
        self._connection = connection
        self._owners = owners

    async def at(
        self, other: str, share_ids: Collection[int], kind: LookKind, *, at: datetime
    ) -> dict[int, int]:
        """Note that a member looks at these shares now; return the look at each, by its share.

        A share that they may not look at is left out. Looks at the same within `SAME_LOOK` are one.
        """
        whose = select(member.c.id).where(self._owners.is_owner(other))
        which = share.c.id.in_(sorted(share_ids)) & share.c.other_member_id.in_(whose)
        return await _note(self._connection, which, kind, at=at)

    async def at_one(self, share_id: int, kind: LookKind, *, at: datetime) -> int | None:
        """Note that the other of a share looks now; return the look, None where they may not.

        Looks at the same within `SAME_LOOK` are one.
        """
        lately = (share_look.c.share_id == share_id) & (share_look.c.what == kind.value)
        lately &= share_look.c.at.between(at - SAME_LOOK, at)
        latest = select(func.max(share_look.c.id)).where(lately).scalar_subquery()
        again = update(share_look).where(share_look.c.id == latest).values(at=at)
        again = again.returning(share_look.c.id)
        found: int | None = await self._connection.scalar(again)
        if found is not None:
            return found
        values = {"at": at, "what": kind.value}
        source = select(
            share.c.id,
            *(literal(each, type_=share_look.c[name].type) for name, each in values.items()),
        ).where(share.c.id == share_id, _ACCEPTED, share.c.member_id.in_(self._here()))
        added = insert(share_look).from_select(["share_id", *values], source)
        look_id: int | None = await self._connection.scalar(added.returning(share_look.c.id))
        return look_id

    async def by_letter(self, letter_id: int, kind: LookKind, *, at: datetime) -> None:
        """Note that whoever got a letter looks at all that it shows."""
        await _note(self._connection, share.c.id.in_(shown_by(letter_id)), kind, at=at)

    async def shown_in(self, look_ids: Collection[int], view_id: str) -> bool:
        """Note in which modal looks go on; False where a share ended while that was opened.

        A look may go on in several, such as on a telephone as well.
        """
        ids = {*look_ids}
        # Held, so that whoever ends one of them now comes after this and finds the modal.
        held = (
            select(share_look.c.id, share_look.c.view_id)
            .join(share, share.c.id == share_look.c.share_id)
            .where(share_look.c.id.in_(sorted(ids)), _ACCEPTED, share.c.member_id.in_(self._here()))
            .with_for_update(read=True, of=share)
        )
        kept: dict[str, list[int]] = defaultdict(list)
        for row in (await self._connection.execute(held)).all():
            kept[_views_with(row.view_id, view_id)].append(row.id)
        for views, looks in kept.items():
            found = update(share_look).where(share_look.c.id.in_(looks))
            await self._connection.execute(found.values(view_id=views))
        return sum(map(len, kept.values())) == len(ids)

    async def of(self, share_ids: Iterable[int], *, most: int) -> dict[int, tuple[Look, ...]]:
        """Return the last looks at each share, the newest first, at most so many of each."""
        place = (
            func.row_number()
            .over(partition_by=share_look.c.share_id, order_by=share_look.c.id.desc())
            .label("place")
        )
        numbered = select(share_look, place).where(share_look.c.share_id.in_([*share_ids]))
        listed = numbered.subquery()
        query = select(listed).where(listed.c.place <= most).order_by(listed.c.id.desc())
        found: dict[int, list[Look]] = defaultdict(list)
        for row in (await self._connection.execute(query)).all():
            found[row.share_id].append(Look(row.share_id, row.at, LookKind(row.what)))
        return {key: tuple(looks) for key, looks in found.items()}

    def _here(self) -> Select[tuple[int]]:
        return select(member.c.id).where(member.c.workspace_id == self._owners.workspace_id())


async def _note(
    connection: AsyncConnection, which: ColumnElement[bool], kind: LookKind, *, at: datetime
) -> dict[int, int]:
    shares = select(share.c.id).where(which, _ACCEPTED)
    lately = (
        select(func.max(share_look.c.id))
        .where(
            share_look.c.share_id.in_(shares),
            share_look.c.what == kind.value,
            share_look.c.at.between(at - SAME_LOOK, at),
        )
        .group_by(share_look.c.share_id)
    )
    columns = (share_look.c.share_id, share_look.c.id)
    again = update(share_look).where(share_look.c.id.in_(lately)).values(at=at).returning(*columns)
    known = {row.share_id: row.id for row in (await connection.execute(again)).all()}
    values = {"at": at, "what": kind.value}
    source = shares.where(share.c.id.not_in(sorted(known))).with_only_columns(
        share.c.id, *(literal(each, type_=share_look.c[name].type) for name, each in values.items())
    )
    added = insert(share_look).from_select(["share_id", *values], source).returning(*columns)
    return known | {row.share_id: row.id for row in (await connection.execute(added)).all()}


def _views_with(kept: str | None, view_id: str) -> str:
    """Return what is kept of the modals in which a look goes on, once there is another one.

    The oldest go where there is no more room: nobody has so many open.
    """
    views = [each for each in (kept or "").split() if each != view_id]
    while views and len(" ".join((*views, view_id))) > MAX_KEY:
        del views[0]
    return " ".join((*views, view_id))


async def show_in_letter(
    connection: AsyncConnection, letter_id: int, share_ids: Collection[int]
) -> None:
    """Keep of which shares a letter to their other side shows something, as far as it may.

    Held until this transaction ends: whoever ends one of them meanwhile waits, and then finds it.
    """
    held = (
        select(share.c.id)
        .join(letter, letter.c.member_id == share.c.other_member_id)
        .where(letter.c.id == letter_id, share.c.id.in_(sorted(share_ids)), _ACCEPTED)
        .with_for_update(read=True, of=share)
    )
    found: Sequence[int] = (await connection.scalars(held)).all()
    if found:
        rows = [{"letter_id": letter_id, "share_id": each} for each in found]
        await connection.execute(insert(letter_share), rows)


def shown_by(letter_id: int) -> Select[Any]:
    """Return the ids of the shares that a letter shows something of."""
    return select(letter_share.c.share_id).where(letter_share.c.letter_id == letter_id)


def letters_of(shares: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition on `letter` that it shows something of any of several shares.

    `shares` is a condition on `letter_share`.
    """
    return letter.c.id.in_(select(letter_share.c.letter_id).where(shares))
