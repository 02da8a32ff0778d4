"""The parts of one local Slack that its services share."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.sandbox.clock import LocalClock
from bot.sandbox.faults import Faults
from bot.sandbox.inspector import Inspector
from bot.sandbox.manifest import Manifest
from bot.sandbox.state.views import ViewStack
from bot.sandbox.state.world import World

# Says when the bot will act next by itself: an aware moment, None where nothing is planned.
Planner = Callable[[], Awaitable[datetime | None]]


@dataclass(slots=True, kw_only=True)
class Site:
    """State, log and settings; `base_url` ("http://127.0.0.1:PORT") is known once the port is."""

    clock: LocalClock
    world: World
    views: ViewStack
    inspector: Inspector
    faults: Faults
    manifest: Manifest
    base_url: str = ""
    next_moment: Planner | None = None
    client_secret: str = "local-client-secret"  # noqa: S105 - a sample, for the local OAuth only
