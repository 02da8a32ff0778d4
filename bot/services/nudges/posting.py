"""One nudge on its way: its account is asked about, it is marked, posted, and its ending kept."""

import asyncio
from datetime import datetime, timedelta

from bot.domain.nudges.message import Form
from bot.log import get_logger
from bot.services.nudges.ports import DrawnNudge, OutcomeUnknown, Refused
from bot.services.nudges.tools import NudgeTools
from bot.services.nudges.trouble import Troubles
from bot.spans import part, within
from bot.store.errors import StoreUnavailable
from bot.store.nudges.answers import NudgeOffer
from bot.store.nudges.senders import Waiting
from bot.store.nudges.steps import Checked, Ended, Mark, Sent, Step
from bot.values import dataclass

_ACCOUNT_KNOWN_FOR = timedelta(days=7)
_SKEW = timedelta(hours=1)
_UNTOLD_FOR = timedelta(minutes=5)
_AGAIN_SECONDS = 0.5

log = get_logger()


@dataclass(frozen=True, slots=True)
class Ready:
    """A nudge with what it says, and no more of its member than sending it needs.

    Thousands wait: neither a catalogue is to wait with them, nor all that somebody holds. `version`
    is the member's own when it was decided; see `PlanStatus.checked_at`.
    """

    id: int
    member_id: int
    slack_id: str
    due_at: datetime
    version: int
    checked_at: datetime | None
    form: Form
    offer: NudgeOffer | None
    drawn: DrawnNudge


class NudgePosting:
    """The posts of one run. Nothing is posted twice: what ends in doubt is kept as unknown."""

    def __init__(self, tools: NudgeTools, waiting: Waiting, troubles: Troubles) -> None:
        self._tools = tools
        self._workspace = waiting.workspace_id
        self._tenant = waiting.tenant
        self._buckets = tools.buckets(waiting.workspace_id)
        self._troubles = troubles
        self.lost = False
        """Whether the run ends, and the next begins anew: the store is away, or the lease gone."""
        self.ended: set[int] = set()
        """Members whose nudge has ended since somebody cleared this."""

    @property
    def halted(self) -> bool:
        """Whether nothing more may be posted; asked at the last moment before each post too."""
        stopped = self._tools.stopping.is_set() or not self._tools.clock_right()
        return self.lost or self._troubles.halted or stopped

    async def send(self, ready: Ready) -> None:
        """Send one.

        Raises:
            StoreUnavailable: it was not sent, and is planned as before.
        """
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

    async def _send(self, ready: Ready) -> str:
        """Send one; return what became of it."""
        with part("account"):
            may = await self._may_get_nudges(ready)
        if not may:
            return "put_back"
        with part("pace"):
            await self._buckets.posts.acquire()
        with part("mark"):
            marked = not self.halted and await self._mark(ready)
        if not marked:
            return "not_marked"
        with part("post"):
            ending = await self._post(ready)
        with part("keep"):
            await self._end(ending)
        self.ended.add(ready.member_id)
        if isinstance(ending, Sent):
            lag = (self._tools.clock.now() - ready.due_at).total_seconds()
            self._tools.metrics.sent.inc()
            self._tools.metrics.lag.observe(max(0.0, lag))
            log.info("nudge_sent", nudge=ready.id, form=ready.form.value, lag=round(lag, 1))
            await self._troubles.sent()
            return "sent"
        return ending.state

    async def _may_get_nudges(self, ready: Ready) -> bool:
        """Ask Slack about the account now and then; False where it tells anything new, or nothing.

        Who was asked about before is believed while there is no room for more questions: Slack
        tells of changes by itself.
        """
        tools, now = self._tools, self._tools.clock.now()
        if ready.checked_at is not None:
            # A moment ahead was written by a clock that was wrong, and tells nothing.
            known = -_SKEW <= now - ready.checked_at < _ACCOUNT_KNOWN_FOR
            if known or not self._buckets.asks.has_capacity():
                return True
        await self._buckets.asks.acquire()
        profile = await tools.profiles.profile(self._tenant, ready.slack_id)
        if profile is None:
            # Perhaps a guest, or gone: unknown means no, until Slack tells.
            tools.metrics.put_back.inc()
            async with tools.store_turn:
                step = Step(ready.id, "account_unknown", until=now + _UNTOLD_FOR)
                await tools.outbox.step([step])
            return False
        if await tools.members.profile_changed(self._tenant, ready.slack_id, profile):
            # It is decided again by what is true now.
            return False
        async with tools.store_turn:
            await tools.outbox.step([Checked(ready.member_id, now)])
        return True

    async def _mark(self, ready: Ready) -> bool:
        """Commit that this nudge is being sent; False where it may not be (any more)."""
        mark = Mark(ready.id, self._workspace, ready.version, ready.form, ready.offer)
        try:
            marked = await self._tools.marks.do(mark)
        except StoreUnavailable:
            # It may have been committed. Nothing was posted, so it is planned again.
            self.lost = True
            await self._end(Ended(ready.id, "planned", "not_marked"))
            raise
        if marked:
            self._tools.metrics.claimed.inc()
        return marked

    async def _post(self, ready: Ready) -> Sent | Ended:
        try:
            posted = await self._tools.post.post_nudge(self._tenant, ready.slack_id, ready.drawn)
        except Refused as refused:
            return await self._troubles.refused(ready.id, refused)
        except OutcomeUnknown as unknown:
            return await self._troubles.unknown(ready.id, unknown.code)
        except Exception as error:  # it may have been posted
            log.error("nudge_post_failed", nudge=ready.id, exc_info=error)  # noqa: TRY400 - error is its level
            return await self._troubles.unknown(ready.id, "unexpected")
        return Sent(ready.id, posted.channel, posted.ts)

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
