"""A small memory of finished work, the least recently used forgotten first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

V = TypeVar("V")


class Memo(Generic[V]):
    """Remembers up to `size` results by key. For one event loop: not thread-safe."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[Hashable, V] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], V]) -> V:
        """Return what is remembered under `key`, else make and remember it. Errors are not kept."""
        try:
            found = self._kept[key]
        except KeyError:
            found = self._kept[key] = make()
            if len(self._kept) > self._size:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        return found

    def known(self, key: Hashable) -> V | None:
        """Return what is remembered under `key`, or None."""
        return self._kept.get(key)
