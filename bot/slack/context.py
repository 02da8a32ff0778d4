"""What a listener knows before it starts: who asks, in which language, from which catalogue."""

from collections.abc import Coroutine, Hashable
from typing import Any, Protocol

from slack_bolt.async_app import AsyncBoltContext

from bot.domain.lookup.requests import Viewer, viewer_of
from bot.domain.tenancy import Member
from bot.services.bundle import Services
from bot.services.figures.requests import Watch
from bot.services.growth.cache import HeldGrowth
from bot.services.lookup.shelves import Shelf
from bot.slack.auth import tenant_of
from bot.slack.client import SlackClient
from bot.text.translator import Translator
from bot.values import dataclass

_KEY = "here"
_WATCH = "nextrung_watch"
_IDS = ("team_id", "enterprise_id", "user_id")
_TEXT_IF_ANY = (str, type(None))


class LaterWork(Protocol):
    """Takes work that goes on beside the answer; see `Underway.later`."""

    def __call__(self, work: Coroutine[Any, Any, None], *, turn: Hashable = None) -> bool: ...


@dataclass(frozen=True, slots=True)
class Here:
    """The values that every listener starts from. Never a session, never a connection.

    `later` takes work that goes on beside the answer, `client` speaks for the member's workspace.
    """

    member: Member
    shelf: Shelf
    tr: Translator
    services: Services
    later: LaterWork
    client: SlackClient

    async def held(self) -> HeldGrowth:
        """Return what the member holds; no query where it is at hand."""
        return await self.services.growth.of(self.member)

    @property
    def viewer(self) -> Viewer:
        return viewer_of(self.member)


def unfit_ids(context: AsyncBoltContext) -> list[str]:
    """Return the names of those ids in a request that are no texts."""
    return [name for name in _IDS if not isinstance(context.get(name), _TEXT_IF_ANY)]


def bind(context: AsyncBoltContext, here: Here) -> None:
    """Let what goes wrong from now on be told in the member's language."""
    context[_KEY] = here


def here_in(context: AsyncBoltContext) -> Here | None:
    """Return who asks, as far as that is known yet."""
    here = context.get(_KEY)
    return here if isinstance(here, Here) else None


def follow_with(context: AsyncBoltContext, watch: Watch) -> None:
    """Let what becomes of a request be told to its watch."""
    context[_WATCH] = watch


def watch_in(context: AsyncBoltContext) -> Watch | None:
    """Return the request's watch; None for one that did not come through the app."""
    watch = context.get(_WATCH)
    return watch if isinstance(watch, Watch) else None


def translator_of(context: AsyncBoltContext, services: Services) -> Translator:
    """Return the member's language, also where the request failed before it was known."""
    here = here_in(context)
    if here:
        return here.tr
    member = None
    if not unfit_ids(context) and (tenant := tenant_of(context)) and context.user_id:
        member = services.members.at_hand(tenant, context.user_id)
    return services.translators.for_locale(member.spoken if member else None)
