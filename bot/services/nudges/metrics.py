"""Figures about nudges, for Prometheus. Labels are codes: no person, no workspace, no text."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

# A nudge that comes within a minute is on time; hours tell of an outage.
_LAG = (1, 5, 15, 30, 60, 120, 300, 900, 3600, 4 * 3600, 24 * 3600)


class NudgeMetrics:
    """One process's figures, in a registry of its own where none is given."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        registry = self._registry = registry or CollectorRegistry()
        self.planned = Counter(
            "nextrung_nudges_planned", "Due plans turned into nudges.", registry=registry
        )
        self.replanned = Counter(
            "nextrung_nudge_plans_replanned",
            "Plans that lay impossibly far ahead: a clock was wrong.",
            registry=registry,
        )
        self.claimed = Counter(
            "nextrung_nudges_claimed", "Nudges marked as being sent.", registry=registry
        )
        self.sent = Counter("nextrung_nudges_sent", "Nudges that Slack took.", registry=registry)
        self.unknown = Counter(
            "nextrung_nudges_unknown",
            "Nudges of which nobody knows whether they arrived.",
            ["reason"],
            registry=registry,
        )
        self.failed = Counter(
            "nextrung_nudges_failed",
            "Nudges that Slack refused, by what it is about.",
            ["kind", "code"],
            registry=registry,
        )
        self.withheld = Counter(
            "nextrung_nudges_withheld",
            "Slots for which nothing was to be sent.",
            ["reason"],
            registry=registry,
        )
        self.put_back = Counter(
            "nextrung_nudges_put_back", "Nudges that wait for working hours.", registry=registry
        )
        self.circuits = Counter(
            "nextrung_nudge_circuits_opened",
            "Times that a workspace was left alone because sending failed.",
            ["code"],
            registry=registry,
        )
        self.senders = Gauge(
            "nextrung_nudge_senders", "Workspaces being sent to now.", registry=registry
        )
        self.lag = Histogram(
            "nextrung_nudge_lag_seconds",
            "From when a nudge was due until Slack took it.",
            buckets=_LAG,
            registry=registry,
        )

    def page(self) -> bytes:
        """Return the figures in Prometheus's text format."""
        return generate_latest(self._registry)
