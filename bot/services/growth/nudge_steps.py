"""The steps of a change with a member's nudges: their plan, what is put off, the nudge in hand."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.framework import CellKey
from bot.domain.nudges.cadence import NudgePolicy
from bot.domain.nudges.decision import PlanStatus
from bot.domain.nudges.message import NudgeAnswer
from bot.store.member_state import MemberState
from bot.store.nudges.answers import NudgeInHand, NudgeOffer
from bot.store.owners import Owner
from bot.store.unit_of_work import UnitOfWork
from bot.values import dataclass


@dataclass(slots=True)
class ReadOnce:
    """What a change has read of a member; each step puts it as it is from then on."""

    state: MemberState


class NudgeSteps:
    """Each keeps something, and patches what was read; see `GrowthChange`."""

    def __init__(self, work: UnitOfWork, owner: Owner, read: ReadOnce, now: datetime) -> None:
        self._now = now
        self._work = work
        self._owner = owner
        self._read = read

    @property
    def plan(self) -> PlanStatus | None:
        """The member's plan for nudges now; None where there is none."""
        return self._read.state.plan

    @property
    def policy(self) -> NudgePolicy:
        """What the member's workspace decided about nudges."""
        return self._read.state.policy

    @property
    def put_off(self) -> Mapping[CellKey, datetime]:
        """What the member put off, and until when."""
        return self._read.state.put_off

    @property
    def next_later(self) -> datetime | None:
        """When the first of what was put off comes again; None where nothing will."""
        return min((each for each in self.put_off.values() if each > self._now), default=None)

    @property
    def in_hand(self) -> NudgeInHand | None:
        """The nudge that the change is about; None where the member has no such nudge."""
        return self._read.state.nudge

    async def keep_plan(self, plan: PlanStatus) -> None:
        """Plan the member's nudges like this from now on."""
        if plan != self.plan:
            await self._work.plans.keep(self._owner, plan)
            self._read.state = replace(self._read.state, plan=plan)

    async def postpone(self, cell: CellKey, until: datetime) -> None:
        """Keep an expectation out of nudges until then."""
        await self._work.plans.put_off(self._owner, cell, until)
        self._put_off_is({**self.put_off, cell: until})

    async def postponed_came(self, cell: CellKey) -> None:
        """Note that what was put off has come."""
        await self._work.plans.came(self._owner, cell)
        self._put_off_is({key: until for key, until in self.put_off.items() if key != cell})

    async def forget_put_off(self) -> None:
        """Put nothing off any more."""
        if self.put_off:
            await self._work.plans.forget_put_off(self._owner)
            self._put_off_is({})

    async def offer(self, nudge: NudgeInHand, offer: NudgeOffer) -> None:
        """Let the nudge of this change ask about something else from now on."""
        await self._work.nudges.offer(nudge.sent, offer)
        self._read.state = replace(self._read.state, nudge=nudge.with_offer(offer, self.put_off))

    async def answer(self, nudge: NudgeInHand, answer: NudgeAnswer) -> None:
        """Keep the member's answer to the nudge of this change."""
        await self._work.nudges.answer(nudge.sent, answer, at=self._now)
        self._read.state = replace(self._read.state, nudge=nudge.with_answer(answer))

    def _put_off_is(self, put_off: Mapping[CellKey, datetime]) -> None:
        nudge = self.in_hand.with_put_off(put_off) if self.in_hand else None
        self._read.state = replace(self._read.state, put_off=put_off, nudge=nudge)
