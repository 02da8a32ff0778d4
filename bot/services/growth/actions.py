"""Dated actions: planned, carried forward and ended by the member they belong to."""

from dataclasses import replace
from datetime import date

from bot.domain.days.target import usable_day
from bot.domain.errors import TooManyActions
from bot.domain.framework import CellKey
from bot.domain.growth.holdings import Growth
from bot.domain.growth.planned.action import (
    MOST_OPEN,
    ActionState,
    DatedAction,
    checked_action,
)
from bot.domain.local_time import local_day
from bot.domain.tenancy import Member
from bot.services.growth.cache import GrowthCache, HeldGrowth
from bot.services.growth.changes import GrowthChange, GrowthChanges
from bot.services.growth.past import action_gone
from bot.services.ports import Clock


class Actions:
    """Keeps members' dated actions."""

    def __init__(self, changes: GrowthChanges, growth: GrowthCache, clock: Clock) -> None:
        self._changes = changes
        self._growth = growth
        self._clock = clock

    def today(self, member: Member) -> date:
        """Return the member's local day."""
        return local_day(self._clock.now(), member.time_zone)

    async def find(self, member: Member, action_id: int) -> DatedAction:
        """Return an open action of the member's.

        Raises:
            ActionGone, DataForgotten: the member has no such action (any more).
        """
        return _found((await self._growth.of(member)).growth, action_id)

    async def plan(
        self, member: Member, cell: CellKey, *, text: str, due: date, token: str
    ) -> HeldGrowth:
        """Plan an action; the same `token`, which names the form, again plans nothing more.

        Raises:
            EmptyAction, TextTooLong: see `checked_action`.
            UnusableDay: nobody can plan for that day.
            TooManyActions: the member has the most that may be open.
            StoreUnavailable: nothing was saved.
        """
        line, due = checked_action(text), usable_day(due, self.today(member))
        async with self._changes.change(member) as change:
            await change.plan_action(cell=cell, text=line, due=due, token=token)
            if len(change.growth.actions) > MOST_OPEN:
                raise TooManyActions(limit=MOST_OPEN)
        return change.committed

    async def move(self, member: Member, action_id: int, *, text: str, due: date) -> HeldGrowth:
        """Carry an action forward to another day, perhaps in other words.

        Raises:
            ActionGone, DataForgotten: the member has no such action (any more).
            EmptyAction, TextTooLong, UnusableDay, StoreUnavailable: nothing was changed.
        """
        line, due = checked_action(text), usable_day(due, self.today(member))
        async with self._changes.change(member) as change:
            action = _found(change.growth, action_id)
            await change.change_action(replace(action, text=line, due=due))
        return change.committed

    async def end(self, member: Member, action_id: int, state: ActionState) -> DatedAction:
        """End an action, done or dropped, and return it as it is then.

        Raises:
            ActionGone, DataForgotten: the member has no such action (any more).
            StoreUnavailable: nothing was changed.
        """
        async with self._changes.change(member) as change:
            return await end_action(change, action_id, state)


async def end_action(
    change: GrowthChange, action_id: int, state: ActionState, *, evidence_id: int | None = None
) -> DatedAction:
    """End an action within a change; `evidence_id` is the piece that shows it."""
    action = _found(change.growth, action_id)
    ended = replace(action, state=state, ended_at=change.now, evidence_id=evidence_id)
    await change.change_action(ended)
    return ended


def _found(growth: Growth, action_id: int) -> DatedAction:
    for action in growth.actions:
        if action.id == action_id:
            return action
    raise action_gone(growth)
