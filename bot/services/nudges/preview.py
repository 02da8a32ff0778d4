"""What a member's next nudges would be, and why: for the operator, nothing is changed by it."""

from dataclasses import replace
from datetime import datetime

from bot.domain.nudges.choice import after
from bot.domain.nudges.decision import Decision, Past, PlanStatus
from bot.domain.nudges.message import AllDone, NudgeBody, OneNudge
from bot.domain.nudges.plan import Slot, moved_on
from bot.domain.tenancy import Member, Tenant
from bot.services.nudges.deciding import NudgeDeciding
from bot.services.ports import Clock
from bot.store.database import Database
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A slot and what would come of it."""

    due_at: datetime
    slot: Slot
    decision: Decision


@dataclass(frozen=True, slots=True)
class Foresight:
    """A member's plan and its next slots. `status` is None where there is no plan."""

    member: Member
    status: PlanStatus | None
    slots: tuple[Foreseen, ...]


class NudgePreview:
    """Looks ahead, as if each nudge were looked at and nothing else changed."""

    def __init__(self, database: Database, deciding: NudgeDeciding, clock: Clock) -> None:
        self._database = database
        self._deciding = deciding
        self._clock = clock

    async def of(self, tenant: Tenant, slack_id: str, *, slots: int = 5) -> Foresight | None:
        """Return what is foreseen for a member; None for someone unknown.

        Raises:
            CatalogueUnavailable, StoreUnavailable: what decides is not at hand.
        """
        async with self._database.read(tenant) as work:
            member = await work.members.get(slack_id)
            if member is None:
                return None
            policy, status = await work.plans.policy(), await work.plans.of(slack_id)
            growth = await work.growth.of(slack_id)
            past = await work.nudges.past_of(slack_id, now=self._clock.now())
        found: list[Foreseen] = []
        ahead = status
        while ahead is not None and not ahead.barred and len(found) < slots:
            due = ahead.plan.next_due_at
            if due is None:
                break
            due = max(due, self._clock.now())
            slot, plan = moved_on(ahead.plan, policy.working, now=due)
            decision = await self._deciding.decide(
                slot.kind, member, growth, ahead, past, policy, now=due
            )
            found.append(Foreseen(due, slot, decision))
            past = _after(past, slot, decision, due)
            later = min((each for each in past.history.later.values() if each > due), default=None)
            ahead = replace(ahead, plan=replace(plan, later_at=later))
            ahead = replace(ahead, told_done=ahead.told_done or isinstance(decision, AllDone))
        return Foresight(member, status, tuple(found))


def _after(past: Past, slot: Slot, decision: Decision, due: datetime) -> Past:
    """Return the past as it will be once this was sent."""
    if not isinstance(decision, NudgeBody):
        return past
    history = past.history
    if isinstance(decision, OneNudge):
        history = after(history, decision.choice, at=due)
    return Past(history, due, (*past.days, slot.day))
