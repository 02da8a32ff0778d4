"""Moments in a long computation at which others may go first."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

V = TypeVar("V")

Pause = Callable[[], None]
"""Called now and then by what computes for long; it returns when that should go on."""


def no_pause() -> None:
    """Go on at once."""


def in_turns(values: Iterable[V], pause: Pause, *, every: int) -> Iterator[V]:
    """Yield the values, with a pause before the first and after each so many of them."""
    for number, value in enumerate(values):
        if number % every == 0:
            pause()
        yield value
