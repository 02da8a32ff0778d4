"""What a member answers to a nudge: kept once, however often and from wherever it is pressed."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from bot.domain.answers import GapReport
from bot.domain.errors import OutdatedCard
from bot.domain.framework import CellKey, key_of
from bot.domain.growth.assessment import Status
from bot.domain.lookup.gap import Gap
from bot.domain.nudges.cadence import slower
from bot.domain.nudges.choice import Choice, NothingNow, Reason, choose
from bot.domain.nudges.decision import Past, digest_choices, put_off
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
from bot.services.growth.goals import Goals
from bot.services.lookup.shelves import Shelf
from bot.services.nudges.ports import Posted
from bot.services.nudges.settings import apply_wish
from bot.store.database import Database
from bot.store.nudges.answers import NudgeOffer, SentNudge

_STATUS = {
    NudgeAnswer.MET: Status.MET,
    NudgeAnswer.WORKING: Status.WORKING,
    NudgeAnswer.NOT_RELEVANT: Status.NOT_RELEVANT,
}
_AFTER_DID_IT = frozenset({NudgeAnswer.MET, NudgeAnswer.WORKING})


@dataclass(frozen=True, slots=True)
class _Open:
    """A nudge in hand: what it asks, and all that was sent before it."""

    change: GrowthChange
    member: Member
    shelf: Shelf | None
    sent: SentNudge
    past: Past
    passed: frozenset[CellKey]

    @property
    def offered(self) -> CellKey | None:
        return self.sent.offer.cell if self.sent.offer else None


class NudgeAnswers:
    """Answers of members to their nudges.

    Each method returns the message as it stands afterwards. A press that comes too late (answered
    already, or the nudge asks about something else by now) changes nothing. Each raises

        OutdatedCard: the member has no such nudge, or it belongs to a goal of the past.
        StoreUnavailable: nothing was kept.
    """

    def __init__(
        self, database: Database, changes: GrowthChanges, goals: Goals, assessing: Assessing
    ) -> None:
        self._database = database
        self._changes = changes
        self._goals = goals
        self._assessing = assessing

    async def shown(self, member: Member, shelf: Shelf, nudge_id: int) -> NudgeMessage:
        """Return a nudge as it stands."""
        async with self._changes.change(member) as change:
            return await self._message(await self._open(change, member, shelf, nudge_id))

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
        pinned = await self._goals.pinned_catalogue(member, shelf)
        async with self._changes.change(member) as change:
            held = await self._open(change, member, shelf, nudge_id)
            if held.offered != cell or not _may_answer(held.sent, answer, instead):
                return await self._message(held)
            status, reached = _STATUS.get(answer), False
            if status is not None and pinned is not None:
                gap, before = _found(await self._report(held), cell), await change.growth()
                await self._assessing.append(change, shelf, pinned, gap.target, status)
                completed = await self._goals.notice(change, member, shelf, pinned)
                reached = completed is not None
                await self._goals.reopen(change, member, shelf, pinned, before, cell)
            await self._keep(held, answer)
            return await self._message(await self._again(held), reached=reached)

    async def another(
        self, member: Member, shelf: Shelf, nudge_id: int, cell: CellKey
    ) -> NudgeMessage:
        """Let the nudge ask about something else that it has not offered yet."""
        async with self._changes.change(member) as change:
            held = await self._open(change, member, shelf, nudge_id)
            if held.sent.answer is not None or held.offered != cell:
                return await self._message(held)
            report = await self._report(held)
            choice = _choose(report, held, without={*held.passed, cell})
            if isinstance(choice, NothingNow):
                return await self._message(held)
            await self._offer(held, choice)
            return await self._message(await self._again(held))

    async def pick(
        self, member: Member, shelf: Shelf, nudge_id: int, cell: CellKey
    ) -> NudgeMessage:
        """Begin with one of a digest's expectations: the nudge asks about it from now on."""
        async with self._changes.change(member) as change:
            held = await self._open(change, member, shelf, nudge_id)
            if held.sent.form is not Form.DIGEST or held.sent.answer is not None:
                return await self._message(held)
            report = await self._report(held)
            digest = digest_choices(report, held.past.history, now=change.now)
            choice = next((each for each in digest if each.cell == cell), None)
            if choice is not None:
                await self._offer(held, choice)
            return await self._message(await self._again(held))

    async def later(
        self, member: Member, shelf: Shelf, nudge_id: int, cell: CellKey, when: PutOff
    ) -> NudgeMessage:
        """Put an expectation off; the regular slots stay where they are."""
        async with self._changes.change(member) as change:
            held = await self._open(change, member, shelf, nudge_id)
            plans = change.work.plans
            status = await plans.of(member.slack_id)
            if status is None or held.sent.answer is not None or held.offered != cell:
                return await self._message(held)
            until = put_off(status.plan, await plans.policy(), when, now=change.now)
            await plans.put_off(change.owner, cell, until)
            await self._keep(held, NudgeAnswer.LATER)
            return await self._message(await self._again(held))

    async def less(self, member: Member, nudge_id: int, answer: NudgeAnswer) -> NudgeMessage:
        """Answer "less often?": LESS_OFTEN takes the next slower cadence, STOPPED ends nudges."""
        async with self._changes.change(member) as change:
            held = await self._open(change, member, None, nudge_id)
            if held.sent.form is not Form.LESS_OFTEN or held.sent.answer is not None:
                return await self._message(held)
            await self._keep(held, answer)
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
            return await self._message(await self._again(held))

    async def _open(
        self, change: GrowthChange, member: Member, shelf: Shelf | None, nudge_id: int
    ) -> _Open:
        nudges = change.work.nudges
        sent = await nudges.get(change.owner, nudge_id)
        if sent is None:
            raise OutdatedCard
        past = await nudges.past(change.owner, before=nudge_id, now=change.now)
        return _Open(change, member, shelf, sent, past, await nudges.passed(nudge_id))

    async def _again(self, held: _Open) -> _Open:
        return await self._open(held.change, held.member, held.shelf, held.sent.id)

    async def _report(self, held: _Open) -> GapReport:
        if held.shelf is None:
            raise OutdatedCard
        growth = await held.change.growth()
        measured = await self._goals.measured(held.member, held.shelf, growth)
        report = measured.report if measured else None
        if report is None or report.own is None:
            raise OutdatedCard
        return report

    async def _keep(self, held: _Open, answer: NudgeAnswer) -> None:
        change = held.change
        await change.work.nudges.answer(held.sent, answer, at=change.now)
        await self._noticed(held)

    async def _offer(self, held: _Open, choice: Choice) -> None:
        await held.change.work.nudges.offer(held.sent, offer_of(choice))
        if Reason.LATER_IS_NOW in choice.reasons:
            await held.change.work.plans.came(held.change.owner, choice.cell)
        await self._noticed(held)

    async def _noticed(self, held: _Open) -> None:
        """Note that the member is there, and when the next of what they put off comes."""
        plans, change = held.change.work.plans, held.change
        status = await plans.of(held.member.slack_id)
        if status is None:
            return
        later = await plans.next_later(change.owner, now=change.now)
        settings = status.plan.settings
        if later and settings.paused_until:
            later = max(later, settings.paused_until)
        asleep = settings.stopped or (await change.growth()).active_goal is None
        plan = replace(status.plan, later_at=None if asleep else later)
        kept = replace(status, plan=plan, ignored=0, asked_less=False)
        await plans.keep(change.owner, kept)

    async def _message(self, held: _Open, *, reached: bool = False) -> NudgeMessage:
        sent = held.sent
        body = await self._body(held)
        return NudgeMessage(sent.id, body, sent.answer, sent.until, reached)

    async def _body(self, held: _Open) -> NudgeBody:
        sent = held.sent
        if sent.form is Form.LESS_OFTEN:
            status = await held.change.work.plans.of(held.member.slack_id)
            if status is None:
                raise OutdatedCard
            return LessOften(status.plan.settings)
        report = await self._report(held)
        if sent.offer is not None:
            choice = _kept_choice(report, sent.offer, held.past)
            other = _choose(report, held, without={*held.passed, choice.cell})
            return OneNudge(choice, report, only=isinstance(other, NothingNow))
        if sent.form is Form.ALL_DONE:
            return AllDone(report)
        return Digest(digest_choices(report, held.past.history, now=held.change.now), report)


