"""How each request ended, and how long its parts took."""

from collections import defaultdict
from time import perf_counter

from prometheus_client.registry import CollectorRegistry

from bot.services.figures.tallies import Counts, Times
from bot.spans import Span, add_in_turn

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


PARTS = ("guard", "member", "service", "card", "whole")
# So many are counted at a time, which is cheaper, and still takes a small part of a millisecond.
_BATCH = 256

Ended = tuple[str, str, str, str]
Moments = tuple[float, float, float, float, float, float]


class RequestFigures:
    """What came from Slack, counted. Labels are names and codes of ours, never what was typed."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._pending: list[tuple[Ended, Moments]] = []
        self._ended = Counts(
            "nextrung_requests",
            "Requests from Slack, by kind, listener and how they ended.",
            ("kind", "listener", "outcome", "code"),
            registry,
            before=self.settle,
        )
        self._seconds = Times(
            "nextrung_request_seconds",
            "Time of a request in this process, by part.",
            ("kind", "part"),
            _SECONDS,
            registry,
            before=self.settle,
        )

    def note(self, ended: Ended, moments: Moments) -> None:
        """Count a request: how it ended, and when it began, when each part and all of it ended.

        A part that was not reached ended at 0.
        """
        pending = self._pending
        pending.append((ended, moments))
        if len(pending) >= _BATCH:
            self.settle()

    def settle(self) -> None:
        """Count what was noted so far."""
        pending, self._pending = self._pending, []
        took: defaultdict[str, tuple[list[float], ...]] = defaultdict(_parts)
        for (kind, *_), (began, guarded, known, served, written, ended) in pending:
            guard, member, service, card, whole = took[kind]
            whole.append(ended - began)
            if guarded:
                guard.append(guarded - began)
            if known:
                member.append(known - guarded)
            if served:
                service.append(served - (known or guarded))
            if written:
                card.append(written - served)
        self._ended.add_all(ended for ended, _ in pending)
        for kind, parts in took.items():
            for part, seconds in zip(PARTS, parts, strict=True):
                self._seconds.add_all((kind, part), seconds)


class Watch:
    """One request under way; each part sets the moment at which it ended, by `perf_counter`.

    Setting is all there is to do meanwhile: every request pays for it.
    """

    __slots__ = (
        "_began",
        "_body",
        "_figures",
        "_span",
        "code",
        "guarded",
        "known",
        "listener",
        "outcome",
        "served",
        "written",
    )

    def __init__(self, figures: RequestFigures, body: object, span: Span | None = None) -> None:
        self._began = perf_counter()
        self._span = span
        self._figures = figures
        self._body = body
        self.listener = self.code = ""
        # Until our own door: Bolt did not let it through, or answered Slack's own question.
        self.outcome = "turned_away"
        self.guarded = self.known = self.served = self.written = 0.0

    def entered(self) -> None:
        """The signature is right, and the workspace is known."""
        self.outcome = "abandoned"
        self.guarded = perf_counter()

    def answered(self) -> None:
        """It has its answer."""
        self.outcome = "answered"

    def refused(self, code: str) -> None:
        """The member was told why not, in words."""
        self.outcome, self.code = "refused", code

    def faulty(self) -> None:
        """Something unexpected went wrong."""
        self.outcome, self.code = "fault", ""

    def late(self) -> None:
        """There was no answer in time."""
        self.outcome, self.code = "late", ""

    def end(self) -> None:
        """Count it, whatever became of it."""
        ended = (kind_of(self._body), self.listener, self.outcome, self.code)
        parts = (self.guarded, self.known, self.served, self.written)
        self._figures.note(ended, (self._began, *parts, perf_counter()))
        if self._span is not None:
            add_in_turn(self._span, tuple(zip(PARTS, parts, strict=False)), self._began)
            _tell(self._span, ended)


def _tell(span: Span, ended: Ended) -> None:
    kind, listener, outcome, code = ended
    facts = {"kind": kind, "listener": listener, "outcome": outcome, "code": code}
    span.end(f"{kind} {listener}".rstrip(), facts, faulty=outcome in {"fault", "late"})


def _parts() -> tuple[list[float], ...]:
    return [], [], [], [], []


def kind_of(body: object) -> str:
    """Return a request's kind, one of a few words, whatever was sent."""
    if not isinstance(body, dict):
        return "other"
    if "command" in body:
        return "command"
    kind = body.get("type")
    return _KINDS.get(kind, "other") if isinstance(kind, str) else "other"
