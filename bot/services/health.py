"""Whether this process can answer members."""

from collections.abc import Callable
from typing import Any

from bot.log import get_logger
from bot.services.lookup.shelves import Catalogues
from bot.store.database import Database
from bot.store.errors import StoreError

_TOLD = ("reason", "missing", "found", "expected")

log = get_logger()


class Health:
    """What a load balancer and an operator ask."""

    def __init__(self, database: Database, catalogues: Catalogues) -> None:
        self._database = database
        self._catalogues = catalogues
        self._told: list[str] = []
        self._watched: list[Callable[[], str | None]] = []
        self._leaving = False

    def watch(self, fault: Callable[[], str | None]) -> None:
        """Ask this too from now on: it returns the code of what is wrong, or None."""
        self._watched.append(fault)

    def leave(self) -> None:
        """Be unready from now on: this process is about to end."""
        self._leaving = True

    async def faults(self) -> list[str]:
        """Return the codes of what is wrong; an empty list when all is well."""
        if self._leaving:
            return ["stopping"]
        why: dict[str, Any] = {}
        faults = [] if self._catalogues.ready else ["catalogue_unavailable"]
        faults += filter(None, (each() for each in self._watched))
        try:
            await self._database.fitness.check()
        except StoreError as error:
            faults.append(error.code)
            why = {name: error.params[name] for name in _TOLD if name in error.params}
        self._tell(faults, why)
        return faults

    def _tell(self, faults: list[str], why: dict[str, Any]) -> None:
        """Log once what is wrong, and once that it is over."""
        if faults == self._told:
            return
        self._told = faults
        if faults:
            log.warning("unready", faults=faults, **why)
        else:
            log.info("ready_again")
