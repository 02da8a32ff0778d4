"""Socket Mode: the bot calls Slack, so no public address is needed."""

import asyncio
from logging import Logger

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.log import get_logger
from bot.slack.app import NextrungApp
from bot.slack.client import SlackClient
from bot.slack.guard import UNPARSED

# Slack's own pings come every ten seconds or so.
_PING_SECONDS = 10

log = get_logger()


class _Connection(SocketModeClient):
    """A socket that is reached as the network says; Slack names its address anew each time."""

    def __init__(self, client: SlackClient, app_token: str, logger: Logger) -> None:
        super().__init__(app_token, logger, client, ping_interval=_PING_SECONDS)
        self._network = client.network

    async def issue_new_wss_url(self) -> str:
        url = await super().issue_new_wss_url()
        self.proxy = self._network.proxy_for(url)
        return url


class _Handler(AsyncSocketModeHandler):
    """Bolt's handler over a connection of ours."""

    def __init__(self, app: NextrungApp, client: _Connection) -> None:
        # Not Bolt's own: it would open another connection.
        self.app = app
        self.client = client


class SocketMode:
    """One connection to Slack, opened and closed by the caller.

    Bolt's own `start()` ignores SIGTERM, so it is not used.
    """

    def __init__(self, app: NextrungApp, *, app_token: str) -> None:
        connection = _Connection(app.slack, app_token, app.logger)
        self._handler = _Handler(app, connection)
        self._handler.client.socket_mode_request_listeners[:] = [self._handle]
        self._taken: set[asyncio.Task[object]] = set()

    async def _handle(self, _client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        """Answer one payload; it counts as taken until its ack is on its way."""
        task = asyncio.current_task()
        if task is not None:
            self._taken.add(task)
            task.add_done_callback(self._taken.discard)
        client = self._handler.client
        try:
            await self._handler.handle(client, request)
        except UNPARSED as error:
            # Bolt cannot even parse it; unanswered, Slack would send it again.
            log.info("request_rejected", reason=type(error).__name__)
            await client.send_socket_mode_response(SocketModeResponse(request.envelope_id))

    async def connect(self) -> None:
        """Connect; payloads arrive from now on. While Slack is away, it is tried again."""
        await self._handler.connect_async()  # type: ignore[no-untyped-call] # theirs

    async def drain(self, seconds: float) -> None:
        """Take no more payloads, and wait until those taken are answered, for a while."""
        self._handler.client.socket_mode_request_listeners.clear()
        if self._taken:
            await asyncio.wait(self._taken, timeout=seconds)

    async def close(self) -> None:
        """Close the connection."""
        await self._handler.close_async()  # type: ignore[no-untyped-call] # theirs
