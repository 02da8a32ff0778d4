"""Asks Slack now and then who of the helpers is still a full member; others are shown no more."""

from bot.domain.teams.helping.helpers import ASKED_AGAIN_AFTER
from bot.services.ports import Clock, Profiles
from bot.services.teams.helping.helper_index import HelperIndex
from bot.store.database import Database

_AT_ONCE = 20


class HelperAccounts:
    """Accounts of helpers and learners in all workspaces. `turn` is called every few minutes."""

    def __init__(
        self, database: Database, profiles: Profiles, index: HelperIndex, clock: Clock
    ) -> None:
        self._database = database
        self._profiles = profiles
        self._index = index
        self._clock = clock
        self._asked = 0

    async def turn(self) -> None:
        """Ask Slack about some accounts of which it said nothing for a day.

        Raises:
            StoreUnavailable: the rest is asked about later.
        """
        now = self._clock.now()
        some = await self._database.helping.old_accounts(
            checked_before=now - ASKED_AGAIN_AFTER, after=self._asked, most=_AT_ONCE, now=now
        )
        # One of whom Slack says nothing does not keep the others waiting: it goes round.
        self._asked = some[-1].id if some else 0
        for each in some:
            profile = await self._profiles.profile(each.tenant, each.slack_id)
            if profile is not None:
                async with self._database.write(each.tenant) as work:
                    await work.offers.account_is(
                        each.slack_id, profile.barred, at=self._clock.now()
                    )
                self._index.drop(each.tenant)
