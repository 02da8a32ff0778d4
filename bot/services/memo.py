"""A small memory of finished work, the least recently used forgotten first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

V = TypeVar("V")


def _weightless(_value: object) -> int:
    return 0


class _Unknown:
    """Stands for what is not remembered: None may be."""


_UNKNOWN = _Unknown()


class Tally:
    """How often something was remembered, and how often it was not; memos may share one."""

    __slots__ = ("hits", "misses")

    def __init__(self) -> None:
        self.hits = self.misses = 0


_NOBODYS = Tally()


class Memo(Generic[V]):
    """Remembers up to `size` results by key. For one event loop: not thread-safe.

    Where `weigh` tells what a result weighs, they are also together no heavier than `heaviest`, but
    for the newest, which stays whatever it weighs.
    `tally` counts what was asked for, where somebody wants to know.
    """

    def __init__(
        self,
        size: int,
        tally: Tally = _NOBODYS,
        *,
        weigh: Callable[[V], int] = _weightless,
        heaviest: int = 0,
    ) -> None:
        self._size = size
        self._tally = tally
        self._weigh = weigh
        self._heaviest = heaviest
        self._kept: OrderedDict[Hashable, V] = OrderedDict()
        self.weight = 0
        """Of all that is remembered, in bytes."""

    def get(self, key: Hashable, make: Callable[[], V]) -> V:
        """Return what is remembered under `key`, else make and remember it. Errors are not kept."""
        found = self._kept.get(key, _UNKNOWN)
        if isinstance(found, _Unknown):
            self._tally.misses += 1
            made = make()
            self.put(key, made)
            return made
        self._tally.hits += 1
        self._kept.move_to_end(key)
        return found

    def known(self, key: Hashable) -> V | None:
        """Return what is remembered under `key`, or None."""
        found = self._kept.get(key)
        if found is None:
            self._tally.misses += 1
        else:
            self._tally.hits += 1
            self._kept.move_to_end(key)
        return found

    def put(self, key: Hashable, value: V) -> None:
        """Remember `value` under `key`, in place of what was there."""
        self.drop(key)
        self._kept[key] = value
        self.weight += self._weigh(value)
        while len(self._kept) > self._size or (
            self.weight > self._heaviest > 0 and len(self._kept) > 1
        ):
            _, gone = self._kept.popitem(last=False)
            self.weight -= self._weigh(gone)

    def drop(self, key: Hashable) -> None:
        """Forget what is under `key`, if anything is."""
        gone = self._kept.pop(key, None)
        if gone is not None:
            self.weight -= self._weigh(gone)

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
        self.weight = 0
