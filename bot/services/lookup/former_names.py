"""What things were called that a catalogue has no longer: a key says little to whoever reads it."""

from collections.abc import Collection, Mapping
from typing import Protocol

from bot.domain.errors import LeftCatalogue
from bot.domain.growth.holdings import Growth
from bot.domain.named_in import gone_skills
from bot.domain.text import LocalText
from bot.log import get_logger
from bot.services.lookup.shelves import BUILT_IN, Shelf
from bot.store.errors import StoreUnavailable

log = get_logger()


class FormerRevisions(Protocol):
    """Where older revisions are; the store's `CatalogueStore` is one."""

    async def former_names(
        self, catalogue_key: str, kind: str, keys: Collection[str], *, role: str = ""
    ) -> Mapping[str, LocalText]: ...


class FormerNames:
    """Names what has gone. Asked only where somebody is told of it, and once of each revision."""

    def __init__(self, revisions: FormerRevisions) -> None:
        self._revisions = revisions

    async def named(self, catalogue_key: str | None, error: LeftCatalogue) -> LeftCatalogue:
        """Return the error with the name that the thing had last, where that is known."""
        kind, key = str(error.params.get("kind", "")), str(error.params.get("key", ""))
        if not key or "key" in error.names:
            return error
        kind = "skill" if kind == "expectation" else kind
        found = await self._find(catalogue_key or BUILT_IN, kind, {key}, role=error.role_key)
        return error.called(found[key]) if found and key in found else error

    async def skills(self, growth: Growth, shelf: Shelf) -> Mapping[str, LocalText]:
        """Return the last names of skills that a member's offers and actions are about, and that
        the shelf's revision has no longer; without those whose name nobody knows."""
        keys = gone_skills(growth, shelf.catalogue)
        if not keys:
            return {}
        known: Mapping[str, LocalText] = shelf.memo.known(("former skills",)) or {}
        unknown = keys - known.keys()
        if unknown:
            key = shelf.catalogue.revision.catalogue_key
            found = await self._find(key, "skill", unknown)
            if found is None:
                return known
            # One whose name nobody knows goes by its key, and is not asked for again.
            known = {**{each: LocalText(each) for each in unknown}, **found, **known}
            shelf.memo.put(("former skills",), known)
        return known

    async def _find(
        self, catalogue_key: str, kind: str, keys: Collection[str], *, role: str = ""
    ) -> Mapping[str, LocalText] | None:
        try:
            return await self._revisions.former_names(catalogue_key, kind, keys, role=role)
        except StoreUnavailable as away:
            # Its key is better than no answer.
            log.info("former_name_unknown", code=away.code)
            return None
