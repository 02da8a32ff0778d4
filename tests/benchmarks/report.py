"""Tables for a person; every line with a floor to reach says whether it is reached."""

from rich.console import Console
from rich.table import Table

from tests.benchmarks import results as floors
from tests.benchmarks.catalogue.report import tables as catalogue_tables
from tests.benchmarks.planning.report import tables as planning_tables
from tests.benchmarks.results import Cell, ColdStart, Results
from tests.benchmarks.sending.report import tables as sending_tables
from tests.benchmarks.sizes.report import tables as sizes_tables
from tests.benchmarks.tables import table as _table
from tests.benchmarks.tables import verdict as _verdict
from tests.benchmarks.workspaces.report import tables as workspaces_tables


def show(results: Results, console: Console) -> None:
    """Print all tables."""
    console.print(
        f"[bold]Nextrung benchmark[/bold]: {results.machine}, load average before "
        f"{results.load_before:.1f}, took {results.seconds:.0f} s"
    )
    if results.load_before > 1:
        console.print("[yellow]Other work was running: these figures are provisional.[/yellow]")
    for table in (
        _speed(results),
        _processes(results),
        _own_times(results),
        _snapshots(results),
        _store_costs(results),
        _home_times(results),
        _cold_starts(results),
        _import_costs(results),
        *catalogue_tables(results.catalogue),
        *planning_tables(results.planning),
        *sending_tables(results.sending),
        *workspaces_tables(results.crowded),
        *sizes_tables(results.sizes),
    ):
        if table.row_count:
            console.print(table)


def _speed(results: Results) -> Table:
    table = _table(
        "Signed commands over HTTP, one worker, beside a Bolt no-op of the same size (times in ms)",
        "catalogue", "command", "texts", "callers", "per s", "floor", "ratio", "from-to", "cpu",
        "p50", "p99", "floor p50", "floor p99", "bytes", "verdict",
        words=3,
    )  # fmt: skip
    for cell in results.cells:
        table.add_row(*_speed_row(cell))
    return table


def _speed_row(cell: Cell) -> tuple[str, ...]:
    return (
        cell.size,
        cell.command,
        cell.variant,
        str(cell.callers),
        f"{cell.product.rate:,.0f}",
        f"{cell.floor.rate:,.0f}",
        f"{cell.ratio:.2f}",
        f"{cell.lowest:.2f}-{cell.highest:.2f}",
        f"{cell.cpu_ratio:.2f}",
        f"{cell.product.p50_ms:.2f}",
        f"{cell.product.p99_ms:.2f}",
        f"{cell.floor.p50_ms:.2f}",
        f"{cell.floor.p99_ms:.2f}",
        f"{cell.answer_bytes:,}",
        _verdict(f"{cell.wanted:.2f}", reached=cell.ratio >= cell.wanted),
    )


def _processes(results: Results) -> Table:
    table = _table(
        "One worker process (memory: resident, MB)",
        "catalogue", "expectations", "start s", "at rest", "after load", "floor start s",
        "floor after load", "faults",
        words=1,
    )  # fmt: skip
    for each in results.processes:
        table.add_row(
            each.size,
            f"{each.expectations:,}",
            f"{each.start_seconds:.2f}",
            f"{each.rest_mb:.0f}",
            f"{each.loaded_mb:.0f}",
            f"{each.floor_start_seconds:.2f}",
            f"{each.floor_loaded_mb:.0f}",
            str(each.faults),
        )
    return table


def _own_times(results: Results) -> Table:
    table = _table(
        "Own time beyond the floor's median dispatch, in process, ms",
        "catalogue", "command", "texts", "p50", "p99", "cpu p50", "cpu p99", "slowest",
        "verdict",
        words=3,
    )  # fmt: skip
    for each in results.own_times:
        table.add_row(
            each.size,
            each.command,
            each.variant,
            f"{each.wall_p50_ms:.2f}",
            f"{each.wall_p99_ms:.2f}",
            f"{each.cpu_p50_ms:.2f}",
            f"{each.cpu_p99_ms:.2f}",
            f"{each.slowest_ms:.1f}",
            _verdict(f"{floors.OWN_P99_MS:g} ms", reached=each.wall_p99_ms < floors.OWN_P99_MS),
        )
    return table


