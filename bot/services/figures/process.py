"""All figures of one process, for Prometheus. Labels are codes: no person, no workspace, no text.

Counters that are told where things happen are here; what is looked at only when somebody asks is in
`standing`.
"""

from collections.abc import Awaitable, Callable

from prometheus_client import CollectorRegistry, Gauge, ProcessCollector, generate_latest

from bot.services.figures.requests import RequestFigures
from bot.services.figures.tallies import Counts, Times

_CALL_SECONDS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)


class Figures:
    """One process's figures, in a registry of its own."""

    def __init__(self) -> None:
        registry = self.registry = CollectorRegistry()
        ProcessCollector(namespace="nextrung", registry=registry)
        self.requests = RequestFigures(registry)
        self.calls = Counts(
            "nextrung_slack_calls",
            "Calls to Slack, by method and how they ended; code is why Slack refused.",
            ("method", "outcome", "code"),
            registry,
        )
        self.call_seconds = Times(
            "nextrung_slack_call_seconds",
            "How long Slack took, waiting after a 429 included.",
            ("method",),
            _CALL_SECONDS,
            registry,
        )
        self.ticks = Counts(
            "nextrung_ticks",
            "Turns of what runs by the clock, polls for changes among them.",
            ("tick", "outcome"),
            registry,
        )
        self._looks: list[Callable[[], Awaitable[None]]] = []

    def called(self, method: str, outcome: str, code: str, seconds: float) -> None:
        """Count a call to Slack."""
        self.calls.add(method, outcome, code)
        self.call_seconds.add((method,), seconds)

    def look_first(self, look: Callable[[], Awaitable[None]]) -> None:
        """Await this before each page."""
        self._looks.append(look)

    def look_at_clock(self, ahead: Callable[[], float]) -> None:
        """Tell on each page by how many seconds this machine's clock is ahead of the database's."""
        gauge = Gauge(
            "nextrung_clock_ahead_seconds",
            "By how much this machine's clock is ahead of the database's.",
            registry=self.registry,
        )
        gauge.set_function(ahead)

    async def page(self) -> bytes:
        """Return the figures in Prometheus's text format."""
        for look in self._looks:
            await look()
        return generate_latest(self.registry)
