"""What members hold, kept at hand: one entry per member, dropped when anything in it changes."""

from collections import OrderedDict
from typing import Any

from bot.domain.growth.standing import Growth
from bot.domain.tenancy import Member, Tenant
from bot.services.memo import Memo
from bot.store.database import Database

_REMEMBERED = 1_000
_FINISHED = 16

Key = tuple[Tenant, str]


class HeldGrowth:
    """A member's growth, and a memo for what was worked out from it."""

    def __init__(self, growth: Growth) -> None:
        self.growth = growth
        self.memo: Memo[Any] = Memo(_FINISHED)


class GrowthCache:
    """GrowthCache by tenant and Slack id. `drop` is told by the feed of changed members."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: OrderedDict[Key, HeldGrowth] = OrderedDict()
        self._changes = 0

    async def of(self, member: Member) -> HeldGrowth:
        """Return what the member holds: three queries at most, none where it is at hand.

        Raises:
            StoreUnavailable: it is not at hand and the store does not answer.
        """
        key = (member.tenant, member.slack_id)
        known = self._kept.get(key)
        if known is not None:
            self._kept.move_to_end(key)
            return known
        before = self._changes
        async with self._database.read(member.tenant) as work:
            held = HeldGrowth(await work.growth.of(member.slack_id))
        # What was read may be older than a change that happened meanwhile: then it is used once.
        if self._changes == before:
            self._keep(key, held)
        return held

    def put(self, member: Member, growth: Growth) -> HeldGrowth:
        """Keep what a write has just made of the member's growth, and return it.

        Of two writes at once the later one is kept, whichever comes here first.
        """
        self._changes += 1
        key, held = (member.tenant, member.slack_id), HeldGrowth(growth)
        kept = self._kept.get(key)
        if kept is None or kept.growth.version <= growth.version:
            self._keep(key, held)
        return held

    def drop(self, tenant: Tenant, slack_id: str) -> None:
        """Forget what one member holds."""
        self._changes += 1
        self._kept.pop((tenant, slack_id), None)

    def clear(self) -> None:
        """Forget everything."""
        self._changes += 1
        self._kept.clear()

    def _keep(self, key: Key, held: HeldGrowth) -> None:
        self._kept[key] = held
        self._kept.move_to_end(key)
        if len(self._kept) > _REMEMBERED:
            self._kept.popitem(last=False)
