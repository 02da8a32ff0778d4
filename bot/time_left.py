"""How much is left of the time within which a request must be answered.

Waits add up: for Slack, for a free connection, for a lock. Each takes what is left for its limit,
so that the answer goes out in time and names what really was slow. It is told by the running task,
as its context; work that is done beside the answer has all the time it needs.
"""

import asyncio
from contextvars import Context, ContextVar, copy_context

# What a wait leaves for ending it, and for the answer.
MARGIN_SECONDS = 0.5
LEAST_SECONDS = 0.05

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
