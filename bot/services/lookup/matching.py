"""Approximate matching of names, by rapidfuzz."""

from collections.abc import Sequence

MAX_FOUND = 50


def nearest(typed: str, names: Sequence[str], greatest: int) -> list[tuple[str, int]]:
    """Return (name, edit distance) for the names within `greatest` edits, nearest first.

    An edit is an insertion, a deletion, a substitution or a swap of neighbours. Ties keep the
    order of `names`.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extract(
        typed, names, scorer=OSA.distance, score_cutoff=greatest, limit=MAX_FOUND
    )
    return [(name, int(distance)) for name, distance, _ in found]


def be_ready() -> None:
    """Load what finding takes, which the first slip that somebody types would wait for: 20 ms."""
    import rapidfuzz.distance
    import rapidfuzz.process  # noqa: F401
