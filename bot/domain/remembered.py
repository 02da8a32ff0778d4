"""Remembering what was worked out of a text, within a memory that can be told."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

T = TypeVar("T")

LONGEST = 100
"""Characters of the longest text that is remembered: names and words have fewer."""


def remembered(most: int) -> Callable[[Callable[[str], T]], Callable[[str], T]]:
    """Remember what a function returns for the last `most` texts of at most `LONGEST` characters.

    Names come again and again, and what is long hardly does. A number alone would be no bound:
    somebody may upload as many cells of 100,000 characters.
    """

    def of(function: Callable[[str], T]) -> Callable[[str], T]:
        kept = lru_cache(maxsize=most)(function)

        @wraps(function)
        def told(text: str) -> T:
            return kept(text) if len(text) <= LONGEST else function(text)

        return told

    return of
