"""What members hold, kept at hand: one entry per member, dropped when anything in it changes."""

from bot.domain.growth.holdings import Growth
from bot.domain.teams.confirmation import Confirmation
from bot.domain.tenancy import Member, Tenant
from bot.services.growth.weights import weight_of_growth
from bot.services.memo import Memo, Tally
from bot.store.database import Database

_REMEMBERED = 1_000
# Members may hold as much as they like; those who mark and write a note every day take 200 KB after
# a year.
_HEAVIEST = 64_000_000


class HeldGrowth:
    """A member's growth. What is worked out from it is kept by `Shelf.own`, and goes with it."""

    def __init__(self, growth: Growth) -> None:
        self.growth = growth
        self.weight = weight_of_growth(growth)
        self.asked: tuple[Confirmation, ...] | None = None
        """What the member asked colleagues, the oldest first; None until it is read."""


class GrowthCache:
    """GrowthCache by tenant and Slack id. `drop` is told by the feed of changed members."""

    def __init__(self, database: Database, *, heaviest: int = _HEAVIEST) -> None:
        """All together is no heavier than `heaviest` bytes, but for the newest."""
        self._database = database
        self.tally = Tally()
        self._kept: Memo[HeldGrowth] = Memo(
            _REMEMBERED, self.tally, weigh=lambda held: held.weight, heaviest=heaviest
        )
        self.changes = 0
        """Counts whatever may have made older reading stale; see `read`."""

    async def of(self, member: Member) -> HeldGrowth:
        """Return what the member holds: one query, none where it is at hand.

        Raises:
            StoreUnavailable: it is not at hand and the store does not answer.
        """
        known = self._kept.known((member.tenant, member.slack_id))
        if known is not None:
            return known
        before = self.changes
        async with self._database.read(member.tenant) as work:
            growth = await work.growth.of(member.slack_id)
        return self.read(member, growth, before)

    def read(self, member: Member, growth: Growth, before: int) -> HeldGrowth:
        """Keep what was read of the member, and return it. `before` is `changes` until then.

        What was read may be older than a change that happened meanwhile: then it is used once.
        """
        key, held = (member.tenant, member.slack_id), HeldGrowth(growth)
        kept = self._kept.known(key)
        if kept is not None and kept.growth.version == growth.version:
            return kept
        if self.changes == before:
            self._kept.put(key, held)
        return held

    def put(self, member: Member, growth: Growth) -> HeldGrowth:
        """Keep what a write has just made of the member's growth, and return it.

        Of two writes at once the later one is kept, whichever comes here first.
        """
        self.changes += 1
        key, held = (member.tenant, member.slack_id), HeldGrowth(growth)
        kept = self._kept.known(key)
        if kept is None or kept.growth.version <= growth.version:
            self._kept.put(key, held)
        return held

    def drop(self, tenant: Tenant, slack_id: str) -> None:
        """Forget what one member holds."""
        self.changes += 1
        self._kept.drop((tenant, slack_id))

    def asked_anew(self, tenant: Tenant, slack_id: str) -> None:
        """Read anew what one member asked colleagues; what else they hold stays at hand."""
        self.changes += 1
        kept = self._kept.known((tenant, slack_id))
        if kept is not None:
            kept.asked = None

    def clear(self) -> None:
        """Forget everything."""
        self.changes += 1
        self._kept.clear()
