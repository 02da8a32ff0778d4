"""The local Slack: one object that holds the world, the server and the way to the bot."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot.sandbox import samples
from bot.sandbox.api.connections import Connections
from bot.sandbox.api.hooks import Hooks
from bot.sandbox.api.trouble import Trouble
from bot.sandbox.api.web_api import WebApi
from bot.sandbox.clock import LocalClock
from bot.sandbox.control import Control
from bot.sandbox.dispatch.events import Events
from bot.sandbox.dispatch.http import HttpTransport
from bot.sandbox.dispatch.install_events import InstallEvents
from bot.sandbox.dispatch.interactions import Interactions
from bot.sandbox.dispatch.sender import ACK_SECONDS, Sender
from bot.sandbox.dispatch.socket import SocketTransport
from bot.sandbox.dispatch.transport import Answer, Transport
from bot.sandbox.faults import Faults
from bot.sandbox.handles import MemberHandle
from bot.sandbox.inspector import Entry, Inspector
from bot.sandbox.manifest import read_manifest
from bot.sandbox.model import Json
from bot.sandbox.oauth.decision import Decisions
from bot.sandbox.oauth.doors import OAuthDoors
from bot.sandbox.planner import move_by, move_to_next
from bot.sandbox.server import LOOPBACK, HostGuard, LoopbackServer, loopback_socket
from bot.sandbox.site import Planner, Site
from bot.sandbox.state.installs import Installs
from bot.sandbox.state.migration import Migrations
from bot.sandbox.state.views import ViewStack
from bot.sandbox.state.world import World

SIGNING_SECRET = "local-signing-secret"  # noqa: S105 - a sample, for loopback only
# A crowded machine is slow; only what never comes may take so long.
PATIENCE_SECONDS = 60.0
Mode = Literal["http", "socket"]


class LocalSlack:
    """A Slack on this machine's loopback, for tests and for trying the bot in a browser.

    Use it as an async context manager. `clock` may be a LocalClock on a frozen base; `routes` adds
    further pages to the server (the browser page), built from this object once it exists;
    `ack_seconds` is how long the bot has for an answer, three seconds in Slack; `next_moment` says
    when the bot will act next by itself (see `plan_with`); `organisation` adds the sample Grid of
    `bot.sandbox.sample_organisation`, which has not installed the app; with a `certificate` (PEM,
    the key beside it) it speaks TLS, as Slack does.
    """

    def __init__(
        self,
        bot_url: str | None = None,
        *,
        signing_secret: str = SIGNING_SECRET,
        mode: Mode = "http",
        host: str = LOOPBACK,
        port: int = 0,
        manifest: Json | None = None,
        clock: LocalClock | None = None,
        ack_seconds: float = ACK_SECONDS,
        routes: Callable[["LocalSlack"], Sequence[BaseRoute]] | None = None,
        next_moment: Planner | None = None,
        organisation: bool = False,
        certificate: Path | None = None,
    ) -> None:
        self.signing_secret = signing_secret
        self.mode: Mode = mode
        self.manifest = read_manifest(manifest)
        self.clock = clock or LocalClock()
        self.world = World(self.clock, bot_name=self.manifest.app_name)
        if organisation:
            self.world.add_organisation(bot_name=self.manifest.app_name)
        self.inspector = Inspector(self.clock.now, self._inspected)
        self.faults = Faults(self.clock.now, lambda: self.world.publish("faults"))
        self.views = ViewStack(self.world)
        self.installs = Installs(self.world, self.manifest)
        self.migrations = Migrations(self.world)
        self.site = Site(
            clock=self.clock,
            world=self.world,
            installs=self.installs,
            migrations=self.migrations,
            views=self.views,
            inspector=self.inspector,
            faults=self.faults,
            manifest=self.manifest,
            next_moment=next_moment,
        )
        self.http = HttpTransport(
            url=bot_url, signing_secret=signing_secret, ack_seconds=ack_seconds
        )
        self._connections = Connections()
        self.socket = SocketTransport(ack_seconds=ack_seconds, abort=self._connections.drop)
        transport: Transport = self.http if mode == "http" else self.socket
        self._sender = Sender(self.site, transport)
        self.events = Events(self.site, self._sender)
        self.install_events = InstallEvents(self.site, self.events)
        self.site.announce = self.install_events.announce
        self.interactions = Interactions(self.site, self._sender, self.events)
        self._decisions = Decisions(self.site)
        self._trouble = Trouble(self.site, self._connections)
        self._api = WebApi(self.site, self._trouble, self.socket)
        self._grant_scopes()
        self._routes = routes
        self._address = (host, port)
        self._certificate = certificate
        self._server: LoopbackServer | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Begin to listen. Raises NotLoopbackError for any host but this machine's loopback."""
        listening = loopback_socket(*self._address)
        host = f"[{self._address[0]}]" if ":" in self._address[0] else LOOPBACK
        scheme = "https" if self._certificate else "http"
        self.site.base_url = f"{scheme}://{host}:{listening.getsockname()[1]}"
        extra = list(self._routes(self)) if self._routes else []
        hooks = Hooks(self.site, self._trouble, self.socket)
        doors = [*self._api.routes(), *hooks.routes(), *OAuthDoors(self.site).routes()]
        routes = [*doors, *Control(self).routes(), *extra]
        app = HostGuard(Starlette(routes=routes))
        self._server = LoopbackServer(app, listening, certificate=self._certificate)
        self._connections.open = self._server.connections
        await self._server.start()

    async def stop(self) -> None:
        """Stop listening, end the bot's sockets and every live page."""
        await self.events.close()
        self.world.close()
        await self.socket.close()
        await self.http.close()
        if self._server is not None:
            await self._server.stop()
            self._server = None

    # -- addresses and secrets ---------------------------------------------------------------

    @property
    def url(self) -> str:
        """The server's own address, without a slash at its end."""
        return self.site.base_url

    @property
    def api_url(self) -> str:
        """What a Web API client takes as its base_url."""
        return f"{self.site.base_url}/api/"

    @property
    def bot_token(self) -> str:
        """The bot token of the first workspace; see `world.workspaces` for the others'."""
        return self.world.workspaces[samples.WORKSPACE].bot_token

    @property
    def bot_tokens(self) -> list[str]:
        """Every bot token that opens something: of workspaces, and of organisations."""
        now = self.clock.now()
        tokens = self.world.tokens.values()
        return [each.value for each in tokens if each.kind == "bot" and not each.trouble(now)]

    @property
    def app_token(self) -> str:
        """The app-level token for Socket Mode."""
        return samples.APP_TOKEN

    @property
    def client_id(self) -> str:
        """The app's client id, for OAuth."""
        return samples.CLIENT_ID

    @property
    def client_secret(self) -> str:
        """The app's client secret, for OAuth."""
        return self.site.client_secret

    def connect_bot(self, url: str) -> None:
        """Say where the bot's request URL is, once that is known."""
        self.http.url = url

    def install_from(self, url: str) -> None:
        """Say where the bot's own page for installing it is, once that is known."""
        self.site.install_url = url

    def plan_with(self, next_moment: Planner) -> None:
        """Say who knows when the bot will act next (None: never), once that is known."""
        self.site.next_moment = next_moment

    # -- doing things ------------------------------------------------------------------------

    def member(self, member_id: str) -> MemberHandle:
        """Return a member to act as. Raises KeyError for an unknown id."""
        return MemberHandle(self.interactions, self.world, member_id)

    async def event(
        self, event: Json, *, workspace_id: str = samples.WORKSPACE, event_id: str | None = None
    ) -> Answer:
        """Send an event of your own making; the same `event_id` again is a duplicate."""
        return await self.events.send(event, workspace_id=workspace_id, event_id=event_id)

    def advance(self, seconds: float) -> datetime:
        """Move the clock and return the new moment; live pages hear of it."""
        return move_by(self.site, seconds)

    async def advance_to_next(self) -> datetime | None:
        """Move the clock to when the bot will act next; None where nobody tells of such a moment.

        A moment that has passed already is now: the clock never goes back here.
        """
        return await move_to_next(self.site)

    async def repeat_event(self) -> Answer:
        """Send the newest event again. Raises ValueError where none was sent yet."""
        return await self.events.repeat()

    def revoke(self, workspace_id: str = samples.WORKSPACE, *, on: bool = True) -> None:
        """Revoke the bot token of a workspace: every call with it fails; `on=False` undoes it."""
        self.world.revoke(workspace_id, on=on)

    def disable(self, member_id: str, *, on: bool = True) -> None:
        """Deactivate a member (`on=False`: activate); the bot is not told, as in the worst case."""
        self.world.change_member(member_id, deleted=on)

    async def uninstall(self, workspace_id: str = samples.WORKSPACE) -> None:
        """Remove the app from a workspace or organisation: tokens die, then it is told."""
        await self.install_events.uninstall(workspace_id)

    def consent(
        self,
        address: str,
        *,
        member: str = samples.ADMIN,
        place: str | None = None,
        leave_out: Iterable[str] = (),
        allow: bool = True,
    ) -> str:
        """Answer an `/oauth/v2/authorize` address as a member would; returns where that leads.

        `place` is a workspace or an organisation (None: the member's own workspace), `leave_out`
        the optional scopes to untick. Raises WrongAsk where Slack would show an error instead.
        """
        return self._decisions.by_hand(
            address, member_id=member, place_id=place, leave_out=leave_out, allow=allow
        )

    async def until(
        self, condition: Callable[[], bool], *, seconds: float = PATIENCE_SECONDS
    ) -> None:
        """Return as soon as `condition()` holds, looking again at every change of the world.

        Raises TimeoutError after `seconds` of real time.
        """
        subscription = self.world.subscribe()
        try:
            async with asyncio.timeout(seconds):
                while not condition():
                    await anext(subscription)
        finally:
            subscription.close()

    async def settled(self, *, quiet: float = 0.05, seconds: float = PATIENCE_SECONDS) -> None:
        """Return once nothing has happened between the bot and the local Slack for `quiet` seconds.

        For work that the bot does after its ack. Raises TimeoutError after `seconds`; where you
        know what you wait for, `until` is quicker and surer.
        """
        subscription = self.world.subscribe()
        try:
            async with asyncio.timeout(seconds):
                while True:
                    try:
                        async with asyncio.timeout(quiet):
                            await anext(subscription)
                    except TimeoutError:
                        if not (self._api.in_flight or self._sender.in_flight):
                            return
        finally:
            subscription.close()

    def _inspected(self, entry: Entry) -> None:
        self.world.publish(
            "inspector", workspace_id=entry.workspace_id or "", ref=str(entry.number)
        )

    def _grant_scopes(self) -> None:
        """Give the bot tokens the manifest's scopes, or every scope where there is no manifest."""
        scopes = self.manifest.scopes if self.manifest.known else ("*",)
        for token in self.world.tokens.values():
            if token.kind == "bot":
                token.scopes = scopes
