"""What waits in the database, and what caches were of use: looked at when somebody asks."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Protocol

from prometheus_client import Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector, CollectorRegistry

from bot.services.memo import Tally
from bot.services.ports import Clock
from bot.store.errors import StoreError
from bot.store.fitness.standing import Standing

# Several who scrape, or one who does so often, cost the database no more than this (seconds).
FRESH_SECONDS = 10.0

NAMES = {
    "nextrung_database_readable": (),
    "nextrung_nudges_waiting": ("state",),
    "nextrung_nudges_oldest_seconds": (),
    "nextrung_errands_waiting": ("kind", "state"),
    "nextrung_errands_oldest_seconds": (),
    "nextrung_installations": ("state",),
}
"""The figures of the database, with their labels."""


class Desk(Protocol):
    """Reads how things stand; see `bot.store.fitness.standing.StandingDesk`."""

    async def look(self, *, now: datetime) -> Standing: ...


class StandingFigures(Collector):
    """Gauges of what the database holds. `look` asks it; without an answer they are left out."""

    def __init__(
        self, desk: Desk, clock: Clock, counted: Callable[[], float], registry: CollectorRegistry
    ) -> None:
        self._desk = desk
        self._clock = clock
        self._counted = counted
        self._fresh_until = float("-inf")
        self._found: tuple[datetime, Standing] | None = None
        registry.register(self)

    async def look(self) -> None:
        """Read how things stand, unless that was done just now."""
        if self._counted() < self._fresh_until:
            return
        now = self._clock.now()
        try:
            self._found = (now, await self._desk.look(now=now))
        except StoreError:
            self._found = None
        self._fresh_until = self._counted() + FRESH_SECONDS

    def collect(self) -> Iterator[Metric]:
        """Yield what the library writes out."""
        yield _gauge("nextrung_database_readable", "1 where it answers.", {(): bool(self._found)})
        if self._found is None:
            return
        now, found = self._found
        yield _gauge("nextrung_nudges_waiting", "Nudges that are not done.", _one(found.nudges))
        yield _gauge(
            "nextrung_nudges_oldest_seconds",
            "How long the nudge is due that waits longest.",
            {(): _age(now, found.oldest_nudge)},
        )
        yield _gauge("nextrung_errands_waiting", "Errands that are not done.", found.errands)
        yield _gauge(
            "nextrung_errands_oldest_seconds",
            "Age of the oldest errand that is late.",
            {(): _age(now, found.oldest_errand)},
        )
        yield _gauge("nextrung_installations", "Installations.", _one(found.installations))

    def describe(self) -> Iterator[Metric]:
        """Yield the names alone: registering asks nothing."""
        for name, labels in NAMES.items():
            yield GaugeMetricFamily(name, "", labels=labels)


class CacheFigures(Collector):
    """How often what is kept at hand was of use."""

    def __init__(self, caches: Mapping[str, Tally], registry: CollectorRegistry) -> None:
        self._caches = caches
        registry.register(self)

    def collect(self) -> Iterator[Metric]:
        """Yield what the library writes out."""
        about = "Looks into what is kept at hand; a miss is read or worked out anew."
        lookups = CounterMetricFamily("nextrung_cache_lookups", about, labels=("cache", "found"))
        for name, tally in self._caches.items():
            lookups.add_metric((name, "hit"), tally.hits)
            lookups.add_metric((name, "miss"), tally.misses)
        yield lookups


def _one(numbers: Mapping[str, int]) -> dict[tuple[str, ...], float]:
    return {(name,): number for name, number in numbers.items()}


def _age(now: datetime, since: datetime | None) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0


def _gauge(name: str, about: str, values: Mapping[tuple[str, ...], float]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, about, labels=NAMES[name])
    for labels, value in values.items():
        family.add_metric(labels, value)
    return family
