"""What the page needs of the local Slack."""

from typing import Protocol

from bot.sandbox.dispatch.events import Events
from bot.sandbox.dispatch.interactions import Interactions
from bot.sandbox.site import Site


class Backend(Protocol):
    """The local Slack as the page sees it: its parts, and what members can do."""

    @property
    def site(self) -> Site: ...

    @property
    def events(self) -> Events: ...

    @property
    def interactions(self) -> Interactions: ...
