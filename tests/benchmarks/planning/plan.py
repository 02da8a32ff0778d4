"""How much of planning a run measures."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlanningPlan:
    """The knobs of the group.

    `sizes` are members on PostgreSQL and rounds, from few to many; the workers of `workers` race
    at the last one, one works at the others. `rivals` are designs and numbers of jobs.
    """

    sizes: tuple[tuple[int, int], ...] = ((10_000, 5), (100_000, 3), (1_000_000, 2))
    workers: tuple[int, ...] = (1, 2, 4)
    sqlite: tuple[int, int] = (100_000, 2)
    rivals: tuple[tuple[str, int], ...] = (
        ("apscheduler", 1_000),
        ("apscheduler", 10_000),
        ("procrastinate", 1_000),
        ("procrastinate", 10_000),
    )


PLANNING = PlanningPlan()
QUICK_PLANNING = PlanningPlan(
    sizes=((10_000, 2), (100_000, 1)),
    workers=(1, 2, 4),
    sqlite=(10_000, 1),
    rivals=(("apscheduler", 1_000), ("procrastinate", 1_000)),
)
