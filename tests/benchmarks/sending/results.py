"""What was measured of sending: plain values, as they go into the tables and the JSON file."""

from dataclasses import dataclass, field

PACE = 0.95
TO_FLOOR = 0.75
WORKER_MS = 2.0
LIMITED = 0.01
GROWTH_MB = 5.0
ANSWER_MS = 50.0


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast workers sent. Rates in messages a second over all workspaces.

    `allowed` is what the limits make of it; `floor` what a bare loop with the same client reached
    beside the same local Slack; `limited` the share of all calls that were answered 429; `other`
    how many calls were answered with anything else than success or 429. `worker_ms` and `slack_ms`
    are processor time per message, of all workers and of the local Slack.
    """

    workspaces: int
    per_minute: int
    processes: int
    allowed: float
    rate: float
    floor: float
    limited: float
    other: int
    worker_ms: float
    slack_ms: float

    @property
    def ratio(self) -> float:
        return self.rate / self.allowed

    @property
    def to_floor(self) -> float:
        return self.rate / self.floor

    @property
    def is_cheap(self) -> bool:
        """Whether it costs no more than it may beside what a process can post at all."""
        return self.to_floor >= TO_FLOOR and self.worker_ms <= WORKER_MS

    @property
    def reached(self) -> bool:
        return self.ratio >= PACE and self.limited <= LIMITED and not self.other


@dataclass(frozen=True, slots=True)
class Memory:
    """What a worker held, in MB (10^6 bytes), each time that it had sent so many nudges more.

    `cpu_ms` is its processor time per nudge.
    """

    nudges: int
    seconds: float
    cpu_ms: float
    resident_mb: tuple[float, ...]

    @property
    def growth_mb(self) -> float:
        """What it grew by after the first fifth of the nudges."""
        return self.resident_mb[-1] - self.resident_mb[max(0, len(self.resident_mb) // 5 - 1)]

    @property
    def reached(self) -> bool:
        return self.growth_mb <= GROWTH_MB


@dataclass(frozen=True, slots=True)
class Answers:
    """How commands were answered by a process on SQLite while it planned or sent.

    `nudges` are those planned or sent meanwhile.
    """

    members: int
    per_minute: int
    phase: str
    seconds: float
    nudges: int
    answers: int
    p50_ms: float
    p99_ms: float
    slowest_ms: float

    @property
    def reached(self) -> bool:
        return self.p99_ms <= ANSWER_MS


@dataclass(slots=True)
class Sending:
    """All that was measured."""

    paces: list[Pace] = field(default_factory=list)
    memories: list[Memory] = field(default_factory=list)
    answers: list[Answers] = field(default_factory=list)

    def to_one(self, pace: Pace) -> float | None:
        """Return the rate of several workers divided by that of one; None for one itself."""
        limit = (pace.workspaces, pace.per_minute)
        for each in self.paces:
            if (each.workspaces, each.per_minute, each.processes) == (*limit, 1):
                return pace.rate / each.rate if pace.processes > 1 else None
        return None
