"""Sparing Python's cyclic garbage collector a walk through very many lasting values."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SURPLUS = 300_000
"""So many values more than expected may be kept out: some 50 MB."""

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


def settle_what_is_there() -> None:
    """Collect what nobody needs, and keep the rest out of collections from now on.

    Once all that is old is kept out, it is quick: it walks through what is new alone. To be called
    when little is under way: what is kept out and becomes a part of a cycle of garbage later is
    not freed until `look_at_everything`.
    """
    gc.collect()
    gc.freeze()


def look_at_everything(*, expected: int) -> bool:
    """Free garbage among what was kept out, where much more is kept out than is `expected`.

    It stops the process for as long as walking through every value takes; so it is done only where
    there is reason to. Return whether it was.
    """
    if gc.get_freeze_count() <= expected + _SURPLUS:
        return False
    gc.unfreeze()
    settle_what_is_there()
    return True


def keep_out_of_collections() -> None:
    """Let the collector never look at what exists now; reference counts still free it.

    For values without cycles that will live long, once they are all built. Otherwise the next full
    collection, in the middle of some command, walks through every one of them (measured: 0.3 s).
    """
    gc.freeze()
