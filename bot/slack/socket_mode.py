"""Socket Mode: the bot calls Slack, so no public address is needed.

Several connections stand at once, each replaced by itself: Slack hands a payload to any of them.
"""

import asyncio
import json
from collections.abc import Mapping
from time import monotonic
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.domain.errors import NotShown
from bot.log import get_logger
from bot.slack.app import NextrungApp
from bot.slack.guard import UNPARSED
from bot.slack.reply.replies import reply
from bot.slack.sockets.line import Line, LineFailed
from bot.slack.sockets.opening import Opening, Wait, pause

CONNECTIONS = 2
# One that is lost sooner than this was never of use: the next is not opened at once.
_SHORT_SECONDS = 10.0

log = get_logger()


class SocketMode:
    """The connections to Slack, opened and closed by the caller.

    slack_sdk's client stands behind none of this: see ADR 0032.
    """

    def __init__(
        self,
        app: NextrungApp,
        *,
        app_token: str,
        connections: int = CONNECTIONS,
        wait: Wait = asyncio.sleep,
    ) -> None:
        self._app = app
        self._connections = connections
        self._wait = wait
        self._opening = Opening(app.slack, app_token, wait=wait)
        self._session: aiohttp.ClientSession | None = None
        self._keepers: list[asyncio.Task[None]] = []
        self._lines: set[Line] = set()
        self._leaving: set[asyncio.Task[None]] = set()
        self._first = asyncio.Event()

    @property
    def connected(self) -> int:
        """How many connections stand."""
        return sum(each.alive for each in self._lines)

    def fault(self) -> str | None:
        """Return the code of what keeps payloads away, as `Health` takes it."""
        return None if self.connected else "socket_closed"

    async def connect(self) -> None:
        """Return once a connection stands. While Slack is away, it is tried again."""
        if not self._keepers:
            self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
            self._keepers = [
                asyncio.create_task(self._keep(self._session)) for _ in range(self._connections)
            ]
        await self._first.wait()

    async def drain(self, seconds: float) -> None:
        """Open nothing any more, and close each connection once all that came by it is answered."""
        await self._stop_keeping()
        if self._lines:
            await asyncio.gather(*(each.drain(seconds) for each in self._lines))

    async def close(self) -> None:
        """Close every connection."""
        await self._stop_keeping()
        lines = list(self._lines)
        await asyncio.gather(*(each.close() for each in lines))
        if self._leaving:
            await asyncio.wait(self._leaving)
        # An ack that could not go out any more is told by a response URL.
        await asyncio.gather(*(each.settled() for each in lines))
        if self._session is not None:
            await self._session.close()

    async def _stop_keeping(self) -> None:
        keepers, self._keepers = self._keepers, []
        for each in keepers:
            each.cancel()
        if keepers:
            await asyncio.wait(keepers)

    async def _keep(self, session: aiohttp.ClientSession) -> None:
        """Let one connection stand, always: when it is to end, first open the next."""
        failures = 0
        while True:
            if failures:
                await self._wait(pause(failures))
            try:
                line = await self._open(session)
            except LineFailed as error:
                failures += 1
                log.warning("socket_not_opened", reason=str(error))
                continue
            except Exception as error:  # a connection must not be given up by a fault of ours
                failures += 1
                log.error("socket_failed", exc_info=error)  # noqa: TRY400 - its level
                continue
            opened = monotonic()
            await line.over.wait()
            if line.refreshed:
                failures = 0
                self._let_leave(line)
            else:
                failures = failures + 1 if monotonic() - opened < _SHORT_SECONDS else 0
                log.warning("socket_lost", connected=self.connected)

    async def _open(self, session: aiohttp.ClientSession) -> Line:
        url = await self._opening.url()
        line = await Line.open(
            session, url, self._app.slack.network, answer=self._answer, late=self._late
        )
        self._lines.add(line)
        line.ended.add_done_callback(lambda _: self._lines.discard(line))
        self._first.set()
        return line

    def _let_leave(self, line: Line) -> None:
        leaving = asyncio.create_task(line.leave())
        self._leaving.add(leaving)
        leaving.add_done_callback(self._leaving.discard)

    async def _answer(self, request: SocketModeRequest) -> Mapping[str, Any] | None:
        """Return what acknowledges a payload: also one that nobody can read, or it is repeated."""
        try:
            return _payload(await run_async_bolt_app(self._app, request))
        except UNPARSED as error:
            # Bolt cannot even parse it.
            log.info("request_rejected", reason=type(error).__name__)
            return {}

    async def _late(self, request: SocketModeRequest, payload: Mapping[str, Any]) -> None:
        """Show an answer whose connection is gone by the payload's own address, where it has one.

        Slack has told the member by then that nobody answered; here is the answer.
        """
        url = request.payload.get("response_url")
        shown = url and payload and request.type == "slash_commands"
        if shown:
            try:
                await reply(self._app.slack, str(url), **payload)
            except NotShown as error:
                log.warning("answer_lost", kind=request.type, reason=str(error.params["reason"]))
                return
        log.info("answer_late", kind=request.type, shown=bool(shown))


def _payload(response: BoltResponse) -> Mapping[str, Any] | None:
    """Return what Bolt answered, as it goes into an ack; None for what it refused."""
    if response.status != 200:
        return None
    if not response.body:
        return {}
    kind = response.headers.get("content-type", [""])[0]
    if kind.startswith("application/json"):
        return dict(json.loads(response.body))
    return {"text": response.body}
