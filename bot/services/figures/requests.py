"""How each request ended, and how long its parts took."""

from time import perf_counter

from prometheus_client.registry import CollectorRegistry

from bot.services.figures.tallies import Counts, Times

# Slack waits three seconds; most answers are at hand within a few milliseconds.
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 3.0)
_KINDS = {
    "block_actions": "press",
    "view_submission": "form",
    "view_closed": "closed",
    "block_suggestion": "suggestion",
    "shortcut": "shortcut",
    "message_action": "shortcut",
    "event_callback": "event",
}


class RequestFigures:
    """What came from Slack, counted. Labels are names and codes of ours, never what was typed."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.ended = Counts(
            "nextrung_requests",
            "Requests from Slack, by kind, listener and how they ended.",
            ("kind", "listener", "outcome", "code"),
            registry,
        )
        self.seconds = Times(
            "nextrung_request_seconds",
            "Time of a request in this process, by part.",
            ("kind", "part"),
            _SECONDS,
            registry,
        )


class Watch:
    """One request under way. Its parts end in this order: guard, member, service, card."""

    __slots__ = ("_began", "_code", "_figures", "_last", "_outcome", "kind", "listener")

    def __init__(self, figures: RequestFigures, body: object) -> None:
        self._figures = figures
        self.kind = kind_of(body)
        self.listener = ""
        # Until our own door: Bolt did not let it through, or answered Slack's own question.
        self._outcome, self._code = "turned_away", ""
        self._began = self._last = perf_counter()

    def entered(self) -> None:
        """The signature is right, and the workspace is known."""
        self._outcome = "abandoned"
        self.part("guard")

    def part(self, name: str) -> None:
        """Something is done that began where the part before ended."""
        now = perf_counter()
        self._figures.seconds.add((self.kind, name), now - self._last)
        self._last = now

    def answered(self) -> None:
        """It has its answer."""
        if self._outcome == "abandoned":
            self._outcome = "answered"

    def refused(self, code: str) -> None:
        """The member was told why not, in words."""
        self._outcome, self._code = "refused", code

    def faulty(self) -> None:
        """Something unexpected went wrong."""
        self._outcome, self._code = "fault", ""

    def late(self) -> None:
        """There was no answer in time."""
        self._outcome, self._code = "late", ""

    def end(self) -> None:
        """Count it, whatever became of it."""
        seconds = perf_counter() - self._began
        self._figures.seconds.add((self.kind, "whole"), seconds)
        self._figures.ended.add(self.kind, self.listener, self._outcome, self._code)


def kind_of(body: object) -> str:
    """Return a request's kind, one of a few words, whatever was sent."""
    if not isinstance(body, dict):
        return "other"
    if "command" in body:
        return "command"
    kind = body.get("type")
    return _KINDS.get(kind, "other") if isinstance(kind, str) else "other"
