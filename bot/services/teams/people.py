"""Who somebody is, asked of Slack before anything is shown to them: unknown means no."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.installs.moves import EXTERNAL
from bot.domain.teams.errors import CannotShare, NoLongerShared
from bot.domain.teams.share import Share, ShareEnd
from bot.domain.tenancy import Tenant
from bot.services.ports import Clock, Profile, Profiles
from bot.store.database import Database

AT_ONCE = 16
"""Profiles that Slack is asked for at a time."""
_DEACTIVATED = "deactivated"


class TwoPeople:
    """Asks Slack about both sides of a share, and ends it where either may have none."""

    def __init__(self, database: Database, profiles: Profiles, clock: Clock) -> None:
        self._database = database
        self._profiles = profiles
        self._clock = clock

    async def colleague(self, tenant: Tenant, slack_id: str) -> Profile:
        """Return the profile of somebody with whom one can share.

        Raises:
            CannotShare: they are a guest, a bot, elsewhere or gone; or Slack does not say.
        """
        profile = await self._profiles.profile(tenant, slack_id)
        if profile is None:
            raise CannotShare(why="unknown")
        if profile.barred is not None:
            known = profile.barred in {_DEACTIVATED, "bot", "guest", EXTERNAL}
            raise CannotShare(why=profile.barred if known else "refused")
        return profile

    async def hold(self, tenant: Tenant, share: Share) -> None:
        """Let the share be used, as both are members of the workspace; end it where they are not.

        Raises:
            NoLongerShared: either is none any more.
            CannotShare: Slack does not say; nothing is shown then.
        """
        both = (share.owner, share.other)
        found = await asyncio.gather(*(self._profiles.profile(tenant, each) for each in both))
        for who, profile in zip(both, found, strict=True):
            if profile is not None and profile.barred is not None:
                await self.left(tenant, who, profile.barred)
                raise NoLongerShared
        if any(each is None for each in found):
            raise CannotShare(why="unknown")

    async def held(
        self, tenant: Tenant, shares: Sequence[Share], *, within: datetime | None = None
    ) -> tuple[Mapping[int, str], int]:
        """Tell which of several shares with one person may be used now, as `hold` does of one.

        Returns:
            What Slack calls the owner of each, by its id, and of how many Slack does not say who
            they are. With `within` those are good enough, nameless, whom Slack knew since then.

        Raises:
            NoLongerShared: the other is no member of the workspace any more.
            CannotShare: Slack does not say who the other is.
        """
        other = next(iter({each.other for each in shares}), "")
        slots = asyncio.Semaphore(AT_ONCE)

        async def ask(slack_id: str) -> Profile | None:
            async with slots:
                return await self._profiles.profile(tenant, slack_id)

        asked = (other, *(each.owner for each in shares)) if shares else ()
        mine, *theirs = (await asyncio.gather(*map(ask, asked))) or [None]
        if shares and mine is None:
            raise CannotShare(why="unknown")
        if mine is not None and mine.barred is not None:
            await self.left(tenant, other, mine.barred)
            raise NoLongerShared
        names, unknown = {}, 0
        for share, profile in zip(shares, theirs, strict=True):
            if profile is None:
                if within is not None and share.checked_at and share.checked_at >= within:
                    names[share.id] = ""
                else:
                    unknown += 1
            elif profile.barred is not None:
                await self.left(tenant, share.owner, profile.barred)
            else:
                names[share.id] = profile.name
        return names, unknown

    async def left(self, tenant: Tenant, slack_id: str, barred: str) -> int:
        """End all that somebody shares or sees, for they are no ordinary member any more.

        Raises:
            StoreUnavailable: nothing ended; it is looked at again within a day, and at each look.
        """
        why = ShareEnd.DEACTIVATED if barred == _DEACTIVATED else ShareEnd.GUEST
        async with self._database.write(tenant) as work:
            return await work.shares.end_of(slack_id, why, at=self._clock.now())
