"""Adoption: each month counted once, and shown to those who own the catalogue."""

from datetime import timedelta

from bot.domain.revision import Catalogue
from bot.domain.teams.helping.adoption import (
    MonthFigures,
    end_of,
    figures,
    month_of,
    months_over,
    start_of,
)
from bot.domain.tenancy import Member
from bot.log import get_logger
from bot.services.catalogue.workspace_catalogue import WorkspaceCatalogue
from bot.services.clock import Steady, always_steady
from bot.services.ports import Clock
from bot.store.database import Database

_A_YEAR = timedelta(days=366)
# A clock that was wrong must not count a month that is not over: what is counted stays.
_EVENLY = 600.0

log = get_logger()


class Adoption:
    """What a workspace's people did, by month, as counts. `turn` is called every hour or so."""

    def __init__(
        self,
        database: Database,
        catalogue: WorkspaceCatalogue,
        clock: Clock,
        *,
        steady: Steady = always_steady,
    ) -> None:
        self._database = database
        self._catalogue = catalogue
        self._clock = clock
        self._steady = steady

    async def turn(self) -> None:
        """Count the months that are over and were not counted, in every workspace.

        Raises:
            StoreUnavailable: the rest is counted at a later turn.
        """
        if not self._steady(_EVENLY):
            return
        now = self._clock.now()
        over = months_over(now, now - _A_YEAR)
        if not over:
            return
        for each in await self._database.adoption.behind(over[-1], now=now):
            months = [one for one in months_over(now, each.since) if one not in each.months]
            for month in months:
                async with self._database.write(each.tenant) as work:
                    answered = await work.nudges.answered_between(start_of(month), end_of(month))
                    if await work.adoption.count(month, answered_nudges=answered, at=now):
                        log.info("adoption_counted", team=each.tenant.team_id, month=str(month))

    async def of(self, member: Member, catalogue: Catalogue) -> tuple[MonthFigures, ...]:
        """Return the counted months of a year, the newest first.

        Raises:
            NotCatalogueOwner: the member neither owns the catalogue nor administers the workspace.
            StoreUnavailable: the store does not answer.
        """
        await self._catalogue.check(member)
        since = month_of(self._clock.now() - _A_YEAR)
        async with self._database.read(member.tenant) as work:
            months, rows = await work.adoption.kept(since=since)
        return figures(months, rows, catalogue.moves)
