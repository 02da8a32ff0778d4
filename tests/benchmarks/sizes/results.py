"""What members take in the database: plain values, and the arithmetic to more of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import linear_regression
from types import MappingProxyType
from typing import Any

KINDS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"looks up": (0, 4), "monthly": (5, 6), "weekly": (7, 8), "daily": (9, 9)}
)
"""Kinds of members by what they do in a year; the last digits of their numbers are these."""

MIXES: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        "few": {"looks up": 0.90, "monthly": 0.04, "weekly": 0.05, "daily": 0.01},
        "many": {"looks up": 0.60, "monthly": 0.10, "weekly": 0.28, "daily": 0.02},
        "all": {"looks up": 0.00, "monthly": 0.10, "weekly": 0.80, "daily": 0.10},
    }
)
"""How many of all members are of which kind: few use nudges, many do, all do."""

COUNTS = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
_YEAR = 26


@dataclass(frozen=True, slots=True)
class Taken:
    """A table's rows, its bytes, and those of its indexes."""

    rows: int
    data: int
    indexes: int


@dataclass(frozen=True, slots=True)
class Filled:
    """One database. `rows` are those of one member, by table and kind.

    `fresh` is what it takes as rows were added, `worn` after all that changes in daily work was
    written once more.
    """

    members: int
    fortnights: int
    rows: dict[str, dict[str, float]]
    fresh: dict[str, Taken]
    worn: dict[str, Taken]


@dataclass(frozen=True, slots=True)
class PerRow:
    """Bytes that one more row of a table takes: data and indexes, fresh and worn."""

    table: str
    data: float
    indexes: float
    worn_data: float
    worn_indexes: float


@dataclass(frozen=True, slots=True)
class Sizes:
    """All that was measured on one database."""

    database: str
    filled: tuple[Filled, ...]

    @property
    def per_row(self) -> tuple[PerRow, ...]:
        """What a row takes: the slope over all numbers of members, so that no start counts."""
        return tuple(
            PerRow(
                table,
                self._slope(table, "fresh", "data"),
                self._slope(table, "fresh", "indexes"),
                self._slope(table, "worn", "data"),
                self._slope(table, "worn", "indexes"),
            )
            for table in self.filled[0].fresh
        )

    def of_kind(self, kind: str) -> tuple[float, float, float]:
        """Return rows, bytes fresh and bytes worn of a member of a kind after a year."""
        rows = {each.table: self._yearly(each.table, kind) for each in self.per_row}
        fresh = sum(rows[each.table] * (each.data + each.indexes) for each in self.per_row)
        worn = sum(rows[each.table] * (each.worn_data + each.worn_indexes) for each in self.per_row)
        return sum(rows.values()), fresh, worn

    def of_mix(self, mix: Mapping[str, float]) -> tuple[float, float, float]:
        """Return rows, bytes fresh and bytes worn of one member of a mix after a year."""
        parts = [(share, self.of_kind(kind)) for kind, share in mix.items()]
        rows, fresh, worn = (
            sum(share * found[place] for share, found in parts) for place in range(3)
        )
        return rows, fresh, worn

    def indexes_of(self, table: str, mix: Mapping[str, float]) -> float:
        """Return the bytes of a table's indexes for one member of a mix after a year."""
        (each,) = (found for found in self.per_row if found.table == table)
        return each.indexes * sum(share * self._yearly(table, kind) for kind, share in mix.items())

    def _yearly(self, table: str, kind: str) -> float:
        """Return a member's rows after a year; what does not grow with time stays."""
        largest = self.filled[-1]
        rows = largest.rows[table][kind]
        return rows if table in _OF_MEMBER else rows * _YEAR / largest.fortnights

    def _slope(self, table: str, state: str, part: str) -> float:
        taken = [getattr(each, state)[table] for each in self.filled]
        rows = [each.rows for each in taken]
        return linear_regression(rows, [getattr(each, part) for each in taken]).slope


_OF_MEMBER = frozenset({"member", "nudge_plan", "goal"})


def read_filled(given: Mapping[str, Any]) -> Filled:
    """Return what a process printed."""
    taken = {
        state: {name: Taken(**each) for name, each in given[state].items()}
        for state in ("fresh", "worn")
    }
    return Filled(given["members"], given["fortnights"], given["rows"], **taken)


def biggest_first(found: Sequence[PerRow]) -> list[PerRow]:
    """Return tables by what a row of theirs takes."""
    return sorted(found, key=lambda each: each.data + each.indexes, reverse=True)
