"""The repository of rhythms, talks and what was noted after them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.teams.agreed import Side
from bot.domain.teams.rhythm import HeldRhythm, RhythmState
from bot.domain.teams.talk import Point, Talk
from bot.store.dialect import insert_into
from bot.store.models import member
from bot.store.owners import Owners
from bot.store.teams.held_rhythm import rhythm_of
from bot.store.teams.models import share, talk, talk_brief, talk_point, talk_rhythm


class TalkRepository:
    """Reads and writes the talks of one tenant's shares. Who may, a service decides."""

    def __init__(self, connection: AsyncConnection, owners: Owners) -> None:
        self._connection = connection
        self._owners = owners

    async def rhythm(self, share_id: int) -> HeldRhythm | None:
        """Return when the two of a share talk; None where they have no rhythm."""
        query = select(talk_rhythm).where(talk_rhythm.c.share_id == share_id)
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else rhythm_of(row)

    async def keep_rhythm(self, held: HeldRhythm) -> None:
        """Keep a rhythm in place of the one before."""
        gone = delete(talk_rhythm).where(talk_rhythm.c.share_id == held.share_id)
        await self._connection.execute(gone)
        rhythm = held.rhythm
        await self._connection.execute(
            insert(talk_rhythm).values(
                share_id=held.share_id,
                often=rhythm.often.value,
                weekday=rhythm.weekday,
                at_minute=rhythm.at.hour * 60 + rhythm.at.minute,
                zone=rhythm.zone,
                first_day=rhythm.first,
                state=held.state.value,
                next_at=held.next_at,
                due_at=held.due_at,
                side=held.by.value,
                set_at=held.set_at,
            )
        )

    async def move_on(
        self, share_id: int, *, before: datetime, next_at: datetime, due_at: datetime
    ) -> bool:
        """Let something else be due than at `before`; True for the one transaction that does it."""
        moved = (
            update(talk_rhythm)
            .where(
                talk_rhythm.c.share_id == share_id,
                talk_rhythm.c.state == RhythmState.ON.value,
                talk_rhythm.c.due_at == before,
            )
            .values(next_at=next_at, due_at=due_at)
        )
        return (await self._connection.execute(moved)).rowcount == 1

    async def begin(self, share_id: int, at: datetime) -> int:
        """Keep a talk, or find the one that is kept; return its id."""
        added = (
            insert_into(self._connection, talk)
            .values(share_id=share_id, at=at)
            .on_conflict_do_nothing(index_elements=[talk.c.share_id, talk.c.at])
        )
        await self._connection.execute(added)
        known = select(talk.c.id).where(talk.c.share_id == share_id, talk.c.at == at)
        return int((await self._connection.execute(known)).scalar_one())

    async def briefed(self, share_id: int, at: datetime) -> frozenset[Side]:
        """Return to whom a brief of a talk was written, by the moment of the talk."""
        query = (
            select(talk_brief.c.side)
            .join(talk, talk.c.id == talk_brief.c.talk_id)
            .where(talk.c.share_id == share_id, talk.c.at == at)
        )
        return frozenset(map(Side, (await self._connection.scalars(query)).all()))

    async def brief(self, talk_id: int, side: Side) -> None:
        """Note that a brief is written in this transaction; a second one fails as a whole."""
        added = insert(talk_brief).values(talk_id=talk_id, side=side.value)
        await self._connection.execute(added)

    async def get(self, talk_id: int) -> Talk | None:
        """Return a talk."""
        query = select(talk).where(talk.c.id == talk_id)
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else Talk(row.id, row.share_id, row.at)

    async def before(self, share_id: int, at: datetime) -> Talk | None:
        """Return the last talk of a share before a moment."""
        query = select(talk).where(talk.c.share_id == share_id, talk.c.at < at)
        row = (
            await self._connection.execute(query.order_by(talk.c.at.desc()).limit(1))
        ).one_or_none()
        return None if row is None else Talk(row.id, row.share_id, row.at)

    async def points(self, share_id: int) -> tuple[Point, ...]:
        """Return what was noted after all talks of a share, oldest first."""
        query = (
            select(talk_point)
            .join(talk, talk.c.id == talk_point.c.talk_id)
            .where(talk.c.share_id == share_id)
            .order_by(talk_point.c.id)
        )
        return tuple(map(_point, (await self._connection.execute(query)).all()))

    async def count_open(self, share_id: int) -> int:
        """Return how many points of a share are not done."""
        query = (
            select(func.count())
            .select_from(talk_point)
            .join(talk, talk.c.id == talk_point.c.talk_id)
            .where(talk.c.share_id == share_id, talk_point.c.done_at.is_(None))
        )
        return int(await self._connection.scalar(query) or 0)

    async def note(
        self,
        talk_id: int,
        texts: Sequence[str],
        *,
        by: Side,
        both: bool,
        token: str,
        at: datetime,
    ) -> None:
        """Keep points, one each; the same `token` again keeps nothing more."""
        rows = [
            {
                "talk_id": talk_id,
                "side": by.value,
                "text": text,
                "for_both": both,
                "token": f"{token}.{number}",
                "made_at": at,
            }
            for number, text in enumerate(texts)
        ]
        added = insert_into(self._connection, talk_point).on_conflict_do_nothing(
            index_elements=[talk_point.c.talk_id, talk_point.c.token]
        )
        await self._connection.execute(added, rows)

    async def point(self, point_id: int) -> tuple[Point, int] | None:
        """Return a point and the id of its share."""
        query = (
            select(talk_point, talk.c.share_id)
            .join(talk, talk.c.id == talk_point.c.talk_id)
            .where(talk_point.c.id == point_id)
        )
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else (_point(row), row.share_id)

    async def done(self, point_id: int, *, at: datetime) -> bool:
        """Note that a point is done; False where it was."""
        ended = update(talk_point).where(
            talk_point.c.id == point_id, talk_point.c.done_at.is_(None)
        )
        return (await self._connection.execute(ended.values(done_at=at))).rowcount == 1

    async def kept_of(self, slack_id: str) -> tuple[tuple[int, Point], ...]:
        """Return the points that a member sees, with the share's id: what they noted, and what
        the other noted for both; oldest first."""
        mine = select(member.c.id).where(self._owners.is_owner(slack_id))
        owner, other = share.c.member_id.in_(mine), share.c.other_member_id.in_(mine)
        query = (
            select(talk_point, talk.c.share_id)
            .join(talk, talk.c.id == talk_point.c.talk_id)
            .join(share, share.c.id == talk.c.share_id)
            .where(
                or_(
                    owner & (talk_point.c.for_both | (talk_point.c.side == Side.OWNER.value)),
                    other & (talk_point.c.for_both | (talk_point.c.side == Side.OTHER.value)),
                )
            )
            .order_by(talk_point.c.id)
        )
        rows = (await self._connection.execute(query)).all()
        return tuple((row.share_id, _point(row)) for row in rows)

    async def rhythms_of(self, slack_id: str) -> tuple[HeldRhythm, ...]:
        """Return the rhythms of shares by and with a member."""
        mine = select(member.c.id).where(self._owners.is_owner(slack_id))
        query = (
            select(talk_rhythm)
            .join(share, share.c.id == talk_rhythm.c.share_id)
            .where(or_(share.c.member_id.in_(mine), share.c.other_member_id.in_(mine)))
            .order_by(talk_rhythm.c.share_id)
        )
        return tuple(map(rhythm_of, (await self._connection.execute(query)).all()))


def _point(row: Any) -> Point:
    return Point(
        id=row.id,
        talk_id=row.talk_id,
        by=Side(row.side),
        text=row.text,
        both=row.for_both,
        made_at=row.made_at,
        done_at=row.done_at,
    )
