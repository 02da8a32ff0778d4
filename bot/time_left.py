"""How much is left of the time within which a request must be answered.

Waits add up: for Slack, for a free connection, for a lock. Each takes what is left for its limit,
so that the answer goes out in time and names what really was slow. It is told by the running task,
as its context; work that is done beside the answer has all the time it needs.
"""

import asyncio
from contextvars import Context, ContextVar, copy_context
from types import TracebackType
from typing import Self

# What a wait leaves for ending it, and for the answer.
MARGIN_SECONDS = 0.5
LEAST_SECONDS = 0.05
AGAIN_SECONDS = 0.1
"""What work that is called off has for a polite end, before it is called off again."""

_ends: ContextVar[float | None] = ContextVar("answer_ends", default=None)


class answer_within:  # noqa: N801 - it reads as a call
    """Let all waiting within this block end before `seconds` are over.

    A class, for each request enters it: a generator takes three times as long.
    """

    __slots__ = ("_seconds", "_token")

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def __enter__(self) -> None:
        self._token = _ends.set(asyncio.get_running_loop().time() + self._seconds)

    def __exit__(self, *raised: object) -> None:
        _ends.reset(self._token)


def time_left(most: float) -> float:
    """Return how many seconds a wait may take: `most`, or what is left where that is less."""
    ends = _ends.get()
    if ends is None:
        return most
    left = ends - MARGIN_SECONDS - asyncio.get_running_loop().time()
    return min(most, max(left, LEAST_SECONDS))


def unhurried() -> Context:
    """Return the present context for work beside the answer, which nobody waits for."""
    context = copy_context()
    context.run(_ends.set, None)
    return context


class TimeLimit:
    """`asyncio.timeout`, for work that takes its time to end: it is called off again and again.

    A driver asks its server to cancel what was called off, and waits for an answer. Called off once
    more, it leaves; but two calls that come at once, after a busy moment, are only one.

    Raises:
        TimeoutError: the time is over.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._calls = 0

    @property
    def passed(self) -> bool:
        """Whether the time was over before the work was."""
        return self._calls > 0

    async def __aenter__(self) -> Self:
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("there is no task to call off")
        self._task, self._called_before = task, task.cancelling()
        self._next = asyncio.get_running_loop().call_later(self._seconds, self._call_off)
        return self

    def _call_off(self) -> None:
        self._calls += 1
        self._task.cancel()
        self._next = asyncio.get_running_loop().call_later(AGAIN_SECONDS, self._call_off)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._next.cancel()
        others = self._task.cancelling() - self._calls
        for _call in range(self._calls):
            self._task.uncancel()
        # Called off by somebody else as well, it is theirs to say so.
        if self._calls and kind is asyncio.CancelledError and others <= self._called_before:
            raise TimeoutError from error
