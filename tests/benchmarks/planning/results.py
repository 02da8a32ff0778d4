"""What was measured of planning: plain values, as they go into the tables and the JSON file."""

from dataclasses import dataclass, field
from itertools import pairwise

RATIO = 0.45
FLAT = 1.25
"""How much dearer a nudge may become from the smallest number of members to the largest."""
STEADY = 0.95
"""More workers than cores keep at least this share of what fewer did: what a round varies by."""


@dataclass(frozen=True, slots=True)
class Work:
    """What one worker did. `began` and `ended` are of the machine's monotonic clock, in seconds."""

    moved: int
    failed_turns: int
    began: float
    ended: float
    cpu_seconds: float


@dataclass(frozen=True, slots=True)
class Planned:
    """So many members planned by so many workers: the median round.

    `rate` is nudges per second, `floor` what the single statement did beside it; `ratio` is the
    median of neighbouring rounds. `cpu_us` is processor time of workers and database per nudge,
    `floor_cpu_us` the floor's. Each member was due once: `doubled` counts what was planned more
    than once, `missing` who has no row, `failed_turns` turns that a slow store ended; all of them
    over all rounds.
    """

    database: str
    members: int
    workers: int
    rounds: int
    rate: float
    floor: float
    ratio: float
    cpu_us: float
    floor_cpu_us: float
    doubled: int
    missing: int
    failed_turns: int

    @property
    def us(self) -> float:
        """Microseconds per nudge."""
        return 1e6 / self.rate


@dataclass(frozen=True, slots=True)
class Rival:
    """Another design on the same PostgreSQL: a job per member or per nudge.

    `add_rate` is jobs added per second, `run_rate` jobs that were due and are done per second.
    """

    design: str
    jobs: int
    add_rate: float
    run_rate: float
    covers: str


@dataclass(slots=True)
class Planning:
    """The group's part of a run."""

    planned: list[Planned] = field(default_factory=list)
    rivals: list[Rival] = field(default_factory=list)

    def largest(self, database: str) -> int:
        """Return the most members on this database."""
        return max(each.members for each in self.planned if each.database == database)

    def growth(self, each: Planned) -> float:
        """Return the cost per nudge divided by that of the fewest members."""
        alike = (other for other in self.planned if _kind(other) == _kind(each))
        return each.us / min(alike, key=lambda other: other.members).us

    def fewer(self, each: Planned) -> Planned | None:
        """Return the line with the next smaller number of workers on the same members."""
        alike = [
            other
            for other in self.planned
            if (other.database, other.members) == (each.database, each.members)
        ]
        ordered = sorted(alike, key=lambda other: other.workers)
        return next((a for a, b in pairwise(ordered) if b is each), None)


def _kind(each: Planned) -> tuple[str, int]:
    return each.database, each.workers
