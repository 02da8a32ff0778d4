"""Who offers help, by workspace and skill: kept at hand, so that a card costs no query."""

from collections.abc import Callable
from time import monotonic

from bot.domain.teams.helping.helpers import Helpers
from bot.domain.tenancy import Tenant
from bot.services.memo import Memo, Tally
from bot.services.ports import Clock
from bot.store.database import Database
from bot.store.members.changes import Changes

_WORKSPACES = 5_000
_HEAVIEST = 32_000_000
# An offer is shown for as long as Slack confirmed the account lately: that is looked at again.
_KEPT_FOR = 1800.0
_EMPTY, _SKILL, _PERSON = 300, 250, 70


def _weight(kept: tuple[float, Helpers]) -> int:
    people = kept[1].by_skill.values()
    return _EMPTY + _SKILL * len(people) + _PERSON * sum(map(len, people))


class HelperIndex:
    """The helpers of each workspace that was asked for lately; `heard` drops what changed."""

    def __init__(
        self, database: Database, clock: Clock, counted: Callable[[], float] = monotonic
    ) -> None:
        """`counted` tells how long something has been at hand, in seconds, and only counts."""
        self._database = database
        self._clock = clock
        self._counted = counted
        self.tally = Tally()
        self._kept: Memo[tuple[float, Helpers]] = Memo(
            _WORKSPACES, self.tally, weigh=_weight, heaviest=_HEAVIEST
        )
        self._changes = 0

    async def of(self, tenant: Tenant) -> Helpers:
        """Return who offers help in a workspace: one query, none where it is at hand.

        Raises:
            StoreUnavailable: it is not at hand and the store does not answer.
        """
        kept = self._kept.known(tenant)
        if kept is not None and kept[0] > self._counted():
            return kept[1]
        before = self._changes
        async with self._database.read(tenant) as work:
            found = Helpers(await work.offers.helpers(now=self._clock.now()))
        # What was read may be older than a change that was heard of meanwhile.
        if self._changes == before:
            self._kept.put(tenant, (self._counted() + _KEPT_FOR, found))
        return found

    def drop(self, tenant: Tenant) -> None:
        """Read a workspace anew when it is asked for next."""
        self._changes += 1
        self._kept.drop(tenant)

    def heard(self, changes: Changes) -> None:
        """Drop what any process has changed."""
        if changes.everything:
            self._changes += 1
            self._kept.clear()
        for tenant in changes.offers:
            self.drop(tenant)
