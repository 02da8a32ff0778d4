"""Letting answers go before what a thread computes."""

import asyncio
import selectors
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")

_SWITCH_SECONDS = 0.0005

_usual = sys.getswitchinterval()
_within = 0

# How long to leave Python to the event loop, and how much longer than without that a computation
# may take in all.
_LEFT_SECONDS = 0.001
_MOST_SECONDS = 0.1


class _WatchedSelector(selectors.DefaultSelector):
    """Knows whether the event loop waits for something to happen."""

    waiting = False

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is not None and timeout <= 0:  # it only looks, and has more to do
            return super().select(timeout)
        self.waiting = True
        try:
            return super().select(timeout)
        finally:
            self.waiting = False


class WatchedLoop(asyncio.SelectorEventLoop):
    """An event loop of which a thread can tell whether it is at work."""

    def __init__(self) -> None:
        self._watched = _WatchedSelector()
        super().__init__(self._watched)

    def at_work(self) -> bool:
        """Return whether something runs, or is about to, rather than all waits."""
        return not self._watched.waiting


def run_watched(main: Coroutine[Any, Any, T]) -> T:
    """Run it as `asyncio.run` does, in a loop to which threads that compute give way."""
    with asyncio.Runner(loop_factory=WatchedLoop) as runner:
        return runner.run(main)


class GivingWay:
    """Lets the event loop have Python first, called in a thread now and then: see `Pause`.

    Whoever answers needs Python several times, and each time would wait for this thread. So while
    the loop that this was made in is at work the thread leaves Python alone, a tenth of a second in
    all at most. To a loop that is not watched it does not give way.
    """

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self._at_work: Callable[[], bool] | None = None
        if isinstance(loop, WatchedLoop):
            self._at_work = loop.at_work
        self._left = _MOST_SECONDS

    def __call__(self) -> None:
        """Return when the loop waits, or has had Python for long enough."""
        while self._at_work and self._left > 0 and self._at_work():
            began = time.perf_counter()
            time.sleep(_LEFT_SECONDS)
            self._left -= time.perf_counter() - began


@contextmanager
def answering_first() -> Iterator[None]:
    """Let a thread that computes give way sooner: an answer needs Python several times.

    These may overlap between tasks.
    """
    global _within  # noqa: PLW0603 - the interval is one per process, and so is this count
    _within += 1
    sys.setswitchinterval(_SWITCH_SECONDS)
    try:
        yield
    finally:
        _within -= 1
        if not _within:
            sys.setswitchinterval(_usual)
