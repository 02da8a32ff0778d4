"""What was measured of very many workspaces: plain values, as in `tests.benchmarks.results`."""

from dataclasses import dataclass

START_SECONDS = 3.0
MEMORY_MB = 600.0
WARM_RATIO = 1.5
REST_MS = 250.0
IDLE_MS = 5.0
ALONE_RATIO = 1.1


@dataclass(frozen=True, slots=True)
class Crowded:
    """One process that serves very many workspaces. Memory in MB (10^6 bytes), resident.

    `estimate_ratio` is what the process grew by divided by what it estimates its catalogues to
    take. `warm_*` are answers from catalogues that were at hand: while nothing else was loaded,
    and beside loads. `rest_*` are those that waited for a load. `idle_ms` is processor time a
    second with nobody asking. `alone_ratio` is processor time of a warm `/skill`, divided by that
    of a process with one such workspace.
    """

    database: str
    workspaces: int
    own: int
    members: int
    fill_seconds: float
    start_seconds: float
    start_mb: float
    loaded_mb: float
    held: int
    estimate_ratio: float
    loads_per_second: float
    warm_p50_ms: float
    warm_p99_ms: float
    beside_p50_ms: float
    beside_p99_ms: float
    rest_p50_ms: float
    rest_p99_ms: float
    idle_ms: float
    alone_ratio: float

    @property
    def warm_ratio(self) -> float:
        """How much slower warm answers are beside loads, at p99."""
        return self.beside_p99_ms / self.warm_p99_ms
