"""What runs out: trigger ids and response URLs."""

from abc import ABC, abstractmethod
from datetime import timedelta
from typing import TypeVar

from bot.sandbox.clock import LocalClock
from bot.sandbox.model import Member, Message, ResponseUrl, Trigger

Item = TypeVar("Item")

TRIGGER_LIFE = timedelta(seconds=3)
RESPONSE_URL_LIFE = timedelta(minutes=30)
RESPONSE_URL_USES = 5
# How many changes, triggers and response URLs are kept: enough for any use, not for ever.
REMEMBERED = 5000


class Expiring(ABC):
    """The world's part that hands such things out and tells whether they still count."""

    clock: LocalClock
    members: dict[str, Member]
    triggers: dict[str, Trigger]
    response_urls: dict[str, ResponseUrl]

    @abstractmethod
    def new_id(self, prefix: str) -> str:
        """Return an id that this world has not used yet."""

    def new_trigger(
        self, member_id: str, *, view_id: str | None = None, workspace_id: str | None = None
    ) -> Trigger:
        """Return a fresh trigger id of a member's action, from within a modal where `view_id`.

        It is for the app of `workspace_id`, the member's own workspace unless another is named.
        """
        serial = self.new_id("")
        trigger = Trigger(
            id=f"{serial}.{serial}.{self.clock.now().timestamp():.0f}",
            workspace_id=workspace_id or self.members[member_id].workspace_id,
            member_id=member_id,
            issued=self.clock.now(),
            view_id=view_id,
        )
        remember(self.triggers, trigger.id, trigger)
        return trigger

    def new_response_url(
        self,
        *,
        member_id: str,
        channel_id: str,
        message: Message | None = None,
        workspace_id: str | None = None,
    ) -> ResponseUrl:
        """Return a fresh response URL (its path id; the server knows the rest of the address).

        It is for the app of `workspace_id`, the member's own workspace unless another is named.
        """
        workspace_id = workspace_id or self.members[member_id].workspace_id
        url = ResponseUrl(
            id=f"{workspace_id}/{self.new_id('')}",
            workspace_id=workspace_id,
            member_id=member_id,
            channel_id=channel_id,
            issued=self.clock.now(),
            message=message,
        )
        remember(self.response_urls, url.id, url)
        return url

    def trigger_expired(self, trigger: Trigger) -> bool:
        """Tell whether the trigger's three seconds are over."""
        return self.clock.now() - trigger.issued > TRIGGER_LIFE

    def response_url_expired(self, url: ResponseUrl) -> bool:
        """Tell whether the response URL's thirty minutes are over."""
        return self.clock.now() - url.issued > RESPONSE_URL_LIFE


def remember(kept: dict[str, Item], key: str, item: Item) -> None:
    """Keep an item, and forget the oldest beyond `REMEMBERED`."""
    kept[key] = item
    if len(kept) > REMEMBERED:
        del kept[next(iter(kept))]
