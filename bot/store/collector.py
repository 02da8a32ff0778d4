"""Sparing Python's cyclic garbage collector a walk through very many lasting values."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_pauses = 0


@contextmanager
def paused_collector() -> Iterator[None]:
    """Keep the collector from running meanwhile; pauses may overlap between tasks.

    Half a million new values make the collector walk through all of them again and again: measured,
    that takes as long as loading itself and stops the event loop for 0.2 s at a time.
    """
    global _pauses  # noqa: PLW0603 - the collector is one per process, and so is this count
    was_enabled = gc.isenabled() or _pauses > 0
    _pauses += 1
    gc.disable()
    try:
        yield
    finally:
        _pauses -= 1
        if was_enabled and not _pauses:
            gc.enable()


def keep_out_of_collections() -> None:
    """Let the collector never look at what exists now; reference counts still free it.

    For values without cycles that will live long, once they are all built. Otherwise the next full
    collection, in the middle of some command, walks through every one of them (measured: 0.3 s).
    """
    gc.freeze()
