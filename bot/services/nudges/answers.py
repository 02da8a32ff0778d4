"""What a member answers to a nudge: kept once, however often and from wherever it is pressed."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from bot.domain.answers import GapReport
from bot.domain.errors import DataForgotten, NudgePast
from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Status
from bot.domain.growth.own_gap import goal_request
from bot.domain.lookup.gone import gone, gone_goal
from bot.domain.nudges.cadence import slower
from bot.domain.nudges.choice import Choice, NothingNow, Reason, choose
from bot.domain.nudges.decision import digest_choices, put_off
from bot.domain.nudges.message import (
    AllDone,
    Digest,
    Form,
    LessOften,
    NudgeAnswer,
    NudgeBody,
    NudgeMessage,
    OneNudge,
    PutOff,
)
from bot.domain.tenancy import Member
from bot.services.growth.assessing import Assessing
from bot.services.growth.changes import GrowthChange, GrowthChanges
from bot.services.growth.goals import Goals, no_way
from bot.services.growth.measuring import Measuring
from bot.services.growth.past import no_active_goal
from bot.services.lookup.shelves import Shelf
from bot.services.nudges.offers import gap_of, kept_choice, offer_of
from bot.services.nudges.ports import Posted
from bot.services.nudges.settings import apply_wish
from bot.services.ports import Clock
from bot.store.database import Database
from bot.store.member_state import MemberState
from bot.store.nudges.answers import NudgeInHand, SentNudge
from bot.values import dataclass

_STATUS = {
    NudgeAnswer.MET: Status.MET,
    NudgeAnswer.WORKING: Status.WORKING,
    NudgeAnswer.NOT_RELEVANT: Status.NOT_RELEVANT,
    NudgeAnswer.NOT_YET: Status.NOT_YET,
}
_AFTER_DID_IT = frozenset({NudgeAnswer.MET, NudgeAnswer.WORKING})


@dataclass(frozen=True, slots=True)
class _Seen:
    """A nudge with all that its message is made of, as it stands at a moment."""

    member: Member
    shelf: Shelf | None
    state: MemberState
    nudge: NudgeInHand
    now: datetime

    @property
    def offered(self) -> CellKey | None:
        return self.nudge.sent.offer.cell if self.nudge.sent.offer else None

    @property
    def answered(self) -> bool:
        return self.nudge.sent.answer is not None


class NudgeAnswers:
    """Answers of members to their nudges.

    Each method returns the message as it stands afterwards. A press that comes too late (answered
    already, or the nudge asks about something else by now) changes nothing. Each raises

        DataForgotten: the member has no such nudge (any more).
        NudgePast, GoalDropped: it asks about a goal of the past.
        LeftCatalogue, NoGoalThere: there is no way to what it asks about any more.
        StoreUnavailable: nothing was kept.
    """

    def __init__(
        self,
        database: Database,
        changes: GrowthChanges,
        measuring: Measuring,
        goals: Goals,
        assessing: Assessing,
        clock: Clock,
    ) -> None:
        self._database = database
        self._changes = changes
        self._measuring = measuring
        self._goals = goals
        self._assessing = assessing
        self._clock = clock

    async def shown(self, member: Member, shelf: Shelf, nudge_id: int) -> NudgeMessage:
        """Return a nudge as it stands. Nothing is written."""
        now = self._clock.now()
        async with self._database.read(member.tenant) as work:
            state = await work.states.of(member.slack_id, now=now, nudge_id=nudge_id)
        return await self._message(_seen(member, shelf, state, now))

    async def place(self, member: Member, nudge_id: int) -> Posted | None:
        """Return where the message is; None where the member has no such message."""
        async with self._database.read(member.tenant) as work:
            found = await work.nudges.place_of(member.slack_id, nudge_id)
        return Posted(*found) if found else None

    async def answer(
        self,
        member: Member,
        shelf: Shelf,
        nudge_id: int,
        cell: CellKey,
        answer: NudgeAnswer,
        *,
        instead: bool = False,
    ) -> NudgeMessage:
        """Keep an answer about an expectation, and mark it accordingly in the same commit.

        `instead` replaces what was answered before; a goal that it had completed opens again.
        """
        pinned = await self._measuring.pinned_catalogue(member, shelf)
        async with self._changes.change(member, nudge_id=nudge_id) as change:
            seen = _in_change(change, member, shelf)
            if seen.offered != cell or not _may_answer(seen.nudge.sent, answer, instead):
                return await self._message(seen, late=_is_late(seen, answer))
            status, reached = _STATUS.get(answer), False
            if status is not None and pinned is not None:
                gap, before = gap_of(await self._report(seen), cell), change.growth
                await self._assessing.append(change, shelf, pinned, gap.target, status)
                completed = await self._goals.notice(change, member, shelf, pinned)
                reached = completed is not None
                await self._goals.reopen(change, member, shelf, pinned, before, cell)
            await _keep(change, _in_change(change, member, shelf), answer)
            shown = await self._message(_in_change(change, member, shelf), reached=reached)
            return replace(shown, unshared=change.unshared)

    async def another(
        self, member: Member, shelf: Shelf, nudge_id: int, cell: CellKey
    ) -> NudgeMessage:
        """Let the nudge ask about something else that it has not offered yet."""
        async with self._changes.change(member, nudge_id=nudge_id) as change:
            seen = _in_change(change, member, shelf)
            if seen.answered or seen.offered != cell:
                return await self._message(seen, late=seen.answered)
            report = await self._report(seen)
            choice = _choose(report, seen, without={*seen.nudge.passed, cell})
            if isinstance(choice, NothingNow):
                return await self._message(seen)
            await _offer(change, seen, choice)
            return await self._message(_in_change(change, member, shelf))

    async def pick(
        self, member: Member, shelf: Shelf, nudge_id: int, cell: CellKey
    ) -> NudgeMessage:
        """Begin with one of a digest's expectations: the nudge asks about it from now on."""
        async with self._changes.change(member, nudge_id=nudge_id) as change:
            seen = _in_change(change, member, shelf)
            if seen.nudge.sent.form is not Form.DIGEST or seen.answered:
                return await self._message(seen, late=seen.answered)
            report = await self._report(seen)
            digest = digest_choices(report, seen.nudge.past.history, now=change.now)
            choice = next((each for each in digest if each.cell == cell), None)
            if choice is not None:
                await _offer(change, seen, choice)
            return await self._message(_in_change(change, member, shelf))

    async def later(
        self, member: Member, shelf: Shelf, nudge_id: int, cell: CellKey, when: PutOff
    ) -> NudgeMessage:
        """Put an expectation off; the regular slots stay where they are."""
        async with self._changes.change(member, nudge_id=nudge_id) as change:
            seen = _in_change(change, member, shelf)
            if change.nudges.plan is None or seen.answered or seen.offered != cell:
                return await self._message(seen, late=_is_late(seen, NudgeAnswer.LATER))
            until = put_off(change.nudges.plan.plan, change.nudges.policy, when, now=change.now)
            await change.nudges.postpone(cell, until)
            await _keep(change, _in_change(change, member, shelf), NudgeAnswer.LATER)
            return await self._message(_in_change(change, member, shelf))

    async def less(self, member: Member, nudge_id: int, answer: NudgeAnswer) -> NudgeMessage:
        """Answer "less often?": LESS_OFTEN takes the next slower cadence, STOPPED ends nudges."""
        async with self._changes.change(member, nudge_id=nudge_id) as change:
            seen = _in_change(change, member, None)
            if seen.nudge.sent.form is not Form.LESS_OFTEN or seen.answered:
                return await self._message(seen, late=_is_late(seen, answer))
            await _keep(change, seen, answer)
            if answer is NudgeAnswer.STOPPED:
                await apply_wish(change, member, lambda chosen: replace(chosen, stopped=True))
            elif answer is NudgeAnswer.LESS_OFTEN:
                await apply_wish(
                    change,
                    member,
                    lambda chosen: replace(
                        chosen, cadence=slower(chosen.cadence) or chosen.cadence
                    ),
                )
            return await self._message(_in_change(change, member, None))

    async def _report(self, seen: _Seen) -> GapReport:
        growth = seen.state.growth
        if seen.shelf is None or growth.goal is None:
            raise no_active_goal(growth)
        measured = await self._measuring.measured(seen.member, seen.shelf, growth)
        report = measured.report if measured else None
        if report is not None and report.own is not None:
            if measured is not None and measured.lost:
                raise gone_goal(report.gap.target)
            return report
        offered = seen.offered
        if offered and (offered.role, offered.level) != (growth.goal.role, growth.goal.level):
            raise NudgePast
        if measured is None or measured.body is None:
            raise gone("role", growth.goal.role)
        raise no_way(measured.body, goal_request(growth.goal))

    async def _message(
        self, seen: _Seen, *, reached: bool = False, late: bool = False
    ) -> NudgeMessage:
        sent = seen.nudge.sent
        body = await self._body(seen)
        return NudgeMessage(sent.id, body, sent.answer, sent.until, reached, late)

    async def _body(self, seen: _Seen) -> NudgeBody:
        sent, past = seen.nudge.sent, seen.nudge.past
        if sent.form is Form.LESS_OFTEN:
            if seen.state.plan is None:
                raise DataForgotten
            return LessOften(seen.state.plan.plan.settings)
        report = await self._report(seen)
        if sent.offer is not None:
            choice = kept_choice(report, sent.offer, past)
            other = _choose(report, seen, without={*seen.nudge.passed, choice.cell})
            return OneNudge(choice, report, only=isinstance(other, NothingNow))
        if sent.form is Form.ALL_DONE:
            return AllDone(report)
        return Digest(digest_choices(report, past.history, now=seen.now), report)


