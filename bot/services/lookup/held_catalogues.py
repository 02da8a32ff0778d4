"""The published catalogues that are in use, held in memory and shared by their workspaces."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from time import perf_counter
from typing import Any, Protocol

from bot.domain.errors import CatalogueUnavailable, NextrungError
from bot.domain.revision import Catalogue
from bot.domain.typed_words import TypedWords
from bot.log import get_logger
from bot.pauses import Pause, no_pause
from bot.services.giving_way import GivingWay, answering_first
from bot.services.lookup.flights import Flights
from bot.services.lookup.keep import Keep
from bot.services.lookup.matching import be_ready
from bot.services.lookup.metrics import CatalogueMetrics
from bot.services.lookup.shelves import BUILT_IN, MEMORY, Shelf, Tallies
from bot.services.memo import Memo
from bot.store.catalogue.feed import NewlyPublished, PublishedMark
from bot.store.collector import (
    keep_out_of_collections,
    look_at_everything,
    paused_collector,
    settle_what_is_there,
)

FEW = 4
"""Catalogues besides the built-in one that a start waits for; further ones wait to be asked for."""
# Loads at a time: each takes a connection, and a core while it computes.
_AT_ONCE = 2
# What the collector would walk through: about one value for so many bytes of catalogues, and those
# that the program itself brings along.
_BYTES_EACH = 140
_PROGRAM = 400_000
# Expectations from which a catalogue is so large that walking through its names can be felt.
_LARGE = 10_000

log = get_logger()


class PublishedCatalogues(Protocol):
    """Where revisions come from; the store's `CatalogueStore` is one."""

    async def newest_of(self, catalogue_key: str) -> int | None: ...

    async def published_since(self, mark: PublishedMark | None) -> NewlyPublished: ...

    async def keys(self, *, most: int) -> Sequence[str]: ...

    async def load(self, revision_id: int, *, pause: Pause = no_pause) -> Catalogue: ...


