"""Letting answers go before what a thread computes."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_SWITCH_SECONDS = 0.0005

_usual = sys.getswitchinterval()
_within = 0


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
