"""One change of what a member holds: their row held, all read once, each step kept and patched."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime

from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Assessment
from bot.domain.growth.evidence import Evidence, EvidenceKind
from bot.domain.growth.goal import NOBODY, Goal, GoalState
from bot.domain.growth.holdings import (
    Growth,
    with_action,
    with_evidence,
    with_goal,
    with_marks,
    without_evidence,
)
from bot.domain.growth.planned.action import DatedAction
from bot.domain.lookup.skill_offer import HelpSide, SkillOffer
from bot.domain.tenancy import Member
from bot.services.growth.cache import GrowthCache, HeldGrowth
from bot.services.growth.nudge_steps import NudgeSteps, ReadOnce
from bot.services.ports import Clock
from bot.store.database import Database
from bot.store.member_state import MemberState
from bot.store.owners import Owner
from bot.store.unit_of_work import UnitOfWork


class GrowthChange:
    """A change under way. What it has read it never reads again: each step patches it.

    `now` is the moment of the whole change, `nudges` its steps with the member's nudges.
    """

    def __init__(self, work: UnitOfWork, owner: Owner, read: ReadOnce, now: datetime) -> None:
        self.now = now
        self.nudges = NudgeSteps(work, owner, read, now)
        self._work = work
        self._owner = owner
        self._read = read
        self._held: HeldGrowth | None = None
        self.unshared = NOBODY
        """Whom the goal that ended with this change was shared with."""

    @property
    def state(self) -> MemberState:
        """All that was read, this change included."""
        return self._read.state

    @property
    def growth(self) -> Growth:
        """What the member holds now, this change included."""
        return self._read.state.growth

    @property
    def committed(self) -> HeldGrowth:
        """What the member holds after the change.

        Raises:
            RuntimeError: the change has not been committed.
        """
        if self._held is None:
            raise RuntimeError("asked before the commit")
        return self._held

    def commit(self, held: HeldGrowth) -> None:
        """Note that the change was committed."""
        self._held = held

    async def mark(self, mark: Assessment) -> None:
        """Add a mark, or what takes one back, to the member's history."""
        await self._work.assessments.append(self._owner, [mark])
        self._now_holds(with_marks(self.growth, [mark]))

    async def add_evidence(
        self,
        *,
        kind: EvidenceKind,
        note: str,
        url: str | None,
        supports: Collection[CellKey],
        token: str,
    ) -> int:
        """Keep a piece of evidence and return its id; one kept under this token stays as it is."""
        added = await self._work.evidence.add(
            self._owner,
            kind=kind,
            note=note,
            url=url,
            supports=supports,
            token=token,
            at=self.now,
        )
        if all(each.id != added for each in self.growth.evidence):
            piece = Evidence(added, kind, note, url, self.now, frozenset(supports))
            self._now_holds(with_evidence(self.growth, piece))
        return added

    async def edit_evidence(
        self,
        evidence_id: int,
        *,
        kind: EvidenceKind,
        note: str,
        url: str | None,
        supports: Collection[CellKey],
    ) -> bool:
        """Replace a piece of evidence; False where the member has no such piece."""
        before = next((each for each in self.growth.evidence if each.id == evidence_id), None)
        if before is None:
            return False
        await self._work.evidence.edit(
            self._owner, evidence_id, kind=kind, note=note, url=url, supports=supports
        )
        piece = replace(before, kind=kind, note=note, url=url, supports=frozenset(supports))
        self._now_holds(with_evidence(self.growth, piece))
        return True

    async def delete_evidence(self, evidence_id: int) -> None:
        """Delete a piece of evidence; one that is gone already stays gone."""
        await self._work.evidence.delete(self._owner, evidence_id)
        self._now_holds(without_evidence(self.growth, evidence_id))

    async def add_offer(self, skill: str, side: HelpSide) -> None:
        """Keep an offer of help, or a wish to learn; one that is kept already stays."""
        await self._work.offers.put(self._owner, skill, side, at=self.now)
        if (skill, side) not in {(each.skill, each.side) for each in self.growth.offers}:
            added = SkillOffer(skill, side, self.now)
            self._now_holds(replace(self.growth, offers=(*self.growth.offers, added)))

    async def take_back_offer(self, skills: Collection[str], side: HelpSide) -> None:
        """Forget an offer or wish, under each of these keys; what is gone already stays gone."""
        await self._work.offers.take_back(self._owner, frozenset(skills), side)
        kept = [
            each for each in self.growth.offers if each.side is not side or each.skill not in skills
        ]
        self._now_holds(replace(self.growth, offers=tuple(kept)))

    async def plan_action(self, *, cell: CellKey, text: str, due: date, token: str) -> None:
        """Plan an action; one already planned under this token stays as it is."""
        action = await self._work.actions.add(
            self._owner, cell=cell, text=text, due=due, token=token, at=self.now
        )
        self._now_holds(with_action(self.growth, action))

    async def change_action(self, action: DatedAction) -> None:
        """Keep an open action as it is now; see `ActionRepository.change`."""
        await self._work.actions.change(self._owner, action)
        self._now_holds(with_action(self.growth, action))

    async def set_goal(
        self,
        *,
        role: str,
        level: str,
        origin: tuple[str, str] | None,
        revision_id: int,
        by: date | None = None,
    ) -> None:
        """Set a goal; an active one becomes history. `origin` is a (role key, level key)."""
        before = self.growth.active_goal
        goal = await self._work.goals.set(
            self._owner,
            role=role,
            level=level,
            origin=origin,
            revision_id=revision_id,
            at=self.now,
            by=by,
        )
        if before is not None:
            await self._end_shares()
        self._goals_are(goal, *self._reached)

    async def date_goal(self, by: date | None) -> None:
        """Let the active goal, where there is one, be wanted by a day, or by none."""
        goal = self.growth.active_goal
        if goal is not None and goal.by != by:
            await self._work.goals.date(self._owner, by)
            self._goals_are(replace(goal, by=by), *self._reached)

    async def drop_goal(self) -> bool:
        """Drop the active goal; False where there is none."""
        if self.growth.active_goal is None:
            return False
        await self._work.goals.drop(self._owner, at=self.now)
        await self._end_shares()
        self._goals_are(*self._reached)
        return True

    async def reach_goal(self) -> bool:
        """Note that the active goal is reached; False where there is none."""
        goal = self.growth.active_goal
        if goal is None:
            return False
        await self._work.goals.reach(self._owner, at=self.now)
        await self._end_shares()
        reached = replace(goal, state=GoalState.REACHED, ended_at=self.now)
        self._goals_are(reached, *self._reached)
        return True

    async def reopen_goal(self, goal_id: int) -> bool:
        """Work towards a reached goal again; False where it is not reached, or another is set."""
        goal = self.growth.goal
        if goal is None or goal.id != goal_id or goal.state is not GoalState.REACHED:
            return False
        await self._work.goals.reopen(self._owner, goal_id)
        others = tuple(each for each in self._reached if each.id != goal_id)
        self._goals_are(replace(goal, state=GoalState.ACTIVE, ended_at=None), *others)
        return True

    async def told_of_recount(self) -> None:
        """Note that the member knows why the active goal's figures changed."""
        goal = self.growth.active_goal
        if goal is not None:
            await self._work.goals.told_of_recount(self._owner, at=self.now)
            self._goals_are(replace(goal, recount_told_at=self.now), *self._reached)

    async def adopt(self, revision_id: int, named: Goal | None = None) -> None:
        """Measure the active goal, where there is one, against another revision from now on.

        `named` is the goal as that revision names its levels, where that is another way.
        """
        goal = self.growth.active_goal
        if goal is not None:
            await self._work.goals.adopt(self._owner, revision_id, named)
            adopted = replace(named or goal, revision_id=revision_id, kept_revision_id=None)
            self._goals_are(adopted, *self._reached)

    async def keep_goal(self, revision_id: int) -> None:
        """Note that the active goal, where there is one, stays in its old words."""
        goal = self.growth.active_goal
        if goal is not None:
            await self._work.goals.keep(self._owner, revision_id)
            self._goals_are(replace(goal, kept_revision_id=revision_id), *self._reached)

    async def _end_shares(self) -> None:
        """Let nobody see a goal that is over; whoever shares the next one asks anew."""
        ended = await self._work.shares.goal_over(self._owner, at=self.now)
        if ended.at is not None:
            self.unshared = ended

    @property
    def _reached(self) -> tuple[Goal, ...]:
        return tuple(each for each in self._read.state.goals if each.state is GoalState.REACHED)

    def _now_holds(self, growth: Growth) -> None:
        self._read.state = replace(self._read.state, growth=growth)

    def _goals_are(self, *goals: Goal) -> None:
        growth = with_goal(self.growth, next(iter(goals), None))
        self._read.state = replace(self._read.state, growth=growth, goals=goals)


class GrowthChanges:
    """Makes changes of what members hold, one at a time per member."""

    def __init__(self, database: Database, growth: GrowthCache, clock: Clock) -> None:
        self._database = database
        self._growth = growth
        self._clock = clock

    @asynccontextmanager
    async def change(
        self, member: Member, *, nudge_id: int | None = None
    ) -> AsyncIterator[GrowthChange]:
        """Hold the member's row until the block ends; then commit and renew what is at hand.

        A member whom the store does not know yet is added first, as Slack knows them. `nudge_id`
        is the nudge that the change is about.

        Raises:
            StoreUnavailable: nothing was changed.
        """
        now = self._clock.now()
        async with self._database.write(member.tenant) as work:
            owner = await work.members.hold(member.slack_id, at=now)
            if owner is None:
                await work.members.add(member.newcomer, at=now)
                owner = await work.members.hold(member.slack_id, at=now)
            if owner is None:
                raise RuntimeError("a member who was just added is not there")
            state = await work.states.of(member.slack_id, now=now, nudge_id=nudge_id)
            change = GrowthChange(work, owner, ReadOnce(state), now)
            yield change
        change.commit(self._growth.put(member, change.growth))
