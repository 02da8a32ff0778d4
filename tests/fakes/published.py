"""Published revisions, without a database."""

import asyncio
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from bot.domain.revision import Catalogue
from bot.pauses import Pause, no_pause
from bot.store.catalogue.feed import NewlyPublished, PublishedMark


class SamplePublished:
    """A `PublishedCatalogues` to publish to; set `fault` to have it fail.

    `busy` are the loads under way of each revision, `most_busy` the most there ever were of one;
    `loading` is set once any has begun.
    """

    def __init__(self, *catalogues: Catalogue) -> None:
        self.held = {each.revision.id: each for each in catalogues}
        self.fault: Exception | None = None
        self.loads = 0
        self.asked = 0
        self.busy: dict[int, int] = {}
        self.most_busy = 0
        self.loading = asyncio.Event()

    def publish(self, catalogue: Catalogue) -> None:
        self.held[catalogue.revision.id] = catalogue

    def _newest(self, after: int = 0) -> Mapping[str, int]:
        if self.fault:
            raise self.fault
        ids = sorted(each for each in self.held if each > after)
        return {self.held[each].revision.catalogue_key: each for each in ids}

    async def newest_of(self, catalogue_key: str) -> int | None:
        self.asked += 1
        return self._newest().get(catalogue_key)

    async def published_since(self, mark: PublishedMark | None) -> NewlyPublished:
        last = max(self.held, default=0)
        found = self._newest(last if mark is None else mark.last)
        return NewlyPublished(PublishedMark(last, MappingProxyType({})), found)

    async def keys(self, *, most: int) -> Sequence[str]:
        return list(self._newest())[:most]

    async def load(self, revision_id: int, *, pause: Pause = no_pause) -> Catalogue:  # noqa: ARG002 - it is quick
        if self.fault:
            raise self.fault
        self.loads += 1
        self.busy[revision_id] = self.busy.get(revision_id, 0) + 1
        self.most_busy = max(self.most_busy, *self.busy.values())
        self.loading.set()
        await asyncio.sleep(0)
        self.busy[revision_id] -= 1
        kept = self.held[revision_id]
        # As the store does: each load is another value.
        return Catalogue(kept.revision, kept.content, kept.moves)
