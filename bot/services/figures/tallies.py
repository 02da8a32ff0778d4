"""Counters and histograms for what every request passes, in a fifth of the library's time.

The library takes a lock for each step. These are for one event loop: it adds, and it is scraped.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import repeat

from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector, CollectorRegistry

Labels = tuple[str, ...]


def _nothing() -> None:
    pass


class Counts(Collector):
    """A counter. `labels` are added to in the order in which they are named."""

    def __init__(
        self,
        name: str,
        about: str,
        labels: Sequence[str],
        registry: CollectorRegistry,
        *,
        before: Callable[[], None] = _nothing,
    ) -> None:
        """`before` is called before it is scraped."""
        self.name, self.labels = name, tuple(labels)
        self._about, self._before = about, before
        self._counted: dict[Labels, int] = {}
        registry.register(self)

    def add(self, *labels: str, by: int = 1) -> None:
        """Count once more."""
        counted = self._counted
        counted[labels] = counted.get(labels, 0) + by

    def add_all(self, found: Iterable[Labels]) -> None:
        """Count once more for each."""
        for labels, number in Counter(found).items():
            self.add(*labels, by=number)

    def collect(self) -> Iterator[CounterMetricFamily]:
        """Yield what the library writes out."""
        self._before()
        family = CounterMetricFamily(self.name, self._about, labels=self.labels)
        for labels, number in self._counted.items():
            family.add_metric(labels, number)
        yield family


class Times(Collector):
    """A histogram of seconds."""

    def __init__(
        self,
        name: str,
        about: str,
        labels: Sequence[str],
        bounds: Sequence[float],
        registry: CollectorRegistry,
        *,
        before: Callable[[], None] = _nothing,
    ) -> None:
        """`bounds` are in seconds; `before` is called before it is scraped."""
        self.name, self.labels = name, tuple(labels)
        self._about, self._before = about, before
        self._bounds = tuple(bounds)
        # How many fell below each bound and beyond the last one; then the sum of seconds.
        self._spread: dict[Labels, list[float]] = {}
        registry.register(self)

    def add(self, labels: Labels, seconds: float) -> None:
        """Count one that took so long."""
        self.add_all(labels, (seconds,))

    def add_all(self, labels: Labels, seconds: Sequence[float]) -> None:
        """Count each that took so long; of many at once, each costs next to nothing."""
        if not seconds:
            return
        row = self._spread.get(labels)
        if row is None:
            row = self._spread[labels] = [0] * (len(self._bounds) + 2)
        for at, number in Counter(map(bisect_left, repeat(self._bounds), seconds)).items():
            row[at] += number
        row[-1] += sum(seconds)

    def collect(self) -> Iterator[HistogramMetricFamily]:
        """Yield what the library writes out."""
        self._before()
        family = HistogramMetricFamily(self.name, self._about, labels=self.labels)
        for labels, (*numbers, total) in self._spread.items():
            below, buckets = 0.0, []
            for bound, number in zip((*self._bounds, float("inf")), numbers, strict=True):
                below += number
                buckets.append((str(bound) if bound != float("inf") else "+Inf", below))
            family.add_metric(labels, buckets, total)
        yield family
