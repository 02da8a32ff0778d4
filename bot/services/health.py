"""Whether this process can answer members."""

from bot.services.lookup.shelves import Catalogues
from bot.store.database import Database
from bot.store.errors import StoreError


class Health:
    """What a load balancer and an operator ask."""

    def __init__(self, database: Database, catalogues: Catalogues) -> None:
        self._database = database
        self._catalogues = catalogues

    async def faults(self) -> list[str]:
        """Return the codes of what is wrong; an empty list when all is well."""
        faults = [] if self._catalogues.ready else ["catalogue_unavailable"]
        try:
            await self._database.ping()
        except StoreError as error:
            faults.append(error.code)
        return faults
