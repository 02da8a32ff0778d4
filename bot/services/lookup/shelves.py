"""The published catalogues, held in memory and shared by every workspace that uses them."""

import asyncio
from collections.abc import Mapping
from typing import Any, Protocol

from bot.domain.errors import CatalogueUnavailable
from bot.domain.lookup.cell_codes import CellCodes
from bot.domain.lookup.names.index import build_index
from bot.domain.lookup.names.lexicon import Lexicon
from bot.domain.lookup.names.query import Grammar, Resolution
from bot.domain.lookup.names.reading import resolve
from bot.domain.revision import Catalogue
from bot.domain.typed_words import TypedWords
from bot.log import get_logger
from bot.services.lookup.matching import be_ready, nearest
from bot.services.memo import Memo
from bot.store.collector import keep_out_of_collections, paused_collector

BUILT_IN = "built-in"
_REMEMBERED = 1024
# Expectations from which a catalogue is so large that walking through its names can be felt.
_LARGE = 10_000

log = get_logger()


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
        catalogue.lasting(CellCodes)  # now, so that nobody waits for them
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
        self._matching_loaded = False

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

    async def hold(self, catalogue: Catalogue) -> None:
        """Serve a revision that is at hand already, so that it is not read from the store."""
        async with self._refreshing:
            key = catalogue.revision.catalogue_key
            self._shelves[key] = await self._shelved(catalogue)

    async def refresh(self) -> None:
        """Load what is newer than what is held. One cheap query when nothing is.

        Raises:
            StoreUnavailable: the store did not answer; what is held stays in use.
        """
        async with self._refreshing:
            stale = [
                (key, revision_id)
                for key, revision_id in (await self._published.newest()).items()
                if key not in self._shelves
                or self._shelves[key].catalogue.revision.id != revision_id
            ]
            for key, revision_id in stale:
                self._shelves[key] = await self._shelved(await self._published.load(revision_id))
            # Not at the start, which would take longer: at the first turn that finds nothing to do.
            if not (stale or self._matching_loaded):
                await asyncio.to_thread(be_ready)
                self._matching_loaded = True

    async def _shelved(self, catalogue: Catalogue) -> Shelf:
        size = len(catalogue.content.expectations)
        with paused_collector():
            # Indexing a large catalogue takes a moment; commands go on meanwhile.
            shelf = await asyncio.to_thread(Shelf, catalogue, self.typed)
            if size >= _LARGE:
                keep_out_of_collections()
        log.info(
            "catalogue_loaded",
            catalogue=catalogue.revision.catalogue_key,
            revision=catalogue.revision.number,
            expectations=size,
        )
        return shelf
