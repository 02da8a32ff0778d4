"""Serving the bot's HTTP side within a running event loop."""

import asyncio
import signal
import socket
from collections.abc import AsyncIterator, MutableMapping
from contextlib import asynccontextmanager, suppress
from typing import Any

import uvicorn

from bot.cli.arriving import timed
from bot.log import get_logger
from bot.slack.guard import ASGIApp, Receive, Scope, Send

GRACE_SECONDS = 3.0
# Longer than what load balancers wait by default (60 s): who closes first must be the one that
# sends, or a request meets a closed connection.
KEEP_ALIVE_SECONDS = 75
REQUEST_SECONDS = 10

log = get_logger()


@asynccontextmanager
async def serving(
    http: ASGIApp,
    *,
    host: str,
    port: int,
    keep_alive_seconds: int = KEEP_ALIVE_SECONDS,
    request_seconds: float = REQUEST_SECONDS,
    leaving: asyncio.Event | None = None,
) -> AsyncIterator[str]:
    """Serve while the block runs; yields the base address. Port 0 takes a free one.

    Leaving stops the intake first and lets answers under way finish. Signals stay the caller's,
    so that one SIGTERM stops everything in order. A connection is kept for `keep_alive_seconds`
    after an answer; headers and body of a request have `request_seconds` each to arrive. Once
    `leaving` is set, every answer asks for a new connection, which leads elsewhere by then.

    Raises:
        OSError: the address is not free.
    """
    listening = _bind(host, port)
    config = uvicorn.Config(
        _closing(http, leaving) if leaving else http,
        http=timed(request_seconds),
        timeout_keep_alive=keep_alive_seconds,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
    )
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[listening])
    try:
        yield f"http://{host}:{listening.getsockname()[1]}"
    finally:
        await _end(server, listening, seconds=GRACE_SECONDS)


async def _end(server: uvicorn.Server, listening: socket.socket, *, seconds: float) -> None:
    """Take no more requests, and return once those under way are answered.

    Uvicorn's own end looks every tenth of a second, twice at least. This one hears of it. What is
    not answered after `seconds` is broken off.
    """
    for each in server.servers:
        each.close()
    listening.close()
    state = server.server_state
    for connection in list(state.connections):
        connection.shutdown()
    try:
        async with asyncio.timeout(seconds):
            while state.tasks or state.connections:
                # An answered connection closes in the loop's next turns, a slow reader's later.
                await (asyncio.wait(set(state.tasks)) if state.tasks else asyncio.sleep(0.001))
    except TimeoutError:
        log.warning("answers_broken_off", count=len(state.tasks))
        for task in state.tasks:
            task.cancel()


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio switches Nagle's algorithm off only where the protocol is named.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError:
        listening.close()
        raise
    return listening


def _closing(http: ASGIApp, leaving: asyncio.Event) -> ASGIApp:
    """Let answers end their connections once `leaving` is set."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        async def closing(event: MutableMapping[str, Any]) -> None:
            if event["type"] == "http.response.start" and leaving.is_set():
                event = {**event, "headers": [*event.get("headers", []), (b"connection", b"close")]}
            await send(event)

        await http(scope, receive, closing)

    return serve


async def until_stopped(stopped: asyncio.Event | None = None) -> bool:
    """Return at SIGTERM or SIGINT, or when `stopped` is set; whether it was SIGTERM."""
    stopped, terminated = stopped or asyncio.Event(), asyncio.Event()

    def terminate() -> None:
        terminated.set()
        stopped.set()

    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, terminate)
    loop.add_signal_handler(signal.SIGINT, stopped.set)
    await stopped.wait()
    return terminated.is_set()


async def led_away(seconds: float) -> None:
    """Wait while whoever sends requests finds out that they must go elsewhere.

    Another signal ends it.
    """
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await until_stopped()
