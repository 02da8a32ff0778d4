"""The published catalogues, held in memory and shared by every workspace that uses them."""

import asyncio
from collections.abc import Mapping
from typing import Any, Protocol

import structlog

from bot.domain.errors import CatalogueUnavailable
from bot.domain.framework import Catalogue
from bot.domain.lookup.names.index import build_index
from bot.domain.lookup.names.lexicon import Lexicon
from bot.domain.lookup.names.query import Grammar, Resolution
from bot.domain.lookup.names.reading import resolve
from bot.domain.typed_words import TypedWords
from bot.services.lookup.matching import nearest
from bot.services.memo import Memo

BUILT_IN = "built-in"
_REMEMBERED = 1024

log = structlog.get_logger()


class PublishedCatalogues(Protocol):
    """Where revisions come from; the store's `CatalogueStore` is one."""

    async def newest(self) -> Mapping[str, int]: ...

    async def load(self, revision_id: int) -> Catalogue: ...


class Shelf:
    """One revision with its lexicon, and what was already worked out from it.

    `memo` is for callers: anything that depends on this revision and the memo's key alone. It is
    dropped with the shelf when a newer revision takes its place.
    """

    def __init__(self, catalogue: Catalogue, typed: TypedWords) -> None:
        self.catalogue = catalogue
        self.typed = typed
        self._index = build_index(catalogue, typed, nearest)
        self.memo: Memo[Any] = Memo(_REMEMBERED)
        self._resolved: Memo[Resolution] = Memo(_REMEMBERED)

    @property
    def lexicon(self) -> Lexicon:
        """Every name of the revision."""
        return self._index.lexicon

    def resolve(self, text: str, grammar: Grammar) -> Resolution:
        """Resolve a typed text; the same text is worked out once per revision."""
        return self._resolved.get((text, grammar), lambda: resolve(text, self._index, grammar))


class Catalogues:
    """The newest revision of every catalogue. `refresh` notices what other processes publish."""

    def __init__(self, published: PublishedCatalogues, typed: TypedWords) -> None:
        self._published = published
        self.typed = typed
        self._shelves: dict[str, Shelf] = {}
        self._refreshing = asyncio.Lock()

    def shelf(self, catalogue_key: str | None = None) -> Shelf:
        """Return the shelf of a catalogue (None: the built-in one).

        Raises:
            CatalogueUnavailable: nothing has been loaded under this key yet.
        """
        found = self._shelves.get(catalogue_key or BUILT_IN)
        if found is None:
            raise CatalogueUnavailable
        return found

    @property
    def ready(self) -> bool:
        return BUILT_IN in self._shelves

    async def refresh(self) -> None:
        """Load what is newer than what is held. One cheap query when nothing is.

        Raises:
            StoreUnavailable: the store did not answer; what is held stays in use.
        """
        async with self._refreshing:
            for key, revision_id in (await self._published.newest()).items():
                held = self._shelves.get(key)
                if held is None or held.catalogue.revision.id != revision_id:
                    catalogue = await self._published.load(revision_id)
                    # Indexing a large catalogue takes a moment; commands go on meanwhile.
                    shelf = await asyncio.to_thread(Shelf, catalogue, self.typed)
                    self._shelves[key] = shelf
                    log.info(
                        "catalogue_loaded",
                        catalogue=key,
                        revision=shelf.catalogue.revision.number,
                        expectations=len(shelf.catalogue.content.expectations),
                    )
