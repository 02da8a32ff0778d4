"""Where a copy comes from: one moment of a database, or a backup of one."""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from typing import Protocol

from bot.store.copies.lines import Lines
from bot.store.copies.shapes import CHANGES, Shape
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class Described:
    """The schema that a source has, and the highest id that each table has given out."""

    revision: str
    made_at: datetime
    shapes: tuple[Shape, ...]
    last_ids: Mapping[str, int]

    @property
    def filled(self) -> tuple[Shape, ...]:
        """The tables whose rows are copied."""
        return tuple(each for each in self.shapes if each.name != CHANGES)


class Source(Protocol):
    """All rows of one moment."""

    @property
    def described(self) -> Described:
        """What there is."""
        ...

    def lines(self, shape: Shape) -> AsyncIterator[Lines]:
        """Yield the rows of a table, some at a time, in the order of its key."""
        ...


@dataclass(frozen=True, slots=True)
class CopiedTable:
    """One table as it was copied, read at both ends where there are two."""

    name: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied: the schema, the moment, and each table."""

    revision: str
    made_at: datetime
    tables: tuple[CopiedTable, ...]

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(each.rows for each in self.tables)
