"""What follows when a nudge cannot be sent: for the nudge, and for its workspace."""

from contextlib import suppress
from datetime import datetime, timedelta

from bot.log import get_logger
from bot.services.nudges.ports import Refusal, Refused
from bot.services.nudges.tools import NudgeTools
from bot.store.errors import StoreUnavailable
from bot.store.nudges.senders import Lease, SendingTrouble, Waiting
from bot.store.nudges.steps import Ended

OURS_IN_A_ROW = 3
"""After so many faults of our own, a workspace is left alone rather than all its nudges spent."""
BROKEN_AFTER = 3
_FIRST_WAIT = timedelta(seconds=10)
_LONGEST_WAIT = timedelta(minutes=15)
_RATE_WAIT = 30.0

log = get_logger()


class Troubles:
    """One run's troubles. `halted` ends the run; `careful` lets it send one at a time first."""

    def __init__(self, tools: NudgeTools, waiting: Waiting) -> None:
        self._tools = tools
        self._workspace = waiting.workspace_id
        self._tenant = waiting.tenant
        self._failures = 0
        self._troubled = False
        self._ours = 0
        self._resumes_at: datetime | None = None
        self.halted = False

    @property
    def careful(self) -> bool:
        return self._failures > 0

    async def may_begin(self, lease: Lease) -> bool:
        """Tell whether to send; after a failure Slack is asked first, which costs no nudge."""
        self._failures, self._troubled = lease.failures, lease.troubled
        if not self._failures:
            return True
        try:
            await self._tools.post.reach(self._tenant)
        except Refused as refused:
            await self._fail(refused.code, broken=refused.kind is Refusal.WORKSPACE)
            return False
        return True

    async def sent(self) -> None:
        """Note that sending works; a careful run ends here, and the next is an ordinary one."""
        self._ours = 0
        if self._troubled:
            self._troubled = False
            self.halted = self.halted or self.careful
            self._failures = 0
            with suppress(StoreUnavailable):
                async with self._tools.store_turn:
                    await self._tools.senders.recovered(self._workspace)

    async def refused(self, nudge_id: int, refused: Refused) -> Ended:
        """Return what becomes of a nudge that has not arrived."""
        kind, code = refused.kind, refused.code
        self._tools.metrics.failed.labels(kind.value, code).inc()
        log.warning("nudge_refused", nudge=nudge_id, kind=kind.value, code=code)
        match kind:
            case Refusal.MEMBER:
                return Ended(nudge_id, "failed", code, bars=True)
            case Refusal.OURS:
                log.error("nudge_not_acceptable", nudge=nudge_id, code=code)
                self._ours += 1
                if self.careful or self._ours >= OURS_IN_A_ROW:
                    await self._fail(code, broken=True)
                return Ended(nudge_id, "failed", code)
            case Refusal.LATER if code == "ratelimited":
                await self._slow_down(refused.retry_after or _RATE_WAIT)
            case Refusal.LATER | Refusal.WORKSPACE:
                broken = kind is Refusal.WORKSPACE
                await self._fail(code, broken=broken, at_least=refused.retry_after)
        return Ended(nudge_id, "planned", code)

    async def unknown(self, nudge_id: int, code: str) -> Ended:
        """Return what becomes of a nudge that may have arrived."""
        self._tools.metrics.unknown.labels(code).inc()
        log.error("nudge_unknown", nudge=nudge_id, code=code)
        await self._fail(code, broken=False)
        return Ended(nudge_id, "unknown", code)

    async def _slow_down(self, seconds: float) -> None:
        """Wait as long as Slack asked; that is no fault."""
        await self._keep("ratelimited", timedelta(seconds=seconds), broken=False)

    async def _fail(self, code: str, *, broken: bool, at_least: float | None = None) -> None:
        """Leave the workspace alone for a while, longer after each failure in a row."""
        if self.halted:
            # The calls that were under way when it failed tell the same once more.
            return
        self._failures += 1
        broken = broken or self._failures >= BROKEN_AFTER
        wait = min(_FIRST_WAIT * 2 ** min(self._failures - 1, 10), _LONGEST_WAIT)
        wait = max(wait, timedelta(seconds=at_least or 0))
        if broken:
            self._tools.metrics.circuits.labels(code).inc()
            log.error("nudge_circuit_open", workspace=self._workspace, code=code)
        await self._keep(code, wait, broken=broken)

    async def _keep(self, code: str, wait: timedelta, *, broken: bool) -> None:
        self.halted = True
        now = self._tools.clock.now()
        # Calls that were under way together may each be told another time: the longest counts.
        self._resumes_at = max(now + wait, self._resumes_at or now)
        trouble = SendingTrouble(code, self._resumes_at, self._failures, broken)
        with suppress(StoreUnavailable):
            async with self._tools.store_turn:
                await self._tools.senders.troubled(self._workspace, trouble, now=now)
