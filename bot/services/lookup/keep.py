"""Keeps what can be made again within so many bytes; the least recently used goes first."""

import weakref
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from typing import Generic, Protocol, TypeVar

from bot.values import dataclass


class Weighty(Protocol):
    """What is kept. `weight` is in bytes, and may change while it is used."""

    @property
    def weight(self) -> int: ...


V = TypeVar("V", bound=Weighty)

_LATELY = 4


@dataclass(slots=True)
class _Place(Generic[V]):
    """Where a value is kept, with its weight when it was counted last."""

    value: V | None
    counted: int = 0


class Keep(Generic[V]):
    """Values by key, together no heavier than `budget` bytes. For one event loop.

    What somebody holds on to stays, whatever it weighs: letting go of it would free nothing, and
    it would soon be there twice. So does what is under `pinned`. Values are freed by reference
    counts alone; they must be no part of a cycle.
    """

    def __init__(
        self, budget: int, *, pinned: str = "", beside: Callable[[], int] = lambda: 0
    ) -> None:
        """`beside` tells how much of the budget others take just then."""
        self._whole = budget
        self._beside = beside
        self._pinned = pinned
        self._places: OrderedDict[str, _Place[V]] = OrderedDict()
        # Whatever uses a value may add to its weight for a while: what was used lately is counted
        # anew each time.
        self._used: deque[set[str]] = deque([set()], _LATELY)
        self.weight = 0
        """Of all that is kept, in bytes, as `fit` counted last."""

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[str]:
        """Go through the keys, the least recently used first."""
        return iter(self._places)

    def get(self, key: str, *, passing: bool = False) -> V | None:
        """Return what is under `key`, or None; it goes the later for it, unless it is `passing`."""
        place = self._places.get(key)
        if place is None:
            return None
        if not passing:
            self._places.move_to_end(key)
        self._used[0].add(key)
        return place.value

    def peek(self, key: str) -> V | None:
        """Return the same without using it."""
        place = self._places.get(key)
        return None if place is None else place.value

    def put(self, key: str, value: V, *, passing: bool = False) -> int:
        """Keep `value` in place of what was there, and `fit`; return of how many it let go.

        What is only `passing` is the next to go, unless it was there before.
        """
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = _Place(value)
            self._places.move_to_end(key, last=not passing)
        else:
            place.value = value
        self._used[0].add(key)
        return self.fit()

    def turn(self) -> int:
        """`fit`, about once a second; what was used some turns ago is not counted any more."""
        gone = self.fit()
        self._used.appendleft(set())
        return gone

    def fit(self) -> int:
        """Count anew what was used lately, and let go of what is too much; return of how many."""
        for key in set().union(*self._used):
            self._count(key)
        budget = self._whole - self._beside()
        if self.weight <= budget:
            return 0
        gone = 0
        for key in tuple(self._places):
            if key != self._pinned and self._let_go(key):
                gone += 1
                if self.weight <= budget:
                    break
        return gone

    def _count(self, key: str) -> None:
        place = self._places.get(key)
        if place is not None and place.value is not None:
            weight = place.value.weight
            self.weight += weight - place.counted
            place.counted = weight

    def _let_go(self, key: str) -> bool:
        """Drop a value; take it back where somebody holds on to it."""
        place = self._places[key]
        told = weakref.ref(place.value) if place.value is not None else None
        place.value = None
        place.value = told() if told else None
        if place.value is not None:
            return False
        del self._places[key]
        self.weight -= place.counted
        return True
