"""A row of values that are made when somebody looks at them."""

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar, overload

T = TypeVar("T")


class Picked(Sequence[T], Generic[T]):
    """What `make` makes of each of `places`. It equals the tuple of the same values.

    A card counts hundreds of them and shows five: those alone are made.
    """

    __slots__ = ("_all", "_make", "_places")

    def __init__(self, places: Sequence[int], make: Callable[[int], T]) -> None:
        self._places = places
        self._make = make
        self._all: tuple[T, ...] | None = None

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...

    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if self._all is not None:
            return self._all[index]
        if isinstance(index, slice):
            return Picked(self._places[index], self._make)
        return self._make(self._places[index])

    def __iter__(self) -> Iterator[T]:
        if self._all is None:
            self._all = tuple(map(self._make, self._places))
        return iter(self._all)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, tuple | Picked) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))
