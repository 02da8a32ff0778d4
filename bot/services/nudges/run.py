"""One run: everything that is due in one workspace, sent by the one process that holds its lease.

A reader decides what each nudge says; a few senders post side by side, paced by a token bucket.
Each post is marked and committed before, and its ending kept after. Nothing is posted twice: what
ends in doubt is kept as unknown, for the operator to decide.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from time import monotonic, perf_counter

from bot.domain.errors import NextrungError
from bot.domain.nudges.cadence import NudgePolicy
from bot.domain.nudges.decision import PutBack, Withheld
from bot.domain.nudges.message import NudgeBody, NudgeMessage, OneNudge
from bot.log import get_logger
from bot.services.growth.measuring import Ways
from bot.services.nudges.deciding import form_of
from bot.services.nudges.offers import offer_of
from bot.services.nudges.posting import NudgePosting, Ready
from bot.services.nudges.tools import NudgeTools
from bot.services.nudges.trouble import Troubles
from bot.store.errors import StoreUnavailable
from bot.store.nudges.outbox import Cursor, DueNudge
from bot.store.nudges.senders import Lease, Take, Waiting
from bot.store.nudges.steps import Checked, Step

_BATCH = 50
# So long the decisions about a page go on before all else that this process does has a turn. It was
# after each of them: with 200 workspaces, each of those turns was longer than a dozen decisions.
_AT_A_STRETCH_S = 0.003
_UNDECIDED_FOR = timedelta(minutes=15)

log = get_logger()


class NudgeRun:
    """A run for one workspace."""

    def __init__(self, tools: NudgeTools, waiting: Waiting) -> None:
        self._tools = tools
        self._workspace = waiting.workspace_id
        self._tenant = waiting.tenant
        self._troubles = Troubles(tools, waiting)
        self._posting = NudgePosting(tools, waiting, self._troubles)
        self._queue: asyncio.Queue[Ready | None] = asyncio.Queue(tools.pace.at_once)
        self._senders = tools.pace.at_once
        # Members of whom a nudge is under way.
        self._members: set[int] = set()
        self._prolong_at = 0.0

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
            self._posting.lost = True
        except Exception as error:  # noqa: BLE001 - what is under way must end in order
            self._failed(error)
        for _ in range(self._senders):
            await self._queue.put(None)

    async def _read(self) -> None:
        cursor: Cursor | None = None
        while not self._posting.halted and await self._still_mine():
            found, cursor = await self._page(cursor)
            for ready in found:
                await self._queue.put(ready)
            if cursor is None:
                # What becomes due from now on, the next run finds.
                return

    async def _page(self, after: Cursor | None) -> tuple[list[Ready], Cursor | None]:
        """Return what is to be sent of a page, and where the next begins; None after the last."""
        now = self._tools.clock.now()
        # After it was asked: a clock that jumps between the two is not believed.
        if not self._tools.clock_right():
            return [], None
        # What has ended by now, this page knows of.
        self._members -= self._posting.ended
        self._posting.ended.clear()
        async with self._tools.reading_turn:
            policy, due = await self._tools.outbox.due(
                self._workspace, self._tenant, now=now, after=after, most=_BATCH
            )
        found = await self._decide_all(policy, due, now) if due else []
        return found, due[-1].cursor if len(due) == _BATCH else None

    async def _still_mine(self) -> bool:
        if monotonic() < self._prolong_at:
            return not self._posting.lost
        if await self._hold(self._tools.senders.prolong) is None:
            self._posting.lost = True
        return not self._posting.lost

    async def _decide_all(
        self, policy: NudgePolicy, due: Sequence[DueNudge], now: datetime
    ) -> list[Ready]:
        """Return what is to be sent; keep why the rest is not."""
        ready: list[Ready] = []
        steps: list[Step | Checked] = []
        async with self._tools.deciding.batch() as ways:
            began = perf_counter()
            for each in due:
                if each.collapsed:
                    steps.append(self._withheld(each, Withheld.COLLAPSED))
                elif each.member_id not in self._members:
                    # A second nudge of a member waits until the first has ended.
                    self._members.add(each.member_id)
                    found = await self._decide(each, policy, now, ways)
                    ready += [found] if isinstance(found, Ready) else []
                    steps += [] if isinstance(found, Ready) else [found]
                if perf_counter() - began >= _AT_A_STRETCH_S:
                    # Commands that this process answers too, and posts that are under way.
                    await asyncio.sleep(0)
                    began = perf_counter()
        if steps:
            async with self._tools.store_turn:
                await self._tools.outbox.step(steps)
        return ready

    async def _decide(
        self, due: DueNudge, policy: NudgePolicy, now: datetime, ways: Ways
    ) -> Ready | Step:
        try:
            decision = await self._tools.deciding.decide(
                due.kind, due.member, due.growth, due.status, due.past, policy, now=now, ways=ways
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

    def _ready(self, due: DueNudge, body: NudgeBody) -> Ready:
        offer = offer_of(body.choice) if isinstance(body, OneNudge) else None
        message = NudgeMessage(due.id, body)
        drawn = self._tools.post.draw(message, language=due.member.spoken)
        return Ready(
            id=due.id,
            member_id=due.member_id,
            slack_id=due.member.slack_id,
            due_at=due.due_at,
            version=due.growth.version,
            checked_at=due.status.checked_at if due.status else None,
            form=form_of(body),
            offer=offer,
            drawn=drawn,
        )

    def _withheld(self, due: DueNudge, reason: Withheld) -> Step:
        self._tools.metrics.withheld.labels(reason.value).inc()
        log.info("nudge_withheld", nudge=due.id, reason=reason.value)
        return Step(due.id, reason.value)

    # -- sending -----------------------------------------------------------------------------

    async def _send_all(self) -> None:
        while (ready := await self._queue.get()) is not None:
            if self._posting.halted:
                continue
            try:
                await self._posting.send(ready)
            except StoreUnavailable as error:
                log.warning("nudge_not_sent", nudge=ready.id, code=error.code)
                self._posting.lost = True
            except Exception as error:  # noqa: BLE001 - the other posts must end in order
                self._failed(error, nudge=ready.id)

    def _failed(self, error: Exception, **about: int) -> None:
        """End the run after an unexpected fault; the next one begins anew."""
        log.error("nudge_run_failed", workspace=self._workspace, exc_info=error, **about)
        self._posting.lost = True
