"""One run: everything that is due in one workspace, sent by the one process that holds its lease.

A reader decides what each nudge says; a few senders post side by side, paced by a token bucket.
Each post is marked and committed before, and its ending kept after. Nothing is posted twice: what
ends in doubt is kept as unknown, for the operator to decide.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from bot.domain.errors import NextrungError
from bot.domain.nudges.cadence import NudgePolicy
from bot.domain.nudges.decision import PutBack, Withheld
from bot.domain.nudges.message import Form, NudgeBody, NudgeMessage, OneNudge
from bot.log import get_logger
from bot.services.nudges.deciding import form_of
from bot.services.nudges.offers import offer_of
from bot.services.nudges.ports import DrawnNudge, OutcomeUnknown, Refused
from bot.services.nudges.tools import NudgeTools
from bot.services.nudges.trouble import Troubles
from bot.spans import part, within
from bot.store.errors import StoreUnavailable
from bot.store.nudges.answers import NudgeOffer
from bot.store.nudges.outbox import Cursor, DueNudge
from bot.store.nudges.senders import Lease, Take, Waiting
from bot.store.nudges.steps import Checked, Ended, Mark, Sent, Step

_BATCH = 30
_ACCOUNT_KNOWN_FOR = timedelta(days=7)
_UNDECIDED_FOR = timedelta(minutes=15)
_SKEW = timedelta(hours=1)
_UNTOLD_FOR = timedelta(minutes=5)
_AGAIN_SECONDS = 0.5

log = get_logger()


@dataclass(frozen=True, slots=True)
class _Ready:
    """A nudge with what it says; drawn, for hundreds wait and no catalogue is to wait with them."""

    due: DueNudge
    form: Form
    offer: NudgeOffer | None
    drawn: DrawnNudge


class NudgeRun:
    """A run for one workspace."""

    def __init__(self, tools: NudgeTools, waiting: Waiting) -> None:
        self._tools = tools
        self._workspace = waiting.workspace_id
        self._tenant = waiting.tenant
        self._buckets = tools.buckets(waiting.workspace_id)
        self._troubles = Troubles(tools, waiting)
        self._queue: asyncio.Queue[_Ready | None] = asyncio.Queue(tools.pace.at_once)
        self._senders = tools.pace.at_once
        # Members of whom a nudge is under way, and those of them where it has ended since.
        self._members: set[int] = set()
        self._ended: set[int] = set()
        self._prolong_at = 0.0
        self._lost = False

    async def run(self) -> None:
        """Send until nothing is due, the lease is lost, or there is trouble.

        Raises:
            StoreUnavailable: the store does not answer; nothing is lost by that.
        """
        lease = await self._hold(self._tools.senders.take)
        if lease is None:
            return
        try:
            if not await self._troubles.may_begin(lease):
                return
            if self._troubles.careful:
                self._senders = 1
            async with asyncio.TaskGroup() as group:
                group.create_task(self._read_all())
                for _ in range(self._senders):
                    group.create_task(self._send_all())
        finally:
            with suppress(StoreUnavailable):
                async with self._tools.store_turn:
                    await self._tools.senders.give_back(self._workspace)

    @property
    def _halted(self) -> bool:
        tools = self._tools
        stopped = tools.stopping.is_set() or not tools.clock_right()
        return self._lost or self._troubles.halted or stopped

    async def _hold(self, take: Take) -> Lease | None:
        """Take or prolong the lease, and name what was left without a word of how it ended."""
        span = self._tools.pace.lease
        async with self._tools.store_turn:
            self._prolong_at = monotonic() + span.total_seconds() / 3
            now = self._tools.clock.now()
            lease = await take(self._workspace, now=now, until=now + span)
        if lease is not None and lease.lost:
            log.error("nudges_unknown", workspace=self._workspace, nudges=lease.lost)
            self._tools.metrics.unknown.labels("sender_lost").inc(len(lease.lost))
        return lease

    # -- reading -----------------------------------------------------------------------------

    async def _read_all(self) -> None:
        """Fill the queue, then let every sender end."""
        try:
            await self._read()
        except StoreUnavailable as error:
            log.warning("nudge_run_ended", workspace=self._workspace, code=error.code)
            self._lost = True
        except Exception as error:  # noqa: BLE001 - what is under way must end in order
            self._failed(error)
        for _ in range(self._senders):
            await self._queue.put(None)

    async def _read(self) -> None:
        cursor: Cursor | None = None
        while not self._halted and await self._still_mine():
            now = self._tools.clock.now()
            # After it was asked: a clock that jumps between the two is not believed.
            if not self._tools.clock_right():
                return
            # What has ended by now, the next page knows of.
            self._members -= self._ended
            self._ended.clear()
            async with self._tools.store_turn:
                policy, due = await self._tools.outbox.due(
                    self._workspace, self._tenant, now=now, after=cursor, most=_BATCH
                )
            if not due:
                return
            for ready in await self._decide_all(policy, due, now):
                await self._queue.put(ready)
            if len(due) < _BATCH:
                # What becomes due from now on, the next run finds.
                return
            cursor = due[-1].cursor

    async def _still_mine(self) -> bool:
        if monotonic() >= self._prolong_at:
            self._lost = await self._hold(self._tools.senders.prolong) is None
        return not self._lost

    async def _decide_all(
        self, policy: NudgePolicy, due: Sequence[DueNudge], now: datetime
    ) -> list[_Ready]:
        """Return what is to be sent; keep why the rest is not."""
        ready: list[_Ready] = []
        steps: list[Step | Checked] = []
        async with self._tools.deciding.batch():
            for each in due:
                if each.collapsed:
                    steps.append(self._withheld(each, Withheld.COLLAPSED))
                elif each.member_id not in self._members:
                    # A second nudge of a member waits until the first has ended.
                    self._members.add(each.member_id)
                    found = await self._decide(each, policy, now)
                    ready += [found] if isinstance(found, _Ready) else []
                    steps += [] if isinstance(found, _Ready) else [found]
                    # Commands that this process answers too have a turn between two members.
                    await asyncio.sleep(0)
        if steps:
            async with self._tools.store_turn:
                await self._tools.outbox.step(steps)
        return ready

    async def _decide(self, due: DueNudge, policy: NudgePolicy, now: datetime) -> _Ready | Step:
        try:
            decision = await self._tools.deciding.decide(
                due.kind, due.member, due.growth, due.status, due.past, policy, now=now
            )
        except NextrungError:
            raise
        except Exception as error:  # one member's data must not stop all others
            log.error("nudge_not_decided", nudge=due.id, exc_info=error)  # noqa: TRY400 - error is its level
            return Step(due.id, "not_decided", until=now + _UNDECIDED_FOR)
        match decision:
            case Withheld():
                return self._withheld(due, decision)
            case PutBack(until):
                self._tools.metrics.put_back.inc()
                return Step(due.id, "outside_hours", until=until)
            case _:
                return self._ready(due, decision)

    def _ready(self, due: DueNudge, body: NudgeBody) -> _Ready:
        offer = offer_of(body.choice) if isinstance(body, OneNudge) else None
        message = NudgeMessage(due.id, body)
        drawn = self._tools.post.draw(message, language=due.member.spoken)
        return _Ready(due, form_of(body), offer, drawn)

    def _withheld(self, due: DueNudge, reason: Withheld) -> Step:
        self._tools.metrics.withheld.labels(reason.value).inc()
        log.info("nudge_withheld", nudge=due.id, reason=reason.value)
        return Step(due.id, reason.value)

    # -- sending -----------------------------------------------------------------------------

    async def _send_all(self) -> None:
        while (ready := await self._queue.get()) is not None:
            if self._halted:
                continue
            try:
                await self._traced(ready)
            except StoreUnavailable as error:
                log.warning("nudge_not_sent", nudge=ready.due.id, code=error.code)
                self._lost = True
            except Exception as error:  # noqa: BLE001 - the other posts must end in order
                self._failed(error, nudge=ready.due.id)

    async def _traced(self, ready: _Ready) -> None:
        span = self._tools.tracer.begin("nudge") if self._tools.tracer else None
        if span is None:
            await self._send(ready)
            return
        facts, faulty = {"form": ready.form.value, "outcome": "fault"}, True
        try:
            with within(span):
                facts["outcome"] = outcome = await self._send(ready)
            faulty = outcome in {"failed", "unknown"}
        finally:
            span.end("nudge", facts, faulty=faulty)

    def _failed(self, error: Exception, **about: int) -> None:
        """End the run after an unexpected fault; the next one begins anew."""
        log.error("nudge_run_failed", workspace=self._workspace, exc_info=error, **about)
        self._lost = True

    async def _send(self, ready: _Ready) -> str:
        """Send one; return what became of it."""
        due = ready.due
        with part("account"):
            may = await self._may_get_nudges(due)
        if not may:
            return "put_back"
        with part("pace"):
            await self._buckets.posts.acquire()
        with part("mark"):
            marked = not self._halted and await self._mark(ready)
        if not marked:
            return "not_marked"
        with part("post"):
            ending = await self._post(ready)
        with part("keep"):
            await self._end(ending)
        self._ended.add(due.member_id)
        if isinstance(ending, Sent):
            lag = (self._tools.clock.now() - due.due_at).total_seconds()
            self._tools.metrics.sent.inc()
            self._tools.metrics.lag.observe(max(0.0, lag))
            log.info("nudge_sent", nudge=due.id, form=ready.form.value, lag=round(lag, 1))
            await self._troubles.sent()
            return "sent"
        return ending.state

    async def _may_get_nudges(self, due: DueNudge) -> bool:
        """Ask Slack about the account now and then; False where it tells anything new, or nothing.

        Who was asked about before is believed while there is no room for more questions: Slack
        tells of changes by itself.
        """
        tools, now = self._tools, self._tools.clock.now()
        checked = due.status.checked_at if due.status else None
        if checked is not None:
            # A moment ahead was written by a clock that was wrong, and tells nothing.
            known = -_SKEW <= now - checked < _ACCOUNT_KNOWN_FOR
            if known or not self._buckets.asks.has_capacity():
                return True
        await self._buckets.asks.acquire()
        member = due.member
        profile = await tools.profiles.profile(self._tenant, member.slack_id)
        if profile is None:
            # Perhaps a guest, or gone: unknown means no, until Slack tells.
            tools.metrics.put_back.inc()
            async with tools.store_turn:
                step = Step(due.id, "account_unknown", until=now + _UNTOLD_FOR)
                await tools.outbox.step([step])
            return False
        if await tools.members.profile_changed(self._tenant, member.slack_id, profile):
            # It is decided again by what is true now.
            return False
        async with tools.store_turn:
            await tools.outbox.step([Checked(due.member_id, now)])
        return True

    async def _mark(self, ready: _Ready) -> bool:
        """Commit that this nudge is being sent; False where it may not be (any more)."""
        due = ready.due
        mark = Mark(due.id, self._workspace, due.growth.version, ready.form, ready.offer)
        try:
            marked = await self._tools.marks.do(mark)
        except StoreUnavailable:
            # It may have been committed. Nothing was posted, so it is planned again.
            self._lost = True
            await self._end(Ended(due.id, "planned", "not_marked"))
            raise
        if marked:
            self._tools.metrics.claimed.inc()
        return marked

    async def _post(self, ready: _Ready) -> Sent | Ended:
        due, tools = ready.due, self._tools
        try:
            posted = await tools.post.post_nudge(self._tenant, due.member.slack_id, ready.drawn)
        except Refused as refused:
            return await self._troubles.refused(due.id, refused)
        except OutcomeUnknown as unknown:
            return await self._troubles.unknown(due.id, unknown.code)
        except Exception as error:  # it may have been posted
            log.error("nudge_post_failed", nudge=due.id, exc_info=error)  # noqa: TRY400 - error is its level
            return await self._troubles.unknown(due.id, "unexpected")
        return Sent(due.id, posted.channel, posted.ts)

    async def _end(self, ending: Sent | Ended) -> None:
        """Keep how it ended, however long the store is away: only this process knows."""
        tried = False
        while True:
            try:
                kept = await self._tools.endings.do(ending)
            except StoreUnavailable as error:
                log.warning("nudge_ending_not_kept", nudge=ending.nudge_id, code=error.code)
                await asyncio.sleep(_AGAIN_SECONDS)
                tried = True
            else:
                # A try before may have been committed although its answer was lost.
                if not kept and not tried and isinstance(ending, Sent):
                    await self._too_late(ending)
                return

    async def _too_late(self, ending: Sent) -> None:
        """Say why a post that arrived is kept nowhere: the two reasons need different deeds."""
        try:
            there = await self._tools.outbox.holds(ending.nudge_id)
        except StoreUnavailable:
            there = True
        if there:
            log.error("nudge_ending_too_late", nudge=ending.nudge_id)
        else:
            log.info("nudge_of_forgotten_member", nudge=ending.nudge_id)
