"""The repository of nudges that were sent: what they ask, and what the member answered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.framework import CellKey
from bot.domain.members.personal_data import KeptNudge
from bot.domain.nudges.choice import Reason
from bot.domain.nudges.decision import Past
from bot.domain.nudges.message import Form, NudgeAnswer
from bot.store.dialect import insert_into
from bot.store.models import member
from bot.store.nudges.models import nudge, nudge_later, nudge_passed
from bot.store.nudges.past import WENT_OUT, pasts_of
from bot.store.nudges.plans import cell_values
from bot.store.owners import Owner, Owners


@dataclass(frozen=True, slots=True)
class NudgeOffer:
    """What one nudge asks about, as it is kept. `prompt` is in the catalogue's base language."""

    cell: CellKey
    prompt: str | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class SentNudge:
    """A nudge that a member has, or may have. `until` is when what it put off comes again."""

    id: int
    form: Form
    offer: NudgeOffer | None
    answer: NudgeAnswer | None
    until: datetime | None


class NudgeRepository:
    """Reads and answers nudges of one tenant's members."""

    def __init__(self, connection: AsyncConnection, owners: Owners) -> None:
        self._connection = connection
        self._owners = owners

    async def get(self, owner: Owner, nudge_id: int) -> SentNudge | None:
        """Return a nudge of this member that went out; None for any other."""
        query = (
            select(nudge, nudge_later.c.until)
            .outerjoin(
                nudge_later,
                (nudge_later.c.member_id == nudge.c.member_id)
                & (nudge_later.c.role_key == nudge.c.role_key)
                & (nudge_later.c.level_key == nudge.c.level_key)
                & (nudge_later.c.skill_key == nudge.c.skill_key),
            )
            .where(
                nudge.c.id == nudge_id,
                nudge.c.member_id == owner.member_id,
                nudge.c.state.in_(WENT_OUT),
                nudge.c.form.is_not(None),
            )
        )
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            return None
        cell = cell_of(row)
        offer = NudgeOffer(cell, row.prompt, reasons_of(row.reasons)) if cell else None
        answer = NudgeAnswer(row.answer) if row.answer else None
        return SentNudge(row.id, Form(row.form), offer, answer, row.until)

    async def past(self, owner: Owner, *, before: int, now: datetime) -> Past:
        """Return what the member was sent before a nudge."""
        found = await pasts_of(self._connection, [owner.member_id], now=now, without=before)
        return found[owner.member_id]

    async def place_of(self, slack_id: str, nudge_id: int) -> tuple[str, str] | None:
        """Return (channel, ts) of a member's nudge; None where Slack has not told them."""
        query = (
            select(nudge.c.channel, nudge.c.ts)
            .join(member, member.c.id == nudge.c.member_id)
            .where(nudge.c.id == nudge_id, nudge.c.ts.is_not(None), self._owners.is_owner(slack_id))
        )
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else (row.channel, row.ts)

    async def kept_of(self, slack_id: str) -> tuple[KeptNudge, ...]:
        """Return every nudge of a member, oldest first."""
        query = (
            select(nudge)
            .join(member, member.c.id == nudge.c.member_id)
            .where(self._owners.is_owner(slack_id))
            .order_by(nudge.c.id)
        )
        return tuple(
            KeptNudge(
                id=row.id,
                kind=row.kind,
                slot_day=row.slot_day,
                state=row.state,
                reason=row.reason,
                form=row.form,
                cell=cell_of(row),
                prompt=row.prompt,
                reasons=reasons_of(row.reasons),
                sent_at=row.sent_at,
                answer=row.answer,
                answered_at=row.answered_at,
            )
            for row in (await self._connection.execute(query)).all()
        )

    async def passed_over_by(self, slack_id: str) -> tuple[tuple[int, CellKey], ...]:
        """Return what each nudge of a member, by its id, asked about before."""
        query = (
            select(nudge_passed)
            .join(nudge, nudge.c.id == nudge_passed.c.nudge_id)
            .join(member, member.c.id == nudge.c.member_id)
            .where(self._owners.is_owner(slack_id))
            .order_by(*nudge_passed.primary_key)
        )
        rows = (await self._connection.execute(query)).all()
        return tuple(
            (row.nudge_id, CellKey(row.role_key, row.level_key, row.skill_key)) for row in rows
        )

    async def put_off_by(self, slack_id: str) -> tuple[tuple[CellKey, datetime], ...]:
        """Return what a member put off, and until when."""
        query = (
            select(nudge_later)
            .join(member, member.c.id == nudge_later.c.member_id)
            .where(self._owners.is_owner(slack_id))
            .order_by(nudge_later.c.until)
        )
        rows = (await self._connection.execute(query)).all()
        return tuple(
            (CellKey(row.role_key, row.level_key, row.skill_key), row.until) for row in rows
        )

    async def past_of(self, slack_id: str, *, now: datetime) -> Past:
        """Return what a member was ever sent; nothing where the member is unknown."""
        query = select(member.c.id).where(self._owners.is_owner(slack_id))
        member_id = await self._connection.scalar(query)
        if member_id is None:
            return Past()
        return (await pasts_of(self._connection, [member_id], now=now))[member_id]

    async def passed(self, nudge_id: int) -> frozenset[CellKey]:
        """Return what was offered in a nudge before what it offers now."""
        query = select(nudge_passed).where(nudge_passed.c.nudge_id == nudge_id)
        rows = (await self._connection.execute(query)).all()
        return frozenset(CellKey(row.role_key, row.level_key, row.skill_key) for row in rows)

    async def offer(self, sent: SentNudge, offer: NudgeOffer) -> None:
        """Let a nudge ask about something else from now on."""
        if sent.offer is not None:
            statement = insert_into(self._connection, nudge_passed).values(
                nudge_id=sent.id, **cell_values(sent.offer.cell)
            )
            await self._connection.execute(statement.on_conflict_do_nothing())
        await self._connection.execute(
            update(nudge)
            .where(nudge.c.id == sent.id)
            .values(form=Form.ONE.value, **offer_values(offer))
        )

    async def answer(self, sent: SentNudge, answer: NudgeAnswer, *, at: datetime) -> None:
        """Keep the member's answer."""
        await self._connection.execute(
            update(nudge).where(nudge.c.id == sent.id).values(answer=answer.value, answered_at=at)
        )


def cell_of(row: Row[Any]) -> CellKey | None:
    """Return what a nudge's row asks about."""
    return CellKey(row.role_key, row.level_key, row.skill_key) if row.skill_key else None


def offer_values(offer: NudgeOffer | None) -> dict[str, str | None]:
    """Return the columns of what a nudge asks about."""
    if offer is None:
        return dict.fromkeys(("role_key", "level_key", "skill_key", "prompt", "reasons"))
    reasons = ",".join(each.value for each in offer.reasons)
    return {**cell_values(offer.cell), "prompt": offer.prompt, "reasons": reasons}


def reasons_of(text: str | None) -> tuple[Reason, ...]:
    """Return the reasons that a column holds."""
    return tuple(Reason(each) for each in (text or "").split(",") if each)
