"""Where Slack takes its newer table: tried, and remembered where it is refused."""

from datetime import timedelta

from bot.domain.tenancy import Tenant
from bot.log import get_logger
from bot.services.ports import Clock
from bot.store.database import Database

TRIED_AGAIN_AFTER = timedelta(days=30)
_AHEAD = timedelta(days=1)

log = get_logger()


class NativeTables:
    """Remembers by workspace that Slack answered *invalid_blocks* to such a table."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def may_try(self, tenant: Tenant) -> bool:
        """Tell whether such a table may be sent there.

        A moment that lies ahead was written by a clock that was wrong: it counts for nothing.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        async with self._database.read(tenant) as work:
            refused = await work.workspaces.table_refused_at()
        now = self._clock.now()
        return refused is None or not now - TRIED_AGAIN_AFTER < refused <= now + _AHEAD

    async def refused(self, tenant: Tenant) -> None:
        """Note that Slack refused one just now.

        Raises:
            StoreUnavailable: it is not noted.
        """
        log.info("native_table_refused", team=tenant.team_id)
        async with self._database.write(tenant) as work:
            await work.workspaces.refuse_table(at=self._clock.now())
