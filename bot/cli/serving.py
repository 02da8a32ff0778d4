"""Serving the bot's HTTP side within a running event loop."""

import asyncio
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn

from bot.log import get_logger
from bot.slack.guard import ASGIApp

GRACE_SECONDS = 3.0

log = get_logger()


@asynccontextmanager
async def serving(http: ASGIApp, *, host: str, port: int) -> AsyncIterator[str]:
    """Serve while the block runs; yields the base address. Port 0 takes a free one.

    Leaving stops the intake first and lets answers under way finish. Signals stay the caller's,
    so that one SIGTERM stops everything in order.

    Raises:
        OSError: the address is not free.
    """
    listening = _bind(host, port)
    config = uvicorn.Config(
        http,
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


async def until_stopped(stopped: asyncio.Event | None = None) -> None:
    """Return at SIGTERM or SIGINT, or when `stopped` is set."""
    stopped = stopped or asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stopped.set)
    await stopped.wait()