def offer_of(choice: Choice) -> NudgeOffer:
    """Return a choice as it is kept."""
    return NudgeOffer(choice.cell, choice.prompt.base if choice.prompt else None, choice.reasons)


def _may_answer(sent: SentNudge, answer: NudgeAnswer, instead: bool) -> bool:
    if sent.answer is NudgeAnswer.DID_IT:
        return answer in _AFTER_DID_IT
    if not instead:
        return sent.answer is None
    return sent.answer in _STATUS and answer in _STATUS and answer is not sent.answer


def _choose(report: GapReport, held: _Open, *, without: Collection[CellKey]) -> Choice | NothingNow:
    if report.own is None:
        return NothingNow.WAITING
    history, now = held.past.history, held.change.now
    return choose(report.gap, report.own, history, now=now, without=without)


def _found(report: GapReport, cell: CellKey) -> Gap:
    """Return what a nudge asks about, open or not.

    Raises:
        OutdatedCard: it is not on the way to the goal.
    """
    own = report.own
    own_side = (*own.likely, *own.not_relevant) if own else ()
    every = (*report.gap.gaps, *report.gap.met, *own_side)
    for gap in every:
        if key_of(gap.target) == cell:
            return gap
    raise OutdatedCard


def _kept_choice(report: GapReport, offer: NudgeOffer, past: Past) -> Choice:
    gap = _found(report, offer.cell)
    prompts = gap.target.growth_prompts
    prompt = next((each for each in prompts if each.base == offer.prompt), None)
    return Choice(gap, prompt, offer.reasons, past.history.asked.get(offer.cell))
