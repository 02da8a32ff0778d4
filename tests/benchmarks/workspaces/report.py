"""Tables about very many workspaces."""

from collections.abc import Sequence

from rich.table import Table

from tests.benchmarks.tables import table, verdict
from tests.benchmarks.workspaces import results as floors
from tests.benchmarks.workspaces.results import Crowded


def tables(found: Sequence[Crowded]) -> list[Table]:
    """Return one table for each database, a line for each thing to reach."""
    return [_table(each) for each in found]


def _table(each: Crowded) -> Table:
    made = table(
        f"{each.workspaces:,} workspaces, {each.own:,} with a catalogue of their own, "
        f"{each.members:,} members, one process on {each.database}",
        "what", "figure", "beside", "verdict",
        words=1,
    )  # fmt: skip
    for what, figure, beside, target, reached in (
        ("start, s", f"{each.start_seconds:.2f}", "", f"{floors.START_SECONDS:g}",
         each.start_seconds <= floors.START_SECONDS),
        (f"memory, MB ({each.held} catalogues held)", f"{each.loaded_mb:.0f}",
         f"{each.start_mb:.0f} at rest", f"{floors.MEMORY_MB:g}",
         each.loaded_mb <= floors.MEMORY_MB),
        (f"warm beside {each.loads_per_second:.1f} loads a second, p99 ms",
         f"{each.beside_p99_ms:.1f}", f"{each.warm_p99_ms:.1f} without",
         f"{floors.WARM_RATIO:g} times", each.warm_ratio <= floors.WARM_RATIO),
        ("the same, p50 ms", f"{each.beside_p50_ms:.1f}", f"{each.warm_p50_ms:.1f} without", "",
         True),
        ("at rest, p99 ms", f"{each.rest_p99_ms:.0f}", f"{each.rest_p50_ms:.0f} at p50",
         f"{floors.REST_MS:g}", each.rest_p99_ms <= floors.REST_MS),
        ("idle, ms of processor time a second", f"{each.idle_ms:.1f}", "",
         f"{floors.IDLE_MS:g}", each.idle_ms <= floors.IDLE_MS),
        ("warm /skill, processor time to one workspace alone", f"{each.alone_ratio:.2f}", "",
         f"{floors.ALONE_RATIO:g}", each.alone_ratio <= floors.ALONE_RATIO),
        ("growth to what is estimated", f"{each.estimate_ratio:.2f}", "", "", True),
        ("filling, s", f"{each.fill_seconds:.0f}", "", "", True),
    ):  # fmt: skip
        words = verdict(target, reached=reached) if target else ""
        made.add_row(what, figure, beside, words)
    return made
