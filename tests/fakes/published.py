"""Published catalogues without a store."""

from collections.abc import Mapping

from bot.domain.revision import Catalogue


class SamplePublished:
    """A `PublishedCatalogues` to publish to; set `fault` to have it fail."""

    def __init__(self, *catalogues: Catalogue) -> None:
        self.held = {each.revision.id: each for each in catalogues}
        self.fault: Exception | None = None
        self.loads = 0

    def publish(self, catalogue: Catalogue) -> None:
        self.held[catalogue.revision.id] = catalogue

    async def newest(self) -> Mapping[str, int]:
        if self.fault:
            raise self.fault
        ids = sorted(self.held)
        return {self.held[each].revision.catalogue_key: each for each in ids}

    async def load(self, revision_id: int) -> Catalogue:
        if self.fault:
            raise self.fault
        self.loads += 1
        return self.held[revision_id]
