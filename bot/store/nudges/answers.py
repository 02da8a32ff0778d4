"""The repository of nudges that were sent: what they ask, and what the member answered."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.framework import CellKey
from bot.domain.members.personal_data import KeptNudge, PassedOver
from bot.domain.nudges.choice import Reason
from bot.domain.nudges.decision import Past
from bot.domain.nudges.message import Form, NudgeAnswer
from bot.store.dialect import insert_into
from bot.store.models import member
from bot.store.nudges.models import nudge, nudge_later, nudge_passed
from bot.store.nudges.past import WENT_OUT, cell_in, past_queries, pasts_in, recent_since
from bot.store.nudges.plans import cell_values
from bot.store.owners import OWNER, THE_OWNER, Owners
from bot.store.together import Rows, Together
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class NudgeOffer:
    """What one nudge asks about, as it is kept. `prompt` is in the catalogue's base language.

    `quoted_at` names what the member wrote and the nudge quotes. The words are not kept twice: so
    they go everywhere when the member deletes them.
    """

    cell: CellKey
    prompt: str | None
    reasons: tuple[Reason, ...]
    quoted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SentNudge:
    """A nudge that a member has, or may have. `until` is when what it put off comes again."""

    id: int
    form: Form
    offer: NudgeOffer | None
    answer: NudgeAnswer | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class NudgeInHand:
    """A nudge that a member was sent, and all that was sent before it.

    `passed` is what it asked about before what it asks about now.
    """

    sent: SentNudge
    past: Past
    passed: frozenset[CellKey]

    def with_offer(self, offer: NudgeOffer, put_off: Mapping[CellKey, datetime]) -> "NudgeInHand":
        """Return it as it is once it asks about something else; see `NudgeRepository.offer`."""
        left = {self.sent.offer.cell} if self.sent.offer else set()
        sent = replace(self.sent, form=Form.ONE, offer=offer)
        return replace(self, sent=sent, passed=self.passed | left).with_put_off(put_off)

    def with_answer(self, answer: NudgeAnswer) -> "NudgeInHand":
        """Return it as it is once it is answered; see `NudgeRepository.answer`."""
        return replace(self, sent=replace(self.sent, answer=answer))

    def with_put_off(self, put_off: Mapping[CellKey, datetime]) -> "NudgeInHand":
        """Return it as it is where just this is put off."""
        until = put_off.get(self.sent.offer.cell) if self.sent.offer else None
        history = replace(self.past.history, later=put_off)
        past = replace(self.past, history=history)
        return replace(self, sent=replace(self.sent, until=until), past=past)


class NudgeRepository:
    """Reads and answers nudges of one tenant's members."""

    def __init__(self, connection: AsyncConnection, owners: Owners) -> None:
        self._connection = connection
        self._owners = owners

    async def place_of(self, slack_id: str, nudge_id: int) -> tuple[str, str] | None:
        """Return (channel, ts) of a member's nudge; None where Slack has not told them."""
        query = (
            select(nudge.c.channel, nudge.c.ts)
            .join(member, member.c.id == nudge.c.member_id)
            .where(nudge.c.id == nudge_id, nudge.c.ts.is_not(None), self._owners.is_owner(slack_id))
        )
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else (row.channel, row.ts)

    async def answered_between(self, start: datetime, end: datetime) -> Sequence[int]:
        """Return the ids of the tenant's members who answered a nudge from `start` to `end`."""
        query = (
            select(nudge.c.member_id)
            .where(
                nudge.c.workspace_id == self._owners.workspace_id(),
                nudge.c.answered_at >= start,
                nudge.c.answered_at < end,
            )
            .distinct()
        )
        return (await self._connection.scalars(query)).all()

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
                quoted_at=row.quoted_at,
            )
            for row in (await self._connection.execute(query)).all()
        )

    async def passed_over_by(self, slack_id: str) -> tuple[PassedOver, ...]:
        """Return what each nudge of a member asked about before."""
        query = (
            select(nudge_passed)
            .join(nudge, nudge.c.id == nudge_passed.c.nudge_id)
            .join(member, member.c.id == nudge.c.member_id)
            .where(self._owners.is_owner(slack_id))
            .order_by(*nudge_passed.primary_key)
        )
        rows = (await self._connection.execute(query)).all()
        return tuple(
            PassedOver(row.nudge_id, cell_in(row), row.prompt, row.quoted_at) for row in rows
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
        values = {**self._owners.named(slack_id), "recent_since": recent_since(now)}
        rows = await _past_of_one().read(self._connection, values)
        return next(iter(pasts_in(rows, [row.id for row in rows["owners"]]).values()), Past())

    async def offer(self, sent: SentNudge, offer: NudgeOffer) -> None:
        """Let a nudge ask about something else from now on."""
        if sent.offer is not None:
            statement = insert_into(self._connection, nudge_passed).values(
                nudge_id=sent.id,
                prompt=sent.offer.prompt,
                quoted_at=sent.offer.quoted_at,
                **cell_values(sent.offer.cell),
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


def nudge_queries(owner: Select[Any]) -> dict[str, Select[Any]]:
    """Return what `nudge_in` needs of the nudge that the value of `nudge_id` names."""
    named = bindparam("nudge_id", type_=nudge.c.id.type)
    sent = select(nudge).where(
        nudge.c.id == named,
        nudge.c.member_id.in_(owner),
        nudge.c.state.in_(WENT_OUT),
        nudge.c.form.is_not(None),
    )
    passed = select(nudge_passed).where(nudge_passed.c.nudge_id == named)
    return {"sent": sent, "passed": passed, **past_queries(owner, without=named)}


def nudge_in(rows: Mapping[str, Rows], put_off: Mapping[CellKey, datetime]) -> NudgeInHand | None:
    """Return a nudge of the one member that was asked for; None where it never went out."""
    for row in rows["sent"]:
        cell = cell_of(row)
        offer = _offer_of(row, cell) if cell else None
        answer = NudgeAnswer(row.answer) if row.answer else None
        until = put_off.get(cell) if cell else None
        sent = SentNudge(row.id, Form(row.form), offer, answer, until)
        past = pasts_in(rows, [row.member_id])[row.member_id]
        return NudgeInHand(sent, past, frozenset(map(cell_in, rows["passed"])))
    return None


def _offer_of(row: Any, cell: CellKey) -> NudgeOffer:
    return NudgeOffer(cell, row.prompt, reasons_of(row.reasons), row.quoted_at)


@cache
def _past_of_one() -> Together:
    return Together({"owners": select(OWNER.c.id), **past_queries(THE_OWNER)})


def cell_of(row: Row[Any]) -> CellKey | None:
    """Return what a nudge's row asks about."""
    return CellKey(row.role_key, row.level_key, row.skill_key) if row.skill_key else None


def offer_values(offer: NudgeOffer | None) -> dict[str, Any]:
    """Return the columns of what a nudge asks about."""
    if offer is None:
        return dict.fromkeys(
            ("role_key", "level_key", "skill_key", "prompt", "reasons", "quoted_at")
        )
    reasons = ",".join(each.value for each in offer.reasons)
    return {
        **cell_values(offer.cell),
        "prompt": offer.prompt,
        "reasons": reasons,
        "quoted_at": offer.quoted_at,
    }


def reasons_of(text: str | None) -> tuple[Reason, ...]:
    """Return the reasons that a column holds."""
    return tuple(Reason(each) for each in (text or "").split(",") if each)
