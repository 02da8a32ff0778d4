"""The local Slack as its own doors, the page and the control endpoints, see it."""

from typing import Protocol

from bot.sandbox.dispatch.events import Events
from bot.sandbox.dispatch.install_events import InstallEvents
from bot.sandbox.dispatch.interactions import Interactions
from bot.sandbox.site import Site


class Backend(Protocol):
    """Its state and settings, the events it sends, and what members can do."""

    @property
    def site(self) -> Site: ...

    @property
    def events(self) -> Events: ...

    @property
    def install_events(self) -> InstallEvents: ...

    @property
    def interactions(self) -> Interactions: ...