class Catalogues:
    """The newest revision of each catalogue that is in use, within `memory` bytes.

    One is loaded when it is asked for and not held, once however many ask, and let go when others
    need the room and nobody used it for longer. `poll` notices what other processes publish.
    """

    def __init__(
        self,
        published: PublishedCatalogues,
        typed: TypedWords,
        *,
        memory: int = MEMORY,
        metrics: CatalogueMetrics | None = None,
    ) -> None:
        self._published = published
        self.typed = typed
        self.metrics = metrics or CatalogueMetrics()
        self.tallies = Tallies()
        self._memory = memory
        self._others: list[Memo[Any]] = []
        self._keep: Keep[Shelf] = Keep(memory, pinned=BUILT_IN, beside=self._weight_beside)
        self._flights: Flights[Shelf] = Flights()
        self._loading = asyncio.Semaphore(_AT_ONCE)
        self._asking = asyncio.Lock()
        self._mark: PublishedMark | None = None
        # The newest revision, as far as it was heard of, of what is held or being loaded.
        self._heard: dict[str, int] = {}
        self._matching_loaded = False
        self._unsettled = False

    def beside(self, size: int, *, share: int, weigh: Callable[[Any], int]) -> Memo[Any]:
        """Return a memo for other work on catalogues, out of the same memory.

        It takes one part in `share` of it at most, and shelves make room for what is in it.
        """
        memo: Memo[Any] = Memo(size, weigh=weigh, heaviest=self._memory // share)
        self._others.append(memo)
        return memo

    def _weight_beside(self) -> int:
        return sum(each.weight for each in self._others)

    @property
    def ready(self) -> bool:
        return self._keep.peek(BUILT_IN) is not None

    def shelf(self, catalogue_key: str | None = None) -> Shelf:
        """Return the shelf of a catalogue that is held (None: the built-in one).

        Raises:
            CatalogueUnavailable: it is not held; `of` loads it.
        """
        found = self._keep.get(catalogue_key or BUILT_IN)
        if found is None:
            raise CatalogueUnavailable
        return found

    async def of(self, catalogue_key: str | None = None, *, passing: bool = False) -> Shelf:
        """Return the shelf of a catalogue (None: the built-in one), loading it where need be.

        What is asked for only in `passing` makes room for what others use.

        Raises:
            CatalogueUnavailable: it is still being loaded when an answer is due, or there is none.
            StoreUnavailable: it is not held, and the store does not answer.
        """
        key = catalogue_key or BUILT_IN
        found = self._keep.get(key, passing=passing)
        if found is None:
            try:
                found = await self._flights.do(key, partial(self._load, key, passing=passing))
            except TimeoutError:
                raise CatalogueUnavailable from None
            if not passing:
                self._keep.get(key)  # used, also where it was loaded for one who only passes
        return found

    async def begin(self) -> None:
        """Load the built-in catalogue, and the others where they are few.

        Raises:
            StoreUnavailable: the store did not answer.
        """
        await self._hear_first()
        # Also where it is held: another process may have published since.
        await self._flights.do(BUILT_IN, partial(self._load, BUILT_IN))
        few = await self._published.keys(most=FEW + 2)
        for key in few if len(few) <= FEW + 1 else ():
            await self.of(key)

    async def hold(self, catalogue: Catalogue) -> None:
        """Serve a revision that is at hand already, so that it is not read from the store."""
        self._put(await self._shelved(catalogue))

    async def poll(self) -> None:
        """Begin to load what is newer than what is held. One query, whatever there is.

        Raises:
            StoreUnavailable: the store did not answer; what is held stays in use.
        """
        await self._notice()

    async def refresh(self) -> None:
        """Load what is newer than what is held.

        Raises:
            StoreUnavailable: the store did not answer; what is held stays in use.
        """
        for task in await self._notice():
            await asyncio.shield(task)

    def settle(self) -> None:
        """Keep what was loaded out of collections; call it when no request is under way.

        Each full collection would walk through every value of all catalogues, a tenth of a second
        for a hundred of them, and loading brings them about.
        """
        if self._unsettled:
            self._unsettled = False
            settle_what_is_there()

    def look_at_everything(self) -> None:
        """Free garbage that was kept out of collections, where there is much; call it likewise."""
        kept_out = self._keep.weight // _BYTES_EACH
        if look_at_everything(expected=_PROGRAM + kept_out):
            log.warning("garbage_freed", catalogues=len(self._keep))

    async def stop(self) -> None:
        """Load nothing any more."""
        await self._flights.stop()

    async def _notice(self) -> "list[asyncio.Task[Shelf]]":
        async with self._asking:
            await self._hear()
        stale = [key for key in tuple(self._heard) if self._is_stale(key)]
        # Not at the start, which would take longer: at the first turn that finds nothing to do.
        if not (stale or self._matching_loaded):
            self._matching_loaded = True
            await asyncio.to_thread(be_ready)
        self._made_room(self._keep.turn())
        return [self._flights.begin(key, partial(self._load, key)) for key in stale]

    async def _hear_first(self) -> None:
        """See to it that what is published from now on is heard of."""
        async with self._asking:
            if self._mark is None:
                await self._hear()

    async def _hear(self) -> None:
        found = await self._published.published_since(self._mark)
        self._mark = found.mark
        for key, revision_id in found.revisions.items():
            if key in self._flights or self._keep.peek(key):
                self._heard[key] = max(revision_id, self._heard.get(key, 0))

    def _is_stale(self, key: str) -> bool:
        """Tell whether a newer revision than what is held is to be loaded; else forget of it."""
        held = self._keep.peek(key)
        if held is not None and held.catalogue.revision.id < self._heard[key]:
            return True
        if key not in self._flights:
            del self._heard[key]
        return False

    async def _load(self, key: str, *, passing: bool = False) -> Shelf:
        began = perf_counter()
        try:
            async with self._loading:
                await self._hear_first()
                shelf = await self._newest(key)
        except NextrungError as error:
            self.metrics.failed.labels(error.code).inc()
            log.warning("catalogue_not_loaded", catalogue=key, code=error.code)
            raise
        self.metrics.loads.observe(perf_counter() - began)
        self._put(shelf, passing=passing)
        return shelf

    async def _newest(self, key: str) -> Shelf:
        before = None
        while True:
            revision_id = await self._published.newest_of(key)
            if revision_id is None:
                raise CatalogueUnavailable
            held = self._keep.peek(key)
            if held is not None and held.catalogue.revision.id == revision_id:
                return held
            pause = GivingWay()
            with answering_first():
                catalogue = await self._published.load(revision_id, pause=pause)
            shelf = await self._shelved(catalogue, pause)
            # A newer one may be out since. A database that lags behind shows it later.
            if self._heard.get(key, 0) <= revision_id or revision_id == before:
                return shelf
            before = revision_id

    async def _shelved(self, catalogue: Catalogue, pause: Pause = no_pause) -> Shelf:
        size = len(catalogue.content.expectations)
        with paused_collector(), answering_first():
            # Indexing a large catalogue takes a moment; commands go on meanwhile.
            shelf = await asyncio.to_thread(
                Shelf,
                catalogue,
                self.typed,
                memory=self._memory,
                tallies=self.tallies,
                pause=pause,
            )
            if size >= _LARGE:
                keep_out_of_collections()
        self._unsettled = True
        log.info(
            "catalogue_loaded",
            catalogue=catalogue.revision.catalogue_key,
            revision=catalogue.revision.number,
            expectations=size,
        )
        return shelf

    def _put(self, shelf: Shelf, *, passing: bool = False) -> None:
        key = shelf.catalogue.revision.catalogue_key
        self._made_room(self._keep.put(key, shelf, passing=passing))

    def _made_room(self, gone: int) -> None:
        self.metrics.let_go.inc(gone)
        self.metrics.bytes.set(self._keep.weight + self._weight_beside())
        self.metrics.held.set(len(self._keep))
