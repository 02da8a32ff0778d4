"""The parts of one local Slack that its services share."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.sandbox.clock import LocalClock
from bot.sandbox.faults import Faults
from bot.sandbox.inspector import Inspector
from bot.sandbox.manifest import Manifest
from bot.sandbox.samples import CLIENT_SECRET
from bot.sandbox.state.installs import Installs
from bot.sandbox.state.migration import Migrations
from bot.sandbox.state.views import ViewStack
from bot.sandbox.state.world import World
from bot.values import dataclass

# Says when the bot will act next by itself: an aware moment, None where nothing is planned.
Planner = Callable[[], Awaitable[datetime | None]]
# Lets the bot hear, soon, of what happened to its installation: the place, and the events' types.
Announce = Callable[[str, tuple[str, ...]], None]


@dataclass(slots=True, kw_only=True)
class Site:
    """State, log and settings; `base_url` ("http://127.0.0.1:PORT") is known once the port is."""

    clock: LocalClock
    world: World
    installs: Installs
    migrations: Migrations
    views: ViewStack
    inspector: Inspector
    faults: Faults
    manifest: Manifest
    base_url: str = ""
    # Where the bot's own page for installing it is; None where it has none.
    install_url: str | None = None
    next_moment: Planner | None = None
    client_secret: str = CLIENT_SECRET
    announce: Announce = lambda _place_id, _kinds: None