def _snapshots(results: Results) -> Table:
    table = _table(
        "The largest catalogue in memory",
        "from", "expectations", "load s", "held MB", "peak MB", "verdict",
        words=1,
    )  # fmt: skip
    for each in results.snapshots:
        reached = (
            each.held_mb <= floors.SNAPSHOT_MB and each.load_seconds <= floors.SNAPSHOT_SECONDS
        )
        table.add_row(
            each.database,
            f"{each.expectations:,}",
            f"{each.load_seconds:.2f}",
            f"{each.held_mb:.0f}",
            f"{each.peak_mb:.0f}",
            _verdict(
                f"{floors.SNAPSHOT_MB:g} MB in {floors.SNAPSHOT_SECONDS:g} s", reached=reached
            ),
        )
    return table


def _store_costs(results: Results) -> Table:
    table = _table(
        "The store with very many members: one caller, times in ms",
        "database", "operation", "members", "assessments", "p50", "p99", "growth", "verdict",
        words=2,
    )  # fmt: skip
    for each in sorted(results.store_costs, key=lambda each: (each.database, each.operation)):
        table.add_row(
            each.database,
            each.operation,
            f"{each.members:,}",
            f"{each.assessments:,}",
            f"{each.p50_ms:.2f}",
            f"{each.p99_ms:.2f}",
            f"{each.growth:.2f}",
            _verdict(f"{each.logarithmic:.2f}", reached=each.reached),
        )
    return table


def _home_times(results: Results) -> Table:
    table = _table(
        "Publishing a Home of a member who holds much, without Slack's answer (ms)",
        "database", "what they hold", "p50", "p99", "bytes", "verdict",
        words=2,
    )  # fmt: skip
    for each in results.home_times:
        verdict = _verdict(f"{floors.HOME_MS:g} ms", reached=each.reached)
        table.add_row(
            each.database,
            each.what,
            f"{each.p50_ms:.2f}",
            f"{each.p99_ms:.2f}",
            f"{each.bytes:,}",
            verdict,
        )
    return table


def _cold_starts(results: Results) -> Table:
    table = _table(
        "Cold start: process start to first answer, s",
        "database", "median", "slowest", "floor", "ratio", "verdict",
        words=1,
    )  # fmt: skip
    for each in results.cold_starts:
        table.add_row(
            each.database,
            f"{each.median_seconds:.2f}",
            f"{each.slowest_seconds:.2f}",
            f"{each.floor_seconds:.2f}",
            f"{each.ratio:.2f}",
            _cold_start_verdict(each),
        )
    return table


def _cold_start_verdict(start: ColdStart) -> str:
    in_time = start.median_seconds <= floors.COLD_START_SECONDS
    if start.database == "empty":  # what is done once has no floor beside it
        return _verdict(f"{floors.COLD_START_SECONDS:g} s", reached=in_time)
    return _verdict(
        f"{floors.COLD_START_SECONDS:g} s, {floors.COLD_START_RATIO:g}",
        reached=in_time and start.ratio <= floors.COLD_START_RATIO,
    )


def _import_costs(results: Results) -> Table:
    table = _table(
        "Loading the code: processor time of a fresh process, s",
        "what", "median", "ratio", "verdict",
        words=1,
    )  # fmt: skip
    for each in results.import_costs:
        most = floors.IMPORT_COST_RATIO.get(each.what)
        verdict = _verdict(f"{most:g}", reached=each.ratio <= most) if most else ""
        table.add_row(each.what, f"{each.cpu_seconds:.2f}", f"{each.ratio:.2f}", verdict)
    return table
