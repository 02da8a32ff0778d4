"""Bots for the local Slack's own tests, and clients of its Web API."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.server import LoopbackServer, loopback_socket

PATIENCE_SECONDS = 60.0  # a busy machine is slow; a test of lateness says what is late
Serve = Callable[[Callable[[Request], Awaitable[Response]]], Awaitable[None]]


@asynccontextmanager
async def served(app: ASGIApp) -> AsyncIterator[str]:
    """Serve an ASGI app on a free port of the loopback; yields its address."""
    server = LoopbackServer(app, loopback_socket("127.0.0.1", 0))
    await server.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        await server.stop()


def web_client(slack: LocalSlack, token: str | None = None, **more: Any) -> AsyncWebClient:
    return AsyncWebClient(
        token=slack.bot_token if token is None else token, base_url=slack.api_url, **more
    )


async def connect(slack: LocalSlack, app: AsyncApp, until: AsyncExitStack) -> None:
    """Connect a Bolt app the way the local Slack is set up for."""
    if slack.mode == "http":
        bolt_asgi: Any = AsyncSlackRequestHandler(app)  # typed narrower than ASGI
        address = await until.enter_async_context(served(bolt_asgi))
        slack.connect_bot(f"{address}/slack/events")
        return
    handler: Any = AsyncSocketModeHandler(app, slack.app_token)  # untyped
    until.push_async_callback(handler.close_async)
    await handler.connect_async()


def bolt(slack: LocalSlack) -> AsyncApp:
    return AsyncApp(
        client=web_client(slack),
        signing_secret=slack.signing_secret,
        process_before_response=True,
    )
