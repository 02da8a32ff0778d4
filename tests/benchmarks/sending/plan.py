"""How much is measured of sending. Every loop is bounded, in count or in time."""

from dataclasses import dataclass, replace

from bot.sandbox.faults import WORKSPACE_POSTS_A_MINUTE


@dataclass(frozen=True, slots=True)
class Limit:
    """So many workspaces with `each` members, which take `per_minute` messages a minute each."""

    workspaces: int
    per_minute: int
    each: int

    @property
    def allowed(self) -> float:
        """How many messages all workspaces take together in a second."""
        return self.workspaces * self.per_minute / 60


# What the local Slack allows by itself, in all workspaces and in as many as one machine can serve;
# and all workspaces with less, so that this machine can do it.
_REAL = WORKSPACE_POSTS_A_MINUTE


@dataclass(frozen=True, slots=True)
class SendingPlan:
    """The knobs of these groups.

    A pace is counted for `window_seconds`, from `settle_seconds` after the first message on: the
    two make a minute, so that the limit of a minute is reached. `floor_seconds` is how long the
    bare loop is counted. `members` are those of the one workspace on SQLite; `beside_seconds` is
    from when they are made until their nudges are due, and how long sending is watched.
    """

    limits: tuple[Limit, ...] = (
        Limit(200, _REAL, 480),
        Limit(30, _REAL, 600),
        Limit(200, 100, 160),
    )
    processes: tuple[int, ...] = (1, 2)
    settle_seconds: float = 15.0
    window_seconds: float = 60.0
    floor_seconds: float = 15.0
    nudges: int = 100_000
    nudges_every: int = 10_000
    members: int = 100_000
    beside_seconds: float = 45.0

    def scaled(self, nudges: int) -> "SendingPlan":
        """Return the plan with so many nudges to look at memory, ten times meanwhile."""
        return replace(self, nudges=nudges, nudges_every=max(1, nudges // 10))


SENDING = SendingPlan()
QUICK_SENDING = SendingPlan(
    limits=(Limit(200, _REAL, 100), Limit(20, _REAL, 200)),
    processes=(1,),
    settle_seconds=3.0,
    window_seconds=10.0,
    floor_seconds=5.0,
    nudges=5_000,
    nudges_every=500,
    members=10_000,
    beside_seconds=15.0,
)
