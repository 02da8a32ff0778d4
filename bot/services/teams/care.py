"""What becomes of shares by themselves: asked about again, lapsed, ended with whoever left."""

from bot.domain.teams.letter import LetterKind
from bot.domain.teams.share import ShareEnd
from bot.domain.tenancy import Tenant
from bot.log import get_logger
from bot.services.ports import Clock, Profiles
from bot.services.teams.letters import Letters
from bot.services.teams.people import TwoPeople
from bot.store.database import Database
from bot.store.teams.due import DueShare, ShareDue

AT_ONCE = 20

log = get_logger()


class ShareCare:
    """Does what is due, a few at a time. `turn` is called every minute or so."""

    def __init__(
        self,
        database: Database,
        people: TwoPeople,
        letters: Letters,
        profiles: Profiles,
        clock: Clock,
    ) -> None:
        self._database = database
        self._people = people
        self._letters = letters
        self._profiles = profiles
        self._clock = clock
        self._checked = 0

    async def turn(self) -> None:
        """End what lapsed, ask about what is a quarter of a year old, look who has left.

        Raises:
            StoreUnavailable: the rest is done at a later turn.
        """
        found = await self._database.due_shares.due(
            now=self._clock.now(), most=AT_ONCE, checked_after=self._checked
        )
        checks = [each.share_id for each in found if each.what is ShareDue.CHECK]
        # One of whom Slack says nothing does not keep the others waiting: it goes round.
        self._checked = checks[-1] if checks else 0
        for due in found:
            match due.what:
                case ShareDue.LAPSE:
                    await self._end(due, ShareEnd.LAPSED)
                case ShareDue.GOAL:
                    await self._end(due, ShareEnd.GOAL_OVER)
                case ShareDue.ASK_AGAIN:
                    await self._ask_again(due)
                case ShareDue.CHECK:
                    await self._check(due)

    async def look_at(self, tenant: Tenant, slack_id: str) -> None:
        """End what somebody shares or sees, where Slack says by now that they may not.

        Raises:
            StoreUnavailable: nothing ended; it is looked at again within a day.
        """
        profile = await self._profiles.profile(tenant, slack_id)
        if profile is not None and profile.barred is not None:
            await self._people.left(tenant, slack_id, profile.barred)

    async def _end(self, due: DueShare, why: ShareEnd) -> None:
        async with self._database.write(due.tenant) as work:
            if await work.shares.end(due.share_id, why, at=self._clock.now()):
                log.info("share_ended", share=due.share_id, why=why.value)

    async def _ask_again(self, due: DueShare) -> None:
        async with self._database.write(due.tenant) as work:
            if await work.shares.held(due.share_id) is None:
                return
            if not await work.shares.asked_again(due.share_id, at=self._clock.now()):
                return
            await self._letters.write(
                work,
                to=due.owner,
                author=due.other,
                kind=LetterKind.SHARE_RENEW,
                subject=due.share_id,
                share_id=due.share_id,
            )

    async def _check(self, due: DueShare) -> None:
        for who in (due.owner, due.other):
            profile = await self._profiles.profile(due.tenant, who)
            if profile is None:
                return
            if profile.barred is not None:
                ended = await self._people.left(due.tenant, who, profile.barred)
                log.info("shares_of_who_left", team=due.tenant.team_id, ended=ended)
                return
        async with self._database.write(due.tenant) as work:
            await work.shares.checked(due.share_id, at=self._clock.now())
