"""One socket to Slack: what comes is answered on it, as long as it stands."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Self

import aiohttp
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.log import get_logger
from bot.slack.network import Network

# Slack is asked this often whether it is there, and has half of it for an answer; its own pings,
# which come every ten seconds or so, are answered by aiohttp.
HEARTBEAT_SECONDS = 4.0
_HANDSHAKE_SECONDS = 5.0
_CLOSE_SECONDS = 1.0
# How long Slack keeps a connection that it wants to be replaced: "about ten seconds".
_LEAVING_SECONDS = 15.0

# Answers one payload with what goes into the ack; None where nothing is to be acknowledged.
Answer = Callable[[SocketModeRequest], Awaitable[Mapping[str, Any] | None]]
# Tells whoever waits, where the ack could not go out.
Late = Callable[[SocketModeRequest, Mapping[str, Any]], Awaitable[None]]

log = get_logger()


class LineFailed(Exception):
    """A socket could not be opened. The message says why, without an address."""


class Line:
    """An open socket. `over` is set once another has to take its place.

    Where Slack asked for that (`refreshed`), it lives on for a while, and what is under way is
    answered on it.
    """

    def __init__(
        self, socket: aiohttp.ClientWebSocketResponse, *, answer: Answer, late: Late
    ) -> None:
        self._socket = socket
        self._answer = answer
        self._late = late
        self._taken: set[asyncio.Task[None]] = set()
        self.refreshed = False
        self.over = asyncio.Event()
        self.ended = asyncio.ensure_future(self._read())

    @classmethod
    async def open(
        cls,
        session: aiohttp.ClientSession,
        url: str,
        network: Network,
        *,
        answer: Answer,
        late: Late,
    ) -> Self:
        """Connect, and return once Slack has said hello.

        Raises:
            LineFailed: Slack is not reached, or wants no more connections.
        """
        try:
            async with asyncio.timeout(_HANDSHAKE_SECONDS):
                socket = await session.ws_connect(
                    url,
                    heartbeat=HEARTBEAT_SECONDS,
                    timeout=aiohttp.ClientWSTimeout(ws_close=_CLOSE_SECONDS),
                    proxy=network.proxy_for(url),
                    ssl=network.ssl,
                )
                try:
                    reason = _unwelcome(await socket.receive())
                except BaseException:
                    await socket.close()
                    raise
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise LineFailed(type(error).__name__) from error
        if reason:
            await socket.close()
            raise LineFailed(reason)
        return cls(socket, answer=answer, late=late)

    @property
    def alive(self) -> bool:
        """Whether payloads can come and be answered."""
        return not self._socket.closed

    async def leave(self) -> None:
        """Close it once Slack has, or has nothing to be answered any more, within a while."""
        await asyncio.wait({self.ended}, timeout=_LEAVING_SECONDS)
        await self.close()

    async def drain(self, seconds: float) -> None:
        """Close it as soon as nothing waits for an answer; what comes until then is answered."""
        try:
            async with asyncio.timeout(seconds):
                while self._taken:
                    await asyncio.wait(self._taken)
        except TimeoutError:
            log.warning("answers_broken_off", count=len(self._taken))
        await self.close()

    async def close(self) -> None:
        """Close it now. What is being answered is told another way."""
        await self._socket.close()
        await asyncio.wait({self.ended})

    async def settled(self) -> None:
        """Return once all that was taken is answered."""
        if self._taken:
            await asyncio.wait(self._taken)

    async def _read(self) -> None:
        """Take what comes until the socket is closed, by whichever side."""
        try:
            async for message in self._socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._take(message.data)
        finally:
            self.over.set()

    def _take(self, data: str) -> None:
        try:
            said = json.loads(data)
            kind = said["type"]
        except (ValueError, TypeError, LookupError) as error:
            log.info("request_rejected", reason=type(error).__name__)
            return
        if kind == "disconnect":
            log.info("socket_refreshed", reason=str(said.get("reason"))[:40])
            self.refreshed = True
            self.over.set()
            return
        request = SocketModeRequest.from_dict(said)
        if request is not None and request.envelope_id:
            task = asyncio.create_task(self._handle(request))
            self._taken.add(task)
            task.add_done_callback(self._taken.discard)

    async def _handle(self, request: SocketModeRequest) -> None:
        try:
            payload = await self._answer(request)
            if payload is not None and not await self._acknowledge(request, payload):
                await self._late(request, payload)
        except Exception as error:  # one payload must not end the connection of all
            log.error("payload_failed", exc_info=error)  # noqa: TRY400 - its level

    async def _acknowledge(self, request: SocketModeRequest, payload: Mapping[str, Any]) -> bool:
        """Send the ack; False where the connection is gone, so that Slack cannot have it."""
        response = SocketModeResponse(request.envelope_id, dict(payload) or None)
        try:
            await self._socket.send_str(json.dumps(response.to_dict()))
        except (aiohttp.ClientError, OSError):
            return False
        return True


def _unwelcome(first: aiohttp.WSMessage) -> str | None:
    """Return why a new socket cannot be used; None where Slack says hello."""
    if first.type is not aiohttp.WSMsgType.TEXT:
        return "closed"
    said = json.loads(first.data)
    if not isinstance(said, dict):
        return "unreadable"
    return None if said.get("type") == "hello" else str(said.get("reason"))[:40]
