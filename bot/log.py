"""Structured logs: JSON for machines, colour for a terminal; never a token, never a note.

Libraries talk: Bolt logs whole request bodies, at INFO where a signature is wrong. What they say is
held at WARNING, cut before anything that may be a body, and scrubbed like our own.
"""

import logging
import re
import sys
from collections.abc import Callable, Mapping, MutableMapping
from contextvars import ContextVar
from functools import lru_cache
from itertools import count
from secrets import token_hex
from types import ModuleType
from typing import Any, Literal, TextIO, cast

from bot.spans import under_way

# Where rich is installed, structlog loads it for coloured tracebacks, which nothing here asks for:
# a tenth of a start.
_unloaded = "rich" not in sys.modules
if _unloaded:
    sys.modules["rich"] = cast("ModuleType", None)
import structlog  # noqa: E402

if _unloaded:
    del sys.modules["rich"]

get_logger = structlog.get_logger
# Tells this process's requests from another's in logs that are gathered in one place.
_PROCESS = token_hex(3)
_numbers = count(1)
_request: ContextVar[int] = ContextVar("request", default=0)
# Hears of an error: what was raised, if anything was, and the fields of its line in the log.
FaultHeard = Callable[[BaseException | None, Mapping[str, Any]], None]
_heard: list[FaultHeard] = []
_FAULTS = frozenset({"error", "exception", "critical"})
_SECRET_PARTS = ("token", "secret", "password", "authorization", "cookie")
_SECRETS = (
    # Slack's tokens, what a response URL or a socket's address lets in, and a URL's password.
    (re.compile(r"\bx(?:ox[a-z]|oxe\.xox[a-z]|app)-[\w-]+"), "[token]"),
    (re.compile(r"https?://hooks\.slack(?:-gov)?\.com/[^\s'\"<>)]*"), "[response URL]"),
    (re.compile(r"(https?://[^\s/'\"]+)/response/[^\s'\"<>)]*"), r"\1/response/[hidden]"),
    (re.compile(r"\b(ticket|token|secret|code|sig)=[^&\s'\"<>)]+"), r"\1=[hidden]"),
    (re.compile(r"\b(v0=)[0-9a-f]{16,}"), r"\1[hidden]"),
    (re.compile(r"(\w://)[^/\s@'\"]+@"), r"\1[hidden]@"),
    # Whole bodies: a form of Slack's, a payload of its events and interactions.
    (re.compile(r"\b\w+=[^&\s]*(?:&\w+=[^&\s]*){4,}"), "[form]"),
    (re.compile(r"(?s)\{\s*['\"](?:token|type|team(?:_id)?|api_app_id)['\"]\s*:.*"), "[body]"),
)
# Where a library's message goes on to what it was given.
_GIVEN = re.compile(
    r"[\[{<\n]|\b(?:body|payload|data|params|parameters|request|response|text)\b\s*[:=]"
)
_LONGEST = 300
# Each of the secrets has one of these; most words of a log have none.
_SUSPECT = re.compile(r"[-:={]")


def configure_logging(level: str, style: Literal["json", "console"]) -> None:
    """Send structlog and the standard library's logs to standard error in one style."""
    structlog.configure(
        processors=[*_shared(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers[:] = [log_handler(sys.stderr, style)]
    root.setLevel("ERROR" if level == "ERROR" else "WARNING")
    logging.getLogger("bot").setLevel(level)


def log_handler(stream: TextIO, style: Literal["json", "console"]) -> logging.Handler:
    """Return what writes the logs, ours and libraries', without what nobody may read."""
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if style == "json"
        else structlog.dev.ConsoleRenderer()
    )
    shared = _shared()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared[:-1], _cut_to_the_words, shared[-1]],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    # Not by levels alone: Bolt sets those of its own loggers.
    handler.addFilter(_worth_telling)
    return handler


def _shared() -> list[structlog.typing.Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        _name_request,
        structlog.stdlib.add_log_level,
        _tell_faults,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _hide_secrets,
    ]


def number_request() -> None:
    """Let the log name a request from now on in all that is done for it, beside its answer too."""
    _request.set(next(_numbers))


def hear_faults(heard: FaultHeard | None) -> None:
    """Let each error that this process logs be told to somebody, or to nobody any more.

    They are told at once, in the thread that logs: what the error was raised with, and what the log
    says beside it. They must neither wait nor raise.
    """
    _heard[:] = [heard] if heard else []


def _tell_faults(
    _logger: object, method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    if _heard and method in _FAULTS:
        given = event.get("exc_info")
        raised = given[1] if isinstance(given, tuple) else given
        if given is True:
            raised = sys.exc_info()[1]
        for heard in _heard:
            heard(raised if isinstance(raised, BaseException) else None, event)
    return event


def _name_request(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    number = _request.get()
    if number:
        event.setdefault("request", f"{_PROCESS}-{number}")
    span = under_way()
    if span is not None:
        event.setdefault("trace", span.trace)
    return event


def scrubbed(text: str) -> str:
    """Return a text without tokens, response URLs, tickets, signatures and passwords of URLs."""
    if _SUSPECT.search(text):
        for pattern, instead in _SECRETS:
            text = pattern.sub(instead, text)
    return text


def _worth_telling(record: logging.LogRecord) -> bool:
    return _is_ours(record.name) or record.levelno >= logging.WARNING


def _is_ours(name: str) -> bool:
    return name == "bot" or name.startswith("bot.")


def _cut_to_the_words(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Keep what a library says of a fault, without what it was given, which may be anybody's."""
    record = event.get("_record")
    if isinstance(record, logging.LogRecord):
        event["logger"] = record.name
        if not _is_ours(record.name):
            event["event"] = _cut(str(event["event"]))
            if "exception" in event:
                event["exception"] = "\n".join(map(_cut_last, str(event["exception"]).split("\n")))
    return event


def _cut(words: str) -> str:
    return _GIVEN.split(words, maxsplit=1)[0][:_LONGEST].rstrip(" (:-")


def _cut_last(line: str) -> str:
    """Cut what an error says, and leave the lines that say where."""
    return line if line.startswith((" ", "Traceback")) else _cut(line)


@lru_cache(maxsize=512)
def _is_secret(key: str) -> bool:
    return any(part in key.lower() for part in _SECRET_PARTS)


def _hide_secrets(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    for key in event:
        if _is_secret(key):
            event[key] = "[hidden]"
        elif isinstance(event[key], str):
            event[key] = scrubbed(event[key])
    return event
