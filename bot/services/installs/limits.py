"""How much a member, and all members of a workspace together, may ask of this process."""

import math
from collections.abc import Callable, Hashable
from time import monotonic

from bot.domain.installs.allowance import Allowance
from bot.domain.tenancy import Tenant
from bot.services.memo import Memo
from bot.values import dataclass

# A member takes some 280 bytes: a full memory is 14 MB.
_MOST_MEMBERS = 50_000
_MOST_WORKSPACES = 10_000


@dataclass(frozen=True, slots=True)
class Held:
    """Why something is not done now. `first` tells that it was not said yet.

    `shared` tells that it is the whole workspace that asked for much.
    """

    seconds: int
    shared: bool
    first: bool


class Limits:
    """Counts what is asked for. In memory: each process allows as much. For one event loop."""

    def __init__(
        self, *, member: int, workspace: int, counted: Callable[[], float] = monotonic
    ) -> None:
        """`member` and `workspace` are requests a minute, 0 for no limit.

        `counted` counts seconds, as `time.monotonic` does.
        """
        self._members = Allowance(member, most=_MOST_MEMBERS)
        self._workspaces = Allowance(workspace, most=_MOST_WORKSPACES)
        self._counted = counted
        # Whom it was said to, until when it holds.
        self._told: Memo[float] = Memo(_MOST_WORKSPACES)

    def take(self, tenant: Tenant, slack_id: str, cost: float = 1.0) -> Held | None:
        """Count a request; return why it is not to be answered now, or None where it is."""
        now, key = self._counted(), (tenant, slack_id)
        wait = self._members.take(key, now, cost)
        if wait:
            return self._held(key, now, wait, shared=False)
        wait = self._workspaces.take(tenant, now, cost)
        return self._held(key, now, wait, shared=True) if wait else None

    def _held(self, key: Hashable, now: float, wait: float, *, shared: bool) -> Held:
        until = self._told.known(key)
        first = until is None or until <= now
        if first:
            self._told.put(key, now + wait)
        return Held(math.ceil(wait), shared, first)
