"""What is sent to an operator's own collectors, where settings name them; nothing by itself."""

import asyncio
from collections.abc import Callable
from dataclasses import field
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING

from bot import __version__
from bot.log import FaultHeard, get_logger, hear_faults
from bot.spans import Tracer
from bot.values import dataclass

if TYPE_CHECKING:
    # Who calls has read them; here they are a value like others, and need no pydantic.
    from bot.config import Settings

# What waits at the end is sent within this, or left.
LAST_SECONDS = 2.0

log = get_logger()


@dataclass(slots=True)
class Telemetry:
    """Who traces and who hears of faults in this process, if anybody.

    `missing` names settings whose package is not installed, each with the extra that brings it.
    """

    tracer: Tracer | None = None
    heard: FaultHeard | None = None
    missing: dict[str, str] = field(default_factory=dict)
    closing: list[Callable[[], None]] = field(default_factory=list)

    def begin(self) -> None:
        """Let faults be heard from now on, and say what cannot be sent."""
        for setting, extra in self.missing.items():
            log.warning("extra_missing", setting=setting, remedy=remedy_of(extra))
        if self.heard is not None:
            hear_faults(self.heard)

    async def close(self) -> None:
        """Send what waits, for a moment; a collector that says nothing keeps nobody."""
        if self.heard is not None:
            hear_faults(None)
        closing, self.closing = self.closing, []
        try:
            async with asyncio.timeout(LAST_SECONDS):
                await asyncio.gather(*map(_aside, closing))
        except TimeoutError:
            log.warning("telemetry_left")


async def _aside(close: Callable[[], None]) -> None:
    """Call it in a thread that nobody waits for, as the event loop does at its end for its own."""
    loop, done = asyncio.get_running_loop(), asyncio.Event()

    def run() -> None:
        try:
            close()
        finally:
            if not loop.is_closed():
                loop.call_soon_threadsafe(done.set)

    Thread(target=run, name="telemetry", daemon=True).start()
    await done.wait()


def telemetry_of(settings: "Settings") -> Telemetry:
    """Return what the settings ask for; it connects to nothing yet.

    A package that is missing is no reason not to answer members: `Telemetry.missing` names it.
    """
    built = Telemetry(missing=missing_extras(settings))
    for each in _WANTED:
        if _is_set(settings, each.setting) and each.setting not in built.missing:
            each.build(built, settings)
    return built


def missing_extras(settings: "Settings") -> dict[str, str]:
    """Return settings whose package is not installed, each with the extra that brings it."""
    missing = {}
    for each in _WANTED:
        if _is_set(settings, each.setting):
            try:
                import_module(each.module)
            except ImportError:
                missing[each.setting] = each.extra
    return missing


def _is_set(settings: "Settings", name: str) -> bool:
    return getattr(settings, name.lower()) is not None


def remedy_of(extra: str) -> str:
    """Say how an extra is installed."""
    return f"pip install 'nextrung[{extra}]'"


def _trace(built: Telemetry, settings: "Settings") -> None:
    from bot.telemetry.otlp import OtlpTracer

    given = settings.nextrung_otlp_headers
    tracer = OtlpTracer(
        str(settings.nextrung_otlp_url),
        version=__version__,
        share=settings.nextrung_traced_share,
        headers=dict(headers_in(given.get_secret_value() if given else "")),
    )
    built.tracer = tracer
    built.closing.append(tracer.close)


def _hear(built: Telemetry, settings: "Settings") -> None:
    from bot.telemetry.sentry import SentryFaults

    dsn = settings.nextrung_sentry_dsn
    faults = SentryFaults(dsn.get_secret_value() if dsn else "", version=__version__)
    built.heard = faults.hear
    built.closing.append(lambda: faults.close(LAST_SECONDS))


def headers_in(words: str) -> list[tuple[str, str]]:
    """Return the headers of a setting such as `api-key=abc, tenant=mine`."""
    pairs = (each.partition("=") for each in words.split(",") if each.strip())
    return [(name.strip(), value.strip()) for name, _, value in pairs]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a setting asks for, the module that does it, and the extra without which it cannot."""

    setting: str
    extra: str
    module: str
    build: Callable[[Telemetry, "Settings"], None]


_WANTED = (
    _Wanted("NEXTRUNG_OTLP_URL", "otel", "bot.telemetry.otlp", _trace),
    _Wanted("NEXTRUNG_SENTRY_DSN", "sentry", "bot.telemetry.sentry", _hear),
)