def _seen(member: Member, shelf: Shelf | None, state: MemberState, now: datetime) -> _Seen:
    if state.nudge is None:
        # Nudges that went out are kept as long as anything of the member is.
        raise DataForgotten
    return _Seen(member, shelf, state, state.nudge, now)


def _in_change(change: GrowthChange, member: Member, shelf: Shelf | None) -> _Seen:
    """Return the nudge of a change as it stands now, the change included."""
    return _seen(member, shelf, change.state, change.now)


async def _keep(change: GrowthChange, seen: _Seen, answer: NudgeAnswer) -> None:
    await change.nudges.answer(seen.nudge, answer)
    await _noticed(change)


async def _offer(change: GrowthChange, seen: _Seen, choice: Choice) -> None:
    await change.nudges.offer(seen.nudge, offer_of(choice))
    if Reason.LATER_IS_NOW in choice.reasons:
        await change.nudges.postponed_came(choice.cell)
    await _noticed(change)


async def _noticed(change: GrowthChange) -> None:
    """Note that the member is there, and when the next of what they put off comes."""
    status, later = change.nudges.plan, change.nudges.next_later
    if status is None:
        return
    settings = status.plan.settings
    if later and settings.paused_until:
        later = max(later, settings.paused_until)
    asleep = settings.stopped or change.growth.active_goal is None
    plan = replace(status.plan, later_at=None if asleep else later)
    await change.nudges.keep_plan(replace(status, plan=plan, ignored=0, asked_less=False))


def _may_answer(sent: SentNudge, answer: NudgeAnswer, instead: bool) -> bool:
    if sent.answer is NudgeAnswer.DID_IT:
        return answer in _AFTER_DID_IT
    if not instead:
        return sent.answer is None
    return sent.answer in _STATUS and answer in _STATUS and answer is not sent.answer


def _is_late(seen: _Seen, answer: NudgeAnswer) -> bool:
    """Tell whether something else was answered before; the same again is no news to anybody."""
    return seen.answered and seen.nudge.sent.answer is not answer


def _choose(report: GapReport, seen: _Seen, *, without: Collection[CellKey]) -> Choice | NothingNow:
    if report.own is None:
        return NothingNow.WAITING
    history, now = seen.nudge.past.history, seen.now
    return choose(report.gap, report.own, history, now=now, without=without)
