"""Faults to Sentry, or to what speaks as it does: where it happened, never what was said.

The words of an error may be a member's, and so may the values beside it: neither is sent, nor who
or where it was. The number that the member saw and the request's number in the log are.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

from sentry_sdk import Client
from sentry_sdk.utils import event_from_exception

if TYPE_CHECKING:
    from sentry_sdk.types import Event, Hint

_MOST_WAITING = 100
# Fields of a line in the log that are numbers or codes of ours.
_TAGS = ("incident", "request", "trace", "code", "tick")
_OF_FRAMES = ("filename", "module", "function", "lineno", "in_app")
_KEPT = ("event_id", "timestamp", "platform", "release", "environment", "level", "sdk")
# What sends must not tell of itself: a collector that is down would fill its own queue.
_SENDERS = ("sentry_sdk", "opentelemetry", "urllib3")


class SentryFaults:
    """Tells each fault that is logged; a thread of the library's sends them."""

    def __init__(self, dsn: str, *, version: str) -> None:
        """Connects to nothing yet.

        Raises:
            BadDsn: of the library's; the address is none.
        """
        self._client = Client(
            dsn=dsn,
            release=f"nextrung@{version}",
            before_send=_only_what_is_named,
            # Nothing is hooked into other libraries, and nothing is noticed by the way.
            default_integrations=False,
            auto_enabling_integrations=False,
            auto_session_tracking=False,
            max_breadcrumbs=0,
            send_client_reports=False,
            enable_backpressure_handling=False,
            enable_metrics=False,
            spotlight=False,
            include_local_variables=False,
            include_source_context=False,
            server_name="nextrung",
            transport_queue_size=_MOST_WAITING,
            in_app_include=["bot"],
        )

    def hear(self, raised: BaseException | None, line: Mapping[str, Any]) -> None:
        """Tell a fault; see `bot.log.FaultHeard`."""
        logger = str(line.get("logger", ""))
        if logger.startswith(_SENDERS):
            return
        # To log must go on, whatever is the matter with what listens.
        with suppress(Exception):
            self._client.capture_event(self._event(raised, logger, line))

    def _event(self, raised: BaseException | None, logger: str, line: Mapping[str, Any]) -> "Event":
        event: Event = {"level": "error"}
        if raised is not None:
            event, _ = event_from_exception(raised, client_options=self._client.options)
        # What a library says may be anybody's words; ours are names of events.
        event["logger"] = logger or "nextrung"
        event["message"] = logger or str(line.get("event"))
        event["tags"] = {name: str(line[name]) for name in _TAGS if line.get(name)}
        return event

    def close(self, seconds: float) -> None:
        """Send what waits, for so many seconds at most."""
        self._client.close(timeout=seconds)


def _only_what_is_named(event: "Event", _hint: "Hint") -> "Event":
    """Keep of an event what is known to be nobody's."""
    given = cast("dict[str, Any]", event)
    kept = {name: given[name] for name in (*_KEPT, "logger", "message", "tags") if name in given}
    raised = given.get("exception", {}).get("values", ())
    if raised:
        kept["exception"] = {"values": [_bare(each) for each in raised]}
    return cast("Event", kept)


def _bare(raised: Mapping[str, Any]) -> dict[str, Any]:
    frames = (raised.get("stacktrace") or {}).get("frames", ())
    places = [{name: each.get(name) for name in _OF_FRAMES} for each in frames]
    named = {name: raised.get(name) for name in ("type", "module")}
    return {**named, "stacktrace": {"frames": places}}
