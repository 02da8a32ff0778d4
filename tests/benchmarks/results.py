"""What a run measured: plain values, as they go into the tables and the JSON file."""

from dataclasses import dataclass, field

from tests.benchmarks.catalogue.results import CatalogueFigures
from tests.benchmarks.commands import SKILL
from tests.benchmarks.planning.results import Planning
from tests.benchmarks.sending.results import Sending
from tests.benchmarks.sizes.results import Sizes
from tests.benchmarks.workspaces.results import Crowded

RATIO = {SKILL: 0.75, "/promote-gap": 0.5}
HELD_RATIO = 0.35
OWN_P99_MS = 5.0
SNAPSHOT_MB = 150.0
SNAPSHOT_SECONDS = 3.0
COLD_START_SECONDS = 2.5
COLD_START_RATIO = 4.5
IMPORT_COST_RATIO = {"bot.bootstrap": 1.8, "nextrung --help": 0.6}
IMPORT_SECONDS = 60.0
IMPORT_MB = 400.0
IMPORT_ANSWER_MS = 100.0
HOME_MS = 50.0


@dataclass(frozen=True, slots=True)
class Speed:
    """One server in one cell. `rate` is the median of the rounds, the others are over all.

    `cpu_ms` is processor time per answer: other work on the machine hardly changes it.
    """

    rate: float
    cpu_ms: float
    p50_ms: float
    p99_ms: float
    answers: int


@dataclass(frozen=True, slots=True)
class Cell:
    """The product beside the floor. The ratios are of neighbouring rounds: median, lowest, highest.

    `cpu_ratio` is the floor's processor time per answer divided by the product's.
    `answer_bytes` is the mean of the product's answers, `floor_bytes` the size of the floor's.
    """

    size: str
    command: str
    variant: str
    callers: int
    product: Speed
    floor: Speed
    ratio: float
    lowest: float
    highest: float
    cpu_ratio: float
    answer_bytes: int
    floor_bytes: int

    @property
    def wanted(self) -> float:
        """The ratio to reach: less is asked for where a member's own state is on the card."""
        return HELD_RATIO if self.variant.startswith("held") else RATIO[self.command]


@dataclass(frozen=True, slots=True)
class Process:
    """The two servers at one catalogue size. Memory in MB (10^6 bytes), at rest and after load.

    `faults` counts requests that the product refused or failed at, as its log tells.
    """

    size: str
    expectations: int
    start_seconds: float
    rest_mb: float
    loaded_mb: float
    floor_start_seconds: float
    floor_loaded_mb: float
    faults: int


@dataclass(frozen=True, slots=True)
class OwnTime:
    """Milliseconds that a dispatch takes beyond the floor's median dispatch, without HTTP.

    `wall` is what a caller waits for; `cpu` leaves out what other processes took of the core.
    """

    size: str
    command: str
    variant: str
    wall_p50_ms: float
    wall_p99_ms: float
    cpu_p50_ms: float
    cpu_p99_ms: float
    slowest_ms: float
    slowest_text: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The largest catalogue in memory: median of the runs. Memory in MB (10^6 bytes)."""

    database: str
    expectations: int
    load_seconds: float
    held_mb: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class ColdStart:
    """From process start to the first answer over HTTP, with the built-in catalogue."""

    database: str
    median_seconds: float
    slowest_seconds: float
    floor_seconds: float
    """The median start of the floor in between, which has no database."""

    @property
    def ratio(self) -> float:
        return self.median_seconds / self.floor_seconds


@dataclass(frozen=True, slots=True)
class ImportCost:
    """Processor time of a fresh process that loads something: the median, with bytecode present.

    `ratio` is divided by that of loading the libraries that the bot stands on.
    """

    what: str
    cpu_seconds: float
    ratio: float


@dataclass(frozen=True, slots=True)
class StoreCost:
    """One operation on the store when it holds so many members; `assessments` counts all theirs.

    `growth` is the median divided by that of the smallest size on the same database;
    `logarithmic` is the logarithm of the members divided by that of the smallest size.
    """

    database: str
    members: int
    assessments: int
    operation: str
    p50_ms: float
    p99_ms: float
    growth: float
    logarithmic: float

    @property
    def reached(self) -> bool:
        return self.growth <= self.logarithmic


@dataclass(frozen=True, slots=True)
class HomeTime:
    """What publishing a Home takes of our own; `what` says where what the member holds is from."""

    database: str
    what: str
    p50_ms: float
    p99_ms: float
    bytes: int

    @property
    def reached(self) -> bool:
        return self.p99_ms <= HOME_MS


@dataclass(slots=True)
class Results:
    """A whole run."""

    machine: str
    load_before: float
    seconds: float = 0.0
    processes: list[Process] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    own_times: list[OwnTime] = field(default_factory=list)
    snapshots: list[Snapshot] = field(default_factory=list)
    store_costs: list[StoreCost] = field(default_factory=list)
    home_times: list[HomeTime] = field(default_factory=list)
    cold_starts: list[ColdStart] = field(default_factory=list)
    import_costs: list[ImportCost] = field(default_factory=list)
    catalogue: CatalogueFigures = field(default_factory=CatalogueFigures)
    planning: Planning = field(default_factory=Planning)
    sending: Sending = field(default_factory=Sending)
    crowded: list[Crowded] = field(default_factory=list)
    sizes: list[Sizes] = field(default_factory=list)


def quantile(values: list[float], share: float) -> float:
    """Return the smallest value that at least this share of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
