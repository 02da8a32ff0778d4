"""Tables of the catalogue measurements."""

from collections.abc import Iterator

from rich.table import Table

from tests.benchmarks import results as floors
from tests.benchmarks.catalogue.results import CatalogueFigures
from tests.benchmarks.tables import table, verdict


def tables(found: CatalogueFigures) -> Iterator[Table]:
    """Yield every table, also the empty ones."""
    yield _imports(found)
    yield _costs(found)


def _imports(found: CatalogueFigures) -> Table:
    shown = table(
        "Import of a long CSV file into SQLite, and commands answered meanwhile",
        "catalogue", "file MB", "seconds", "peak MB", "answers", "p50 ms", "p99 ms", "slowest ms",
        "verdict",
        words=1,
    )  # fmt: skip
    for each in found.imports:
        reached = (
            each.seconds <= floors.IMPORT_SECONDS
            and each.peak_mb <= floors.IMPORT_MB
            and each.p99_ms <= floors.IMPORT_ANSWER_MS
        )
        target = (
            f"{floors.IMPORT_SECONDS:g} s, {floors.IMPORT_MB:g} MB, {floors.IMPORT_ANSWER_MS:g} ms"
        )
        shown.add_row(
            each.size,
            f"{each.file_mb:.1f}",
            f"{each.seconds:.1f}",
            f"{each.peak_mb:.0f}",
            f"{each.answers:,}",
            f"{each.p50_ms:.1f}",
            f"{each.p99_ms:.1f}",
            f"{each.slowest_ms:.1f}",
            verdict(target, reached=reached),
        )
    return shown


def _costs(found: CatalogueFigures) -> Table:
    shown = table(
        "Work on a whole catalogue, beside other work in the same run",
        "work", "catalogue", "beside", "seconds", "beside s", "ratio", "verdict",
        words=3,
    )  # fmt: skip
    for each in found.costs:
        shown.add_row(
            each.work,
            each.size,
            each.beside,
            f"{each.seconds:.2f}",
            f"{each.beside_seconds:.2f}",
            f"{each.ratio:.2f}",
            verdict(f"{each.most:g}", reached=each.ratio <= each.most),
        )
    return shown
