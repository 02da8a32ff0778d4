"""How much is measured of very many workspaces. Every loop is bounded, in count or in time."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WorkspacesPlan:
    """The knobs of this group.

    `own` of the workspaces have a catalogue of their own, of `expectations` each. `memory_mb` is
    what the process may take for them; `warm` of them surely fit. `per_second` commands come all
    the while, for so many seconds; what was asked `settle_seconds` long before is not counted.
    """

    workspaces: int = 10_000
    own: int = 1_000
    members: int = 1_000_000
    skills: int = 80
    roles: int = 5
    expectations: int = 2_000
    memory_mb: int = 400
    warm: int = 60
    per_second: float = 50.0
    warm_seconds: float = 30.0
    settle_seconds: float = 30.0
    mixed_seconds: float = 60.0
    idle_seconds: float = 20.0
    alone_requests: int = 400
    databases: tuple[str, ...] = ("SQLite", "PostgreSQL")


WORKSPACES = WorkspacesPlan()
QUICK_WORKSPACES = WorkspacesPlan(
    workspaces=1_000,
    own=100,
    members=20_000,
    memory_mb=70,
    warm=10,
    warm_seconds=6.0,
    settle_seconds=3.0,
    mixed_seconds=10.0,
    idle_seconds=8.0,
    alone_requests=200,
    databases=("SQLite",),
)
