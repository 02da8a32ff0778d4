"""How long it is kept what admins and operators did."""

from datetime import timedelta

from bot.log import get_logger
from bot.services.ports import Clock
from bot.store.database import Database

log = get_logger()


class AuditKeeping:
    """`expire` is called every hour or so."""

    def __init__(self, database: Database, clock: Clock, *, kept: timedelta) -> None:
        self._database = database
        self._clock = clock
        self._kept = kept

    async def expire(self) -> None:
        """Throw away what was kept for long enough.

        Raises:
            StoreUnavailable: nothing is gone; the next time it is.
        """
        gone = await self._database.audit.prune(self._clock.now() - self._kept)
        if gone:
            log.info("audit_expired", acts=gone)
