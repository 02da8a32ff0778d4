"""The repository of letters: kept before they are sent, taken back wherever they are."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, insert, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.members.effects import EffectKind, Errand
from bot.domain.teams.letter import Letter, LetterKind, LetterState
from bot.domain.teams.taken_back import TakenBack
from bot.domain.tenancy import Tenant
from bot.store.effects import keep_errands
from bot.store.models import member
from bot.store.owners import Owners
from bot.store.teams.letters.looks import letters_of, show_in_letter, shown_by
from bot.store.teams.models import letter, letter_share

AT_ONCE = 20
"""Messages that one errand takes back."""
_LIVE = ("planned", "sending", "sent", "unknown")

to, author = member.alias("letter_to"), member.alias("letter_author")


class LetterRepository:
    """Reads and writes the letters of one tenant."""

    def __init__(self, connection: AsyncConnection, tenant: Tenant, owners: Owners) -> None:
        self._connection = connection
        self._tenant = tenant
        self._owners = owners

    async def add(
        self,
        *,
        to_whom: str,
        by: str,
        kind: LetterKind,
        subject: int,
        share_id: int | None,
        shares: Collection[int] = (),
        at: datetime,
    ) -> int:
        """Keep a letter that is to be sent, and the errand that sends it; return its id.

        It shows something of `share_id`, or of all `shares` that are open to whom it goes.

        Raises:
            LookupError: either of the two is nobody whom we know here.
        """
        values = {
            "kind": kind.value,
            "subject": subject,
            "share_id": share_id,
            "state": LetterState.PLANNED.value,
            "at": at,
            "files": (),
        }
        source = select(
            to.c.id,
            author.c.id,
            *(literal(each, type_=letter.c[name].type) for name, each in values.items()),
        ).where(
            to.c.workspace_id == self._owners.workspace_id(),
            author.c.workspace_id == to.c.workspace_id,
            to.c.slack_id == to_whom,
            author.c.slack_id == by,
        )
        names = ["member_id", "author_member_id", *values]
        added = insert(letter).from_select(names, source).returning(letter.c.id)
        id_ = await self._connection.scalar(added)
        if id_ is None:
            raise LookupError("a letter is to or by nobody whom we know here")
        errand = Errand(self._tenant, EffectKind.LETTER, to_whom, str(id_))
        await keep_errands(self._connection, [errand], now=at)
        if shares:
            await show_in_letter(self._connection, int(id_), shares)
        return int(id_)

    async def get(self, letter_id: int) -> Letter | None:
        """Return a letter of this tenant."""
        query = (
            select(letter, to.c.slack_id.label("to_whom"), author.c.slack_id.label("by"))
            .join(to, to.c.id == letter.c.member_id)
            .join(author, author.c.id == letter.c.author_member_id)
            .where(letter.c.id == letter_id, to.c.workspace_id == self._owners.workspace_id())
        )
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else _letter(row)

    async def shares_of(self, letter_id: int) -> frozenset[int]:
        """Return the ids of the several shares that a letter shows something of."""
        return frozenset((await self._connection.scalars(shown_by(letter_id))).all())

    async def kept_of(self, slack_id: str) -> tuple[Letter, ...]:
        """Return every letter to or by a member, oldest first."""
        query = (
            select(letter, to.c.slack_id.label("to_whom"), author.c.slack_id.label("by"))
            .join(to, to.c.id == letter.c.member_id)
            .join(author, author.c.id == letter.c.author_member_id)
            .where(
                to.c.workspace_id == self._owners.workspace_id(),
                or_(to.c.slack_id == slack_id, author.c.slack_id == slack_id),
            )
            .order_by(letter.c.id)
        )
        return tuple(map(_letter, (await self._connection.execute(query)).all()))

    async def sent_to(self, *, kind: LetterKind, subject: int) -> frozenset[str]:
        """Return to whom letters about a row were sent; `kind` says of which table it is."""
        query = (
            select(to.c.slack_id)
            .join(letter, letter.c.member_id == to.c.id)
            .where(
                letter.c.kind == kind.value,
                letter.c.subject == subject,
                letter.c.state == LetterState.SENT.value,
                to.c.workspace_id == self._owners.workspace_id(),
            )
        )
        return frozenset((await self._connection.scalars(query)).all())

    async def begin(self, letter_id: int, *, at: datetime) -> bool:
        """Claim a letter for sending: True for the one caller that may send it."""
        return await self._become(
            letter_id, LetterState.PLANNED, LetterState.SENDING, sending_at=at
        )

    async def put_back(self, letter_id: int, reason: str) -> bool:
        """Let a letter that certainly has not arrived be sent later."""
        return await self._become(
            letter_id, LetterState.SENDING, LetterState.PLANNED, reason=reason, sending_at=None
        )

    async def carries(self, letter_id: int, files: Sequence[str]) -> None:
        """Note which files were sent with a letter that is on its way.

        Whoever takes it back meanwhile, or later where nobody knows whether it has arrived, takes
        these back as well.
        """
        sending = (letter.c.id == letter_id) & (letter.c.state == LetterState.SENDING.value)
        await self._connection.execute(update(letter).where(sending).values(files=tuple(files)))

    async def sent(self, letter_id: int, channel: str, ts: str, files: Sequence[str]) -> bool:
        """Note where a letter is; False where it was taken back while it was on its way.

        Also where another process took its sender for ended meanwhile; twice is once.
        """
        here = (letter.c.channel == channel) & (letter.c.ts == ts)
        waiting = (LetterState.SENDING.value, LetterState.UNKNOWN.value)
        changed = (
            update(letter)
            .where(
                letter.c.id == letter_id,
                or_(
                    letter.c.state.in_(waiting),
                    (letter.c.state == LetterState.SENT.value) & here,
                ),
            )
            .values(state=LetterState.SENT.value, channel=channel, ts=ts, files=tuple(files))
        )
        return (await self._connection.execute(changed)).rowcount == 1

    async def unknown(self, letter_id: int, reason: str) -> bool:
        """Note that nobody knows whether a letter has arrived."""
        return await self._become(
            letter_id, LetterState.SENDING, LetterState.UNKNOWN, reason=reason
        )

    async def withhold(self, letter_id: int, reason: str) -> bool:
        """Note that a letter is never sent."""
        waiting = (LetterState.PLANNED, LetterState.SENDING)
        changed = (
            update(letter)
            .where(letter.c.id == letter_id, letter.c.state.in_([each.value for each in waiting]))
            .values(state=LetterState.WITHHELD.value, reason=reason)
        )
        return (await self._connection.execute(changed)).rowcount == 1

    async def recall(self, *, kind: LetterKind | None = None, subject: int, at: datetime) -> None:
        """Take back the letters about a row; `kind` says of which table it is."""
        which = letter.c.subject == subject
        if kind is not None:
            which &= letter.c.kind == kind.value
        mine = letter.c.member_id.in_(
            select(member.c.id).where(member.c.workspace_id == self._owners.workspace_id())
        )
        await take_back_letters(self._connection, self._tenant, which & mine, at=at)

    async def recall_showing(self, share_id: int, *, at: datetime) -> None:
        """Take back the letters that show something of several shares, this one among them."""
        which = letters_of(letter_share.c.share_id == share_id)
        await take_back_letters(self._connection, self._tenant, which, at=at)

    async def take_back(self, what: TakenBack, *, at: datetime) -> None:
        """Let something that was sent be taken back, which no letter names any more."""
        await keep_taking_back(self._connection, self._tenant, what, at=at)

    async def _become(
        self, letter_id: int, before: LetterState, after: LetterState, **values: Any
    ) -> bool:
        changed = (
            update(letter)
            .where(letter.c.id == letter_id, letter.c.state == before.value)
            .values(state=after.value, **values)
        )
        return (await self._connection.execute(changed)).rowcount == 1


async def take_back_letters(
    connection: AsyncConnection, tenant: Tenant, which: ColumnElement[bool], *, at: datetime
) -> None:
    """Take back letters of a tenant: none is sent any more, and an errand deletes what was.

    One that is on its way just now is taken back by who sends it, once they see this.
    """
    taken = (
        update(letter)
        .where(which, letter.c.state.in_(_LIVE))
        .values(state=LetterState.RECALLED.value)
        .returning(letter.c.channel, letter.c.ts, letter.c.files)
    )
    rows = (await connection.execute(taken)).all()
    messages = tuple((row.channel, row.ts) for row in rows if row.channel and row.ts)
    files = tuple(each for row in rows for each in row.files)
    await keep_taking_back(connection, tenant, TakenBack(messages, files), at=at)


async def take_back_of_members(
    connection: AsyncConnection, tenant: Tenant, ids: Sequence[int], *, at: datetime
) -> None:
    """Take back all letters to and by members, by their rows' ids: they are about to be gone."""
    which = or_(letter.c.member_id.in_(ids), letter.c.author_member_id.in_(ids))
    await take_back_letters(connection, tenant, which, at=at)


async def keep_taking_back(
    connection: AsyncConnection, tenant: Tenant, what: TakenBack, *, at: datetime
) -> None:
    """Keep errands that take something back, a few messages each. They name no member."""
    if not what:
        return
    parts = [
        TakenBack(messages=what.messages[start : start + AT_ONCE])
        for start in range(0, len(what.messages), AT_ONCE)
    ]
    if what.files or what.views:
        parts.append(TakenBack(files=what.files, views=what.views, teams=what.teams))
    errands = [Errand(tenant, EffectKind.TAKE_BACK, request=each.written()) for each in parts]
    await keep_errands(connection, errands, now=at)


def _letter(row: Row[Any]) -> Letter:
    return Letter(
        id=row.id,
        to=row.to_whom,
        author=row.by,
        kind=LetterKind(row.kind),
        subject=row.subject,
        state=LetterState(row.state),
        at=row.at,
        share_id=row.share_id,
        channel=row.channel,
        ts=row.ts,
        files=row.files,
    )
