"""Whether this process can answer members, and whether it is the one to."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from bot.log import get_logger
from bot.services.lookup.held_catalogues import Catalogues
from bot.services.ports import Clock
from bot.store.database import Database
from bot.store.errors import StoreError

# Slack's signatures hold for so long.
_APART = timedelta(minutes=5)
_TOLD = ("reason", "missing", "found", "expected")

log = get_logger()


def _by_nothing() -> float:
    return 0.0


class Health:
    """What a load balancer and an operator ask."""

    def __init__(
        self,
        database: Database,
        catalogues: Catalogues,
        clock: Clock,
        *,
        ahead: Callable[[], float] = _by_nothing,
    ) -> None:
        """`ahead` tells by how many seconds the clock is ahead of the database's, unasked."""
        self._ahead = ahead
        self._database = database
        self._catalogues = catalogues
        self._clock = clock
        self._told: list[str] = []
        self._watched: list[Callable[[], str | None]] = []
        self._leaving = False
        self._slack_ahead: timedelta | None = None
        self._clock_wrong = False

    def watch(self, fault: Callable[[], str | None]) -> None:
        """Ask this too from now on: it returns the code of what is wrong, or None."""
        self._watched.append(fault)

    def leave(self) -> None:
        """Be unready from now on: this process is about to end."""
        self._leaving = True

    def hear_slack(self, moment: datetime) -> bool:
        """Hear that Slack signed a request at a moment that is far from now.

        Return whether that moment is near by the database's clock, as far as it is known: then two
        others agree that this one is wrong.
        """
        now = self._clock.now()
        self._slack_ahead = moment - now
        return abs(self._slack_ahead + timedelta(seconds=self._ahead())) <= _APART

    async def unable(self) -> list[str]:
        """Return the codes of what another process would do better; empty where none would.

        That the database is away is none of them: all share it, and whoever asks is told so. Sent
        to nobody, they would hear nothing.
        """
        if self._leaving:
            return ["stopping"]
        unable = [] if self._catalogues.ready else ["catalogue_unavailable"]
        return [*unable, "clock_wrong"] if await self._is_clock_wrong() else unable

    async def faults(self) -> list[str]:
        """Return the codes of what is wrong; an empty list when all is well."""
        faults = await self.unable()
        if self._leaving:
            return faults
        why: dict[str, Any] = {}
        found = filter(None, (each() for each in self._watched))
        faults += [each for each in found if each not in faults]
        try:
            await self._database.fitness.check()
        except StoreError as error:
            faults.append(error.code)
            why = {name: error.params[name] for name in _TOLD if name in error.params}
        self._tell(faults, why)
        return faults

    async def _is_clock_wrong(self) -> bool:
        """Tell whether Slack and the database agree that this machine's clock is far off.

        Slack's word alone may be an old request that somebody sends again, and the database's
        alone its own wrong clock. While it is away, what was so before holds.
        """
        if self._slack_ahead is None:
            return False
        try:
            told = await self._database.moment()
        except StoreError:
            return self._clock_wrong
        # SQLite's is this machine's.
        ahead = told - self._clock.now() if told else timedelta()
        if abs(ahead) <= _APART:
            self._slack_ahead = None  # it was an old request, or the clock is right again
            self._clock_wrong = False
        else:
            self._clock_wrong = abs(ahead - self._slack_ahead) <= _APART
        return self._clock_wrong

    def _tell(self, faults: list[str], why: dict[str, Any]) -> None:
        """Log once what is wrong, and once that it is over."""
        if faults == self._told:
            return
        self._told = faults
        if faults:
            log.warning("unready", faults=faults, **why)
        else:
            log.info("ready_again")
