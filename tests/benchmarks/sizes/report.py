"""Tables of what members take in the database, and the arithmetic to very many of them."""

from collections.abc import Sequence

from rich.table import Table

from tests.benchmarks.sizes.results import COUNTS, KINDS, MIXES, Sizes, biggest_first
from tests.benchmarks.tables import table

_GB = 1e9


def tables(found: Sequence[Sizes]) -> list[Table]:
    """Return three tables for each database."""
    return [made for each in found for made in (_rows(each), _members(each), _sums(each))]


def _rows(sizes: Sizes) -> Table:
    made = table(
        f"Bytes of one more row on {sizes.database}: as added, and written once more",
        "table", "data", "indexes", "worn data", "worn indexes",
        words=1,
    )  # fmt: skip
    for each in biggest_first(sizes.per_row):
        figures = (each.data, each.indexes, each.worn_data, each.worn_indexes)
        made.add_row(each.table, *(f"{figure:,.0f}" for figure in figures))
    return made


def _members(sizes: Sizes) -> Table:
    made = table(
        f"One member after a year on {sizes.database}", "member", "rows", "KB", "worn KB", words=1
    )
    for kind in KINDS:
        rows, fresh, worn = sizes.of_kind(kind)
        made.add_row(kind, f"{rows:,.0f}", f"{fresh / 1e3:,.1f}", f"{worn / 1e3:,.1f}")
    return made


def _sums(sizes: Sizes) -> Table:
    figures = ("rows", "GB", "worn", "nudge ix")
    made = table(
        f"By arithmetic, after a year on {sizes.database}: GB, and million rows",
        "members", *(f"{mix}: {what}" for mix in MIXES for what in figures),
        words=1,
    )  # fmt: skip
    for count in COUNTS:
        cells = []
        for mix in MIXES.values():
            rows, fresh, worn = sizes.of_mix(mix)
            indexes = sizes.indexes_of("nudge", mix)
            cells += [
                f"{rows * count / 1e6:,.1f}",
                *(f"{each * count / _GB:,.2f}" for each in (fresh, worn, indexes)),
            ]
        made.add_row(f"{count:,}", *cells)
    return made
