"""The group's tables."""

from collections.abc import Iterator

from rich.table import Table

from tests.benchmarks.planning.results import FLAT, RATIO, STEADY, Planned, Planning
from tests.benchmarks.tables import table, verdict


def tables(planning: Planning) -> Iterator[Table]:
    """Yield what there is to show."""
    yield _planned(planning)
    yield _rivals(planning)


def _planned(planning: Planning) -> Table:
    shown = table(
        "Planning: members who are all due, beside the single statement without logic",
        "database", "members", "workers", "per s", "floor", "ratio", "us", "growth",
        "cpu us", "floor cpu", "doubled", "missing", "failed turns", "verdict",
        words=1,
    )  # fmt: skip
    for each in planning.planned:
        shown.add_row(
            each.database,
            f"{each.members:,}",
            str(each.workers),
            f"{each.rate:,.0f}",
            f"{each.floor:,.0f}",
            f"{each.ratio:.2f}",
            f"{each.us:.1f}",
            f"{planning.growth(each):.2f}",
            f"{each.cpu_us:.1f}",
            f"{each.floor_cpu_us:.1f}",
            str(each.doubled),
            str(each.missing),
            str(each.failed_turns),
            _verdict(planning, each),
        )
    return shown


def _verdict(planning: Planning, each: Planned) -> str:
    if each.doubled or each.missing:
        return verdict("each once", reached=False)
    if (fewer := planning.fewer(each)) is not None:
        steady = each.rate >= STEADY * fewer.rate
        return verdict(f"{STEADY:g} x per s of {fewer.workers}", reached=steady)
    if each.database == "SQLite":
        return ""
    flat = planning.growth(each) <= FLAT
    if each.members < planning.largest(each.database):
        return verdict(f"growth {FLAT:g}", reached=flat)
    return verdict(f"{RATIO:g}, growth {FLAT:g}", reached=flat and each.ratio >= RATIO)


def _rivals(planning: Planning) -> Table:
    shown = table(
        "The same PostgreSQL with a job per member or per nudge",
        "design", "what it covers", "jobs", "added per s", "done per s",
        words=2,
    )  # fmt: skip
    for each in planning.rivals:
        shown.add_row(
            each.design, each.covers, f"{each.jobs:,}", f"{each.add_rate:,.0f}",
            f"{each.run_rate:,.0f}",
        )  # fmt: skip
    return shown
