"""How much is left of the time within which a request must be answered.

Waits add up: for Slack, for a free connection, for a lock. Each takes what is left for its limit,
so that the answer goes out in time and names what really was slow. It is told by the running task,
as its context; work that is done beside the answer has all the time it needs.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import Context, ContextVar, copy_context

# What a wait leaves for ending it, and for the answer.
MARGIN_SECONDS = 0.5
LEAST_SECONDS = 0.05

_ends: ContextVar[float | None] = ContextVar("answer_ends", default=None)


@contextmanager
def answer_within(seconds: float) -> Iterator[None]:
    """Let all waiting within this block end before `seconds` are over."""
    token = _ends.set(asyncio.get_running_loop().time() + seconds)
    try:
        yield
    finally:
        _ends.reset(token)


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
