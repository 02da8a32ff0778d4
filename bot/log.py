"""Structured logs: JSON for machines, colour for a terminal; never a token, never a note."""

import logging
import sys
from collections.abc import MutableMapping
from types import ModuleType
from typing import Any, Literal, cast

# Where rich is installed, structlog loads it for coloured tracebacks, which nothing here asks for:
# a tenth of a start.
_unloaded = "rich" not in sys.modules
if _unloaded:
    sys.modules["rich"] = cast("ModuleType", None)
import structlog  # noqa: E402

if _unloaded:
    del sys.modules["rich"]

get_logger = structlog.get_logger
_SECRET_PARTS = ("token", "secret", "password", "authorization", "cookie")


def configure_logging(level: str, style: Literal["json", "console"]) -> None:
    """Send structlog and the standard library's logs to standard error in one style.

    Libraries say no more than at INFO: some log whole messages at DEBUG, members' words included.
    """
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _hide_secrets,
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if style == "json"
        else structlog.dev.ConsoleRenderer()
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel("INFO" if level == "DEBUG" else level)
    logging.getLogger("bot").setLevel(level)
    for chatty in ("aiosqlite", "alembic", "apscheduler", "httpx", "uvicorn.access"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def _hide_secrets(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    for key in event:
        if any(part in key.lower() for part in _SECRET_PARTS):
            event[key] = "[hidden]"
    return event
