"""Approximate matching of names, by rapidfuzz."""

from collections.abc import Callable, Sequence
from functools import cache, partial

MAX_FOUND = 50


def nearest(typed: str, names: Sequence[str], greatest: int) -> list[tuple[str, int]]:
    """Return (name, edit distance) for the names within `greatest` edits, nearest first.

    An edit is an insertion, a deletion, a substitution or a swap of neighbours. Ties keep the
    order of `names`.
    """
    found = _extract()(typed, names, score_cutoff=greatest)
    return [(name, int(distance)) for name, distance, _ in found]


@cache
def _extract() -> Callable[..., list[tuple[str, float, int]]]:
    # Once: four times in a text with a slip, asking for what is loaded took as long as matching.
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    return partial(process.extract, scorer=OSA.distance, limit=MAX_FOUND)


def be_ready() -> None:
    """Load what finding takes, which the first slip that somebody types would wait for: 20 ms."""
    _extract()
