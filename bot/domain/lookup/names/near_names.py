"""Many names to search in: by how they begin and how long they are, and by what they contain."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cached_property

Nearest = Callable[[str, Sequence[str], int], Sequence[tuple[str, int]]]
"""(typed, names, greatest distance) -> (name, edit distance) pairs, nearest first."""


class Names(tuple[str, ...]):
    """Squeezed names in catalogue order; whatever is found keeps that order.

    A misspelt text is searched in thousands of names several times. No search looks at each: the
    names lie sorted by first letter and length, in the order of the alphabet, and in one text
    that holds them all. An index is made when it is first needed.
    """

    @cached_property
    def _joined(self) -> str:
        return "\n".join(("", *self, ""))

    @cached_property
    def _alike(self) -> dict[tuple[str, int], list[str]]:
        found: dict[tuple[str, int], list[str]] = {}
        for name in self:
            found.setdefault((name[:1], len(name)), []).append(name)
        return found

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self)

    def warm(self) -> None:
        """Make the indexes now, so that nobody waits for them."""
        _ = (self._joined, self._alike, self._sorted)

    def resembling(self, typed: str, most: int) -> list[str]:
        """Return the names of the same first letter, as long as `typed` give or take `most`."""
        found: list[str] = []
        for length in range(len(typed) - most, len(typed) + most + 1):
            found += self._alike.get((typed[:1], length), ())
        return found

    def beginning(self, start: str, most: int) -> list[str]:
        """Return at most `most` names that begin with `start`, in the order of the alphabet."""
        ordered = self._sorted
        at = bisect_left(ordered, start)
        found: list[str] = []
        while at < len(ordered) and len(found) < most and ordered[at].startswith(start):
            found.append(ordered[at])
            at += 1
        return found

    def containing(self, key: str) -> list[str]:
        """Return the names that have `key` in them; `key` is not empty and of one line."""
        text, found = self._joined, []
        place = text.find(key)
        while place >= 0:
            end = text.index("\n", place)
            found.append(text[text.rindex("\n", 0, place) + 1 : end])
            place = text.find(key, end)
        return found
