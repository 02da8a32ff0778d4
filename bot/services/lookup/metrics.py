"""Figures about the catalogues in memory, for Prometheus. No label names a workspace."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class CatalogueMetrics:
    """One process's figures, in a registry of its own where none is given."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        registry = self._registry = registry or CollectorRegistry()
        self.bytes = Gauge(
            "nextrung_catalogue_bytes",
            "Memory that catalogues, their names and drawn cards take, as estimated.",
            registry=registry,
        )
        self.held = Gauge("nextrung_catalogues_held", "Catalogues in memory.", registry=registry)
        self.loads = Histogram(
            "nextrung_catalogue_load_seconds",
            "From when a catalogue was asked for until it could be used.",
            buckets=_SECONDS,
            registry=registry,
        )
        self.failed = Counter(
            "nextrung_catalogue_loads_failed",
            "Catalogues that could not be loaded, by why.",
            ["code"],
            registry=registry,
        )
        self.let_go = Counter(
            "nextrung_catalogues_let_go",
            "Catalogues that made room for others.",
            registry=registry,
        )

    def page(self) -> bytes:
        """Return the figures in Prometheus's text format."""
        return generate_latest(self._registry)
