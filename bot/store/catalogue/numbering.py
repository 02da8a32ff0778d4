"""The numbers of parts within a revision: the position that the owner gave each."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from bot.store.errors import InvalidContent

MAX_RANK = 2**31 - 1
"""What an INTEGER column of PostgreSQL holds."""


class Keyed(Protocol):
    """A part with the key that it is named by."""

    @property
    def key(self) -> str: ...


def check_rank(kind: str, key: str, rank: int) -> None:
    """Raise `InvalidContent` where a rank is too large for the database."""
    if abs(rank) > MAX_RANK:
        raise InvalidContent(reason=f"a rank is beyond {MAX_RANK}", kind=kind, key=key)


class Ids(Mapping[str, int]):
    """The positions of keyed values, and the check that a reference means the same value."""

    def __init__(self, kind: str, values: Iterable[Keyed]) -> None:
        self._kind = kind
        self._values: dict[str, tuple[int, Keyed]] = {}
        for position, value in enumerate(values):
            if value.key in self._values:
                raise InvalidContent(reason="duplicate key", kind=kind, key=value.key)
            self._values[value.key] = (position, value)

    def __getitem__(self, key: str) -> int:
        return self._values[key][0]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def of_key(self, key: str) -> int:
        """Return the position of what has a key; `InvalidContent` where nothing has it."""
        if key not in self._values:
            raise InvalidContent(reason="unknown key", kind=self._kind, key=key)
        return self._values[key][0]

    def of(self, value: Keyed) -> int:
        """Return the position of a part; `InvalidContent` where it is another than is numbered."""
        position, known = self._values.get(value.key, (-1, None))
        if known is not value and known != value:
            raise InvalidContent(reason="not in the catalogue", kind=self._kind, key=value.key)
        return position
