"""Whether somebody is a full member, as Slack says: asked, remembered for a while, or not known."""

from collections.abc import Callable
from time import monotonic

from bot.domain.lookup.skill_offer import AccountUnknown, NotForGuests
from bot.domain.tenancy import Tenant
from bot.services.memo import Memo
from bot.services.ports import Profile, Profiles

_REMEMBERED = 20_000
# An account that became a guest's sees nothing more of helpers after this (seconds).
_REMEMBERED_FOR = 600.0


class Accounts:
    """What Slack says of accounts, by tenant and Slack id."""

    def __init__(self, profiles: Profiles, counted: Callable[[], float] = monotonic) -> None:
        """`counted` tells how long something has been remembered, in seconds, and only counts."""
        self._profiles = profiles
        self._counted = counted
        self._known: Memo[tuple[float, bool]] = Memo(_REMEMBERED)

    def at_hand(self, tenant: Tenant, slack_id: str) -> bool | None:
        """Tell whether somebody is a full member; None where that is not at hand."""
        found = self._known.known((tenant, slack_id))
        return found[1] if found and found[0] > self._counted() else None

    async def is_member(self, tenant: Tenant, slack_id: str) -> bool | None:
        """Tell the same, asking Slack where need be; None where it does not answer."""
        known = self.at_hand(tenant, slack_id)
        return await self.ask(tenant, slack_id) if known is None else known

    async def ask(self, tenant: Tenant, slack_id: str) -> bool | None:
        """Ask Slack, whatever is at hand; None where it does not answer."""
        profile = await self._profiles.profile(tenant, slack_id)
        if profile is None:
            return None
        self.told(tenant, slack_id, profile)
        return profile.barred is None

    async def check(self, tenant: Tenant, slack_id: str) -> None:
        """Return where somebody is a full member, as Slack says now.

        Raises:
            NotForGuests: they are a guest, or nobody that anything may be shown to.
            AccountUnknown: Slack does not answer, which counts as no.
        """
        answer = await self.ask(tenant, slack_id)
        if answer is None:
            raise AccountUnknown
        if not answer:
            raise NotForGuests

    def told(self, tenant: Tenant, slack_id: str, profile: Profile) -> None:
        """Remember what Slack told by itself."""
        until = self._counted() + _REMEMBERED_FOR
        self._known.put((tenant, slack_id), (until, profile.barred is None))
