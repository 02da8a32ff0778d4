"""The repository of confirmations: whom a member asked about what, and what they answered."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Row,
    Select,
    case,
    delete,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.framework import CellKey
from bot.domain.growth.packet import Saw
from bot.domain.members.effects import EffectKind, Errand
from bot.domain.teams.confirmation import OPEN_FOR, Confirmation, ConfirmationState
from bot.domain.tenancy import Tenant
from bot.store.effects import keep_errands
from bot.store.models import member
from bot.store.owners import Owner, Owners, keeping
from bot.store.teams.models import confirmation
from bot.store.teams.told import tell_of_member

_owner, _other = member.alias("confirmation_owner"), member.alias("confirmation_other")
_ASKED, _ANSWERED = ConfirmationState.ASKED.value, ConfirmationState.ANSWERED.value
_NO_WORDS = {"sentence": "", "words": "", "saw": None, "answered_at": None, "included_at": None}
_OVER = {"state": ConfirmationState.OVER.value, **_NO_WORDS}


class ConfirmationRepository:
    """Reads and writes the confirmations of one tenant."""

    def __init__(self, connection: AsyncConnection, tenant: Tenant, owners: Owners) -> None:
        self._connection = connection
        self._tenant = tenant
        self._owners = owners

    async def ask(
        self, owner: Owner, other: str, cell: CellKey, sentence: str, *, at: datetime
    ) -> int:
        """Keep an ask, and the errand that ends it in time; return its id.

        Raises:
            LookupError: the other is nobody whom we know here.
        """
        values = {
            "role_key": cell.role,
            "level_key": cell.level,
            "skill_key": cell.skill,
            "sentence": sentence,
            "state": _ASKED,
            "asked_at": at,
            "words": "",
        }
        source = select(
            literal(owner.member_id, type_=confirmation.c.member_id.type),
            member.c.id,
            *(literal(each, type_=confirmation.c[name].type) for name, each in values.items()),
        ).where(self._owners.is_owner(other))
        names = ["member_id", "other_member_id", *values]
        kept = keeping(source, member)
        added = insert(confirmation).from_select(names, kept).returning(confirmation.c.id)
        id_ = await self._connection.scalar(added)
        if id_ is None:
            raise LookupError("somebody is asked whom we do not know here")
        errand = Errand(self._tenant, EffectKind.ASK_OVER, request=str(id_))
        await keep_errands(self._connection, [errand], now=at)
        await self._tell(id_)
        return int(id_)

    async def of(self, confirmation_id: int) -> Confirmation | None:
        """Return a confirmation of this tenant, whatever its state."""
        found = await self._read(self._select().where(confirmation.c.id == confirmation_id))
        return next(iter(found), None)

    async def held(self, confirmation_id: int) -> Confirmation | None:
        """Return the same, with its two kept as they are until this transaction ends.

        Before anything is written of both: see `bot.store.owners`.
        """
        query = self._select().where(confirmation.c.id == confirmation_id)
        return next(iter(await self._read(keeping(query, _owner, _other))), None)

    async def by(self, slack_id: str) -> tuple[Confirmation, ...]:
        """Return all that a member asked, what is over too, the oldest first."""
        return await self._read(self._select().where(_owner.c.slack_id == slack_id))

    async def to(self, slack_id: str) -> tuple[Confirmation, ...]:
        """Return all that a member was asked and that is not over, the oldest first."""
        state = confirmation.c.state != ConfirmationState.OVER.value
        return await self._read(self._select().where(_other.c.slack_id == slack_id, state))

    async def answer(
        self, confirmation_id: int, other: str, saw: Saw, words: str, *, at: datetime
    ) -> str | None:
        """Keep what the other answers; return who asked, None where they are not asked any more."""
        return await self._change(
            confirmation_id,
            confirmation.c.other_member_id.in_(self._named(other)),
            confirmation.c.state == _ASKED,
            confirmation.c.asked_at > at - OPEN_FOR,
            state=_ANSWERED,
            saw=saw.value,
            words=words,
            answered_at=at,
        )

    async def decline(self, confirmation_id: int, other: str) -> str | None:
        """End it on the other's word, an answer with it; return who asked, None as above.

        The asker's own words stay until its time is over, so that they cannot tell: see `expire`.
        """
        theirs = confirmation.c.other_member_id.in_(self._named(other))
        unsaid = case((confirmation.c.state == _ASKED, confirmation.c.sentence), else_="")
        over = {**_OVER, "sentence": unsaid}
        return await self._change(confirmation_id, theirs, _not_over(), **over)

    async def withdraw(self, confirmation_id: int, owner: str) -> str | None:
        """End it on the asker's word; return who asked, None where it is none of theirs."""
        theirs = confirmation.c.member_id.in_(self._named(owner))
        either = _not_over() | (confirmation.c.sentence != "")
        return await self._change(confirmation_id, theirs, either, **_OVER)

    async def include(
        self, confirmation_id: int, owner: str, included_at: datetime | None
    ) -> str | None:
        """Take an answer along from now on, or leave it out; return who asked, None as above."""
        return await self._change(
            confirmation_id,
            confirmation.c.member_id.in_(self._named(owner)),
            confirmation.c.state == _ANSWERED,
            included_at=included_at,
        )

    async def expire(self, confirmation_id: int) -> None:
        """Leave no words of what nobody answered."""
        await self._change(confirmation_id, confirmation.c.state != _ANSWERED, **_OVER)

    async def drop(self, confirmation_id: int) -> None:
        """Delete what nobody answered."""
        unanswered = confirmation.c.state != _ANSWERED
        gone = delete(confirmation).where(
            confirmation.c.id == confirmation_id, unanswered, self._here()
        )
        await self._connection.execute(gone)

    def _select(self) -> Select[Any]:
        return (
            select(
                confirmation,
                _owner.c.slack_id.label("owner"),
                _other.c.slack_id.label("other"),
            )
            .join(_owner, _owner.c.id == confirmation.c.member_id)
            .join(_other, _other.c.id == confirmation.c.other_member_id)
            .where(_owner.c.workspace_id == self._owners.workspace_id())
            .order_by(confirmation.c.id)
        )

    async def _read(self, query: Select[Any]) -> tuple[Confirmation, ...]:
        return tuple(_confirmation(row) for row in (await self._connection.execute(query)).all())

    async def _change(
        self, confirmation_id: int, *where: ColumnElement[bool], **values: Any
    ) -> str | None:
        changed = update(confirmation).where(
            confirmation.c.id == confirmation_id, self._here(), *where
        )
        if (await self._connection.execute(changed.values(**values))).rowcount != 1:
            return None
        return await self._tell(confirmation_id)

    async def _tell(self, confirmation_id: int) -> str | None:
        """Let every process read the asker anew, and return who that is."""
        asker = select(confirmation.c.member_id).where(confirmation.c.id == confirmation_id)
        return await tell_of_member(self._connection, asker.scalar_subquery())

    def _here(self) -> ColumnElement[bool]:
        mine = select(member.c.id).where(member.c.workspace_id == self._owners.workspace_id())
        return confirmation.c.member_id.in_(mine)

    def _named(self, slack_id: str) -> Select[Any]:
        return select(member.c.id).where(self._owners.is_owner(slack_id))


