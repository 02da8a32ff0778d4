"""Faults on demand: what may go wrong between an app and Slack, made to happen."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import field
from datetime import datetime, timedelta
from typing import Any, Literal

from bot.values import dataclass

FaultKind = Literal["ratelimited", "status", "error", "slow", "hold", "drop_before", "drop_after"]
EVERY = "*"
# The name under which posts to response URLs meet faults.
RESPONSE_URL = "response_url"
MINUTE = timedelta(minutes=1)
WORKSPACE_POSTS_A_MINUTE = 300

# Calls a minute per method and workspace; Slack names these tiers 1 to 4.
TIER_CALLS = {1: 1, 2: 20, 3: 50, 4: 100}


@dataclass(slots=True)
class Gate:
    """Holds a call until it is released; `arrived` is set when the first call stands there."""

    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _open: asyncio.Event = field(default_factory=asyncio.Event)

    async def passed(self) -> None:
        """Wait (as the held call) until the gate opens."""
        self.arrived.set()
        await self._open.wait()

    def release(self) -> None:
        """Let every held call, and those to come, through."""
        self._open.set()


@dataclass(slots=True, kw_only=True)
class Fault:
    """One kind of trouble for calls of `method` in `workspace_id` (None: all), `times` times.

    `method` is a Web API method, `RESPONSE_URL`, or `EVERY` for both; `times` None means always.
    """

    kind: FaultKind
    method: str = EVERY
    workspace_id: str | None = None
    times: int | None = 1
    retry_after: int = 1
    status: int = 503
    error: str = "internal_error"
    seconds: float = 0.0
    gate: Gate | None = None

    def fits(self, method: str, workspace_id: str | None) -> bool:
        """Tell whether a call meets this fault."""
        return self.method in (EVERY, method) and self.workspace_id in (None, workspace_id)

    def as_json(self) -> dict[str, Any]:
        """Return the fault as JSON values."""
        names = ("kind", "method", "workspace_id", "times", "retry_after", "status", "error")
        return {name: getattr(self, name) for name in (*names, "seconds")}


class Faults:
    """The faults that wait for a call, and Slack's real rate limits as an option (`tiers`).

    `posts_a_minute` is how many messages a workspace then takes; Slack says "several hundred".
    """

    def __init__(self, now: Callable[[], datetime], changed: Callable[[], None]) -> None:
        self._now = now
        self._changed = changed
        self._calls: dict[tuple[str, ...], deque[datetime]] = defaultdict(deque)
        self.waiting: list[Fault] = []
        self.tiers = False
        self.posts_a_minute = WORKSPACE_POSTS_A_MINUTE
        self.expired_triggers = 0
        self.late_events = 0

    def add(self, fault: Fault) -> Fault:
        """Let `fault` wait for a fitting call; faults are met in the order they were added."""
        self.waiting.append(fault)
        self._changed()
        return fault

    def ratelimit(self, method: str = EVERY, *, retry_after: int = 1, **more: Any) -> Fault:
        """Answer 429 with Retry-After."""
        fault = Fault(kind="ratelimited", method=method, retry_after=retry_after, **more)
        return self.add(fault)

    def fail(self, method: str = EVERY, *, status: int = 503, **more: Any) -> Fault:
        """Answer with an HTTP error and no JSON, as a broken gateway does."""
        return self.add(Fault(kind="status", method=method, status=status, **more))

    def error(self, method: str = EVERY, *, error: str = "internal_error", **more: Any) -> Fault:
        """Answer 200 with ok=false and this error code."""
        return self.add(Fault(kind="error", method=method, error=error, **more))

    def slow(self, method: str = EVERY, *, seconds: float, **more: Any) -> Fault:
        """Answer only after `seconds` on the local Slack's clock."""
        return self.add(Fault(kind="slow", method=method, seconds=seconds, **more))

    def hold(self, method: str = EVERY, **more: Any) -> Gate:
        """Hold calls at a gate until the caller releases it."""
        gate = Gate()
        self.add(Fault(kind="hold", method=method, gate=gate, **more))
        return gate

    def drop_before(self, method: str = EVERY, **more: Any) -> Fault:
        """Drop the connection before the call has any effect."""
        return self.add(Fault(kind="drop_before", method=method, **more))

    def drop_after(self, method: str = EVERY, **more: Any) -> Fault:
        """Carry the call out, then drop the connection instead of answering."""
        return self.add(Fault(kind="drop_after", method=method, **more))

    def expire_triggers(self, times: int = 1) -> None:
        """Treat the next `times` trigger ids that are used as expired."""
        self.expired_triggers += times
        self._changed()

    def expire_response_urls(self, times: int = 1) -> Fault:
        """Answer the next `times` posts to response URLs with 404, as after thirty minutes."""
        return self.error(RESPONSE_URL, error="expired_url", times=times)

    def hold_back_events(self, times: int = 1) -> None:
        """Hold the next `times` events back, each until a later event was delivered."""
        self.late_events += times
        self._changed()

    def clear(self) -> None:
        """Forget every waiting fault and every counted call."""
        self.waiting.clear()
        self._calls.clear()
        self.expired_triggers = 0
        self.late_events = 0
        self.tiers = False
        self._changed()

    def take(self, method: str, workspace_id: str | None) -> Fault | None:
        """Return the fault that a call meets, and use it up."""
        for fault in self.waiting:
            if fault.fits(method, workspace_id):
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times <= 0:
                        self.waiting.remove(fault)
                self._changed()
                return fault
        return None

    def take_expired_trigger(self) -> bool:
        """Tell whether this use of a trigger is to fail as expired."""
        if self.expired_triggers <= 0:
            return False
        self.expired_triggers -= 1
        self._changed()
        return True

    def take_late_event(self) -> bool:
        """Tell whether this event is to be held back until a later one was delivered."""
        if self.late_events <= 0:
            return False
        self.late_events -= 1
        self._changed()
        return True

    def over_limit(
        self, method: str, *, tier: int, workspace_id: str | None, channel: str | None = None
    ) -> int | None:
        """Count a call and return the seconds to wait when it is over its limit (`tiers` on)."""
        if not self.tiers:
            return None
        place = workspace_id or ""
        limits: list[tuple[tuple[str, ...], int, timedelta]] = [
            ((method, place), TIER_CALLS[tier], MINUTE)
        ]
        if method == "chat.postMessage":
            limits = [
                ((method, place), self.posts_a_minute, MINUTE),
                ((method, place, channel or ""), 1, timedelta(seconds=1)),
            ]
        waits = [self._wait(key, most, window) for key, most, window in limits]
        longest = max(waits)
        if longest > 0:
            return longest
        for key, _, _ in limits:
            self._calls[key].append(self._now())
        return None

    def _wait(self, key: tuple[str, ...], most: int, window: timedelta) -> int:
        calls, now = self._calls[key], self._now()
        while calls and now - calls[0] >= window:
            calls.popleft()
        if len(calls) < most:
            return 0
        return max(1, int((calls[0] + window - now).total_seconds()))
