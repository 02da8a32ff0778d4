"""What the catalogue measurements give."""

from dataclasses import dataclass, field

COMPARING_RATIO = 1.5
SITE_RATIO = 3.0
PAGES_RATIO = 1.0


@dataclass(frozen=True, slots=True)
class CatalogueImport:
    """`nextrung catalogue import` of a long CSV file on SQLite, publishing included.

    Memory in MB (10^6 bytes), the most that was ever resident. The times are of commands that a
    server on the same database answered meanwhile.
    """

    size: str
    file_mb: float
    seconds: float
    peak_mb: float
    answers: int
    p50_ms: float
    p99_ms: float
    slowest_ms: float


@dataclass(frozen=True, slots=True)
class CatalogueCost:
    """What one piece of work on a whole catalogue takes, beside another in the same run.

    `most` is the largest ratio that is good enough.
    """

    work: str
    size: str
    seconds: float
    beside: str
    beside_seconds: float
    most: float

    @property
    def ratio(self) -> float:
        """How many times as long it takes as what it is measured beside."""
        return self.seconds / self.beside_seconds


@dataclass(slots=True)
class CatalogueFigures:
    """All of them; lists grow as the run goes on."""

    imports: list[CatalogueImport] = field(default_factory=list)
    costs: list[CatalogueCost] = field(default_factory=list)
