"""What a thing was called that a catalogue has no longer: a key says little to whoever reads it."""

from typing import Protocol

from bot.domain.errors import LeftCatalogue
from bot.domain.text import LocalText
from bot.log import get_logger
from bot.services.lookup.shelves import BUILT_IN
from bot.store.errors import StoreUnavailable

log = get_logger()


class FormerRevisions(Protocol):
    """Where older revisions are; the store's `CatalogueStore` is one."""

    async def former_name(
        self, catalogue_key: str, kind: str, key: str, *, role: str = ""
    ) -> LocalText | None: ...


class FormerNames:
    """Names what has gone. Asked only where somebody is told of it."""

    def __init__(self, revisions: FormerRevisions) -> None:
        self._revisions = revisions

    async def named(self, catalogue_key: str | None, error: LeftCatalogue) -> LeftCatalogue:
        """Return the error with the name that the thing had last, where that is known."""
        kind, key = str(error.params.get("kind", "")), str(error.params.get("key", ""))
        if not key or "key" in error.names:
            return error
        kind = "skill" if kind == "expectation" else kind
        try:
            name = await self._revisions.former_name(
                catalogue_key or BUILT_IN, kind, key, role=error.role_key
            )
        except StoreUnavailable as away:
            # Its key is better than no answer.
            log.info("former_name_unknown", code=away.code)
            return error
        return error.called(name) if name else error
