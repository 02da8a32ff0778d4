"""Letting answers go before what a thread computes."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

_SWITCH_SECONDS = 0.0005

_usual = sys.getswitchinterval()
_within = 0


# A moment without Python, and how much longer getting it back may take where nobody wants it.
_MOMENT_SECONDS = 0.00005
_UNWANTED_SECONDS = 0.0002
# How long to leave Python to others, and how much longer than that a computation may take in all.
_LEFT_SECONDS = 0.001
_MOST_SECONDS = 0.1


class GivingWay:
    """Lets others have Python first, called in a thread now and then: see `Pause`.

    Whoever answers needs Python several times, and each time would wait for this thread. So where
    Python is wanted the thread leaves it alone for a while, a tenth of a second in all at most.
    """

    def __init__(self) -> None:
        self._left = _MOST_SECONDS

    def __call__(self) -> None:
        """Return when nobody else wants Python, or has had it for long enough."""
        while self._left > 0:
            began = time.perf_counter()
            time.sleep(_MOMENT_SECONDS)
            if time.perf_counter() - began < _MOMENT_SECONDS + _UNWANTED_SECONDS:
                return
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