async def forget_confirmations(connection: AsyncConnection, ids: Sequence[int]) -> None:
    """Delete what members asked, and what they said of others."""
    theirs = or_(confirmation.c.member_id.in_(ids), confirmation.c.other_member_id.in_(ids))
    await connection.execute(delete(confirmation).where(theirs))


async def join_confirmations(connection: AsyncConnection, pair: CTE) -> None:
    """Give confirmations of each `pair.gone` to its `pair.stays`; nobody confirms themselves."""
    for column in (confirmation.c.member_id, confirmation.c.other_member_id):
        given = update(confirmation).where(column == pair.c.gone)
        await connection.execute(given.values({column.name: pair.c.stays}))
    with_self = confirmation.c.member_id == confirmation.c.other_member_id
    await connection.execute(delete(confirmation).where(with_self))


async def settle_confirmations(connection: AsyncConnection) -> None:
    """End every ask of a backup, and leave every answer out: what was taken back since is unknown.

    Members put in again what they want; nobody is shown what they took back.
    """
    asked = update(confirmation).where(confirmation.c.state != _ANSWERED)
    await connection.execute(asked.values(**_OVER))
    await connection.execute(update(confirmation).values(included_at=None))


def _not_over() -> ColumnElement[bool]:
    return confirmation.c.state.in_([_ASKED, _ANSWERED])


def _confirmation(row: Row[Any]) -> Confirmation:
    return Confirmation(
        id=row.id,
        owner=row.owner,
        other=row.other,
        cell=CellKey(row.role_key, row.level_key, row.skill_key),
        sentence=row.sentence,
        state=ConfirmationState(row.state),
        asked_at=row.asked_at,
        saw=Saw(row.saw) if row.saw else None,
        words=row.words,
        answered_at=row.answered_at,
        included_at=row.included_at,
    )
