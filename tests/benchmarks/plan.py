"""How much a run measures. Every loop is bounded, in count or in time."""

from dataclasses import dataclass

from tests.benchmarks.planning.plan import PLANNING, QUICK_PLANNING, PlanningPlan
from tests.benchmarks.prepare import BUILT_IN, LARGE, MEDIUM, Size
from tests.benchmarks.sending.plan import QUICK_SENDING, SENDING, SendingPlan
from tests.benchmarks.sizes.plan import QUICK_SIZES, SIZES, SizesPlan
from tests.benchmarks.workspaces.plan import QUICK_WORKSPACES, WORKSPACES, WorkspacesPlan

# More than one worker answers in a second when every text is new to it.
_COLD_RATE = 1_500


@dataclass(frozen=True, slots=True)
class Plan:
    """The knobs of a run."""

    sizes: tuple[Size, ...] = (BUILT_IN, MEDIUM, LARGE)
    callers: tuple[int, ...] = (1, 8, 32)
    cold_callers: tuple[int, ...] = (8,)
    held_size: Size = MEDIUM
    rounds: int = 5
    round_seconds: float = 0.7
    warm_up_seconds: float = 0.3
    own_requests: int = 2_000
    snapshot_runs: int = 3
    members: tuple[int, ...] = (10_000, 100_000, 1_000_000)
    store_operations: int = 300
    homes: int = 200
    postgresql: bool = True
    cold_starts: int = 5
    import_runs: int = 15
    planning: PlanningPlan = PLANNING
    sending: SendingPlan = SENDING
    workspaces: WorkspacesPlan = WORKSPACES
    member_sizes: SizesPlan = SIZES

    @property
    def cold_requests(self) -> int:
        """How many different commands are made, so that none comes twice in a cell."""
        return int(self.rounds * self.round_seconds * _COLD_RATE)


DEFAULT = Plan()
QUICK = Plan(
    sizes=(BUILT_IN, LARGE),
    callers=(1, 32),
    rounds=2,
    round_seconds=0.3,
    warm_up_seconds=0.1,
    own_requests=500,
    snapshot_runs=1,
    members=(10_000, 100_000),
    store_operations=100,
    homes=50,
    postgresql=False,
    cold_starts=1,
    import_runs=5,
    planning=QUICK_PLANNING,
    sending=QUICK_SENDING,
    workspaces=QUICK_WORKSPACES,
    member_sizes=QUICK_SIZES,
)
