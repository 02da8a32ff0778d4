"""The HTTP server: loopback only, inside the caller's event loop."""

import ipaddress
import socket
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import uvicorn
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK = "127.0.0.1"


class NotLoopbackError(ValueError):
    """The local Slack was asked to listen where others could reach it."""


def loopback_socket(host: str, port: int) -> socket.socket:
    """Return a listening socket on this machine's loopback (port 0: a free one).

    Raises NotLoopbackError for any other address: the local Slack authenticates nobody.
    """
    name = LOOPBACK if host == "localhost" else host
    try:
        is_loopback = ipaddress.ip_address(name).is_loopback
    except ValueError:
        is_loopback = False
    if not is_loopback:
        raise NotLoopbackError(
            f"the local Slack listens on {LOOPBACK} only, not on {host!r}: it lets anyone in"
        )
    family = socket.AF_INET6 if ":" in name else socket.AF_INET
    # With the protocol named, asyncio turns Nagle's algorithm off: 40 ms less per answer.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((name, port))
    except OSError:
        listening.close()
        raise
    listening.listen(128)
    listening.setblocking(False)
    return listening


class HostGuard:
    """Lets through only requests for a loopback Host, and none that another web page sends.

    A page elsewhere could point its own name at 127.0.0.1 (DNS rebinding) and so read and steer the
    local Slack from a visitor's browser; such requests carry that name as Host. A page that posts
    here across origins carries its own Origin.
    """

    def __init__(self, app: ASGIApp, names: Iterable[str] = (LOOPBACK, "localhost", "::1")) -> None:
        self._app = app
        self._names = frozenset(names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 403."""
        if scope["type"] in ("http", "websocket") and not self._is_local(scope):
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
                return
            refusal = PlainTextResponse("this Host is not the local Slack", status_code=403)
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_local(self, scope: Scope) -> bool:
        hosts = _header(scope, b"host")
        if len(hosts) != 1 or _name(hosts[0]) not in self._names:
            return False
        return all(origin.partition("://")[2] == hosts[0] for origin in _header(scope, b"origin"))


def _header(scope: Scope, wanted: bytes) -> list[str]:
    return [value.decode("latin-1") for name, value in scope["headers"] if name == wanted]


def _name(host: str) -> str:
    return host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]


class LoopbackServer:
    """Uvicorn on a loopback socket, started and stopped without signals or waiting.

    With a `certificate` (PEM, the key beside it) it speaks TLS, as Slack does.
    """

    def __init__(
        self, app: ASGIApp, listening: socket.socket, *, certificate: Path | None = None
    ) -> None:
        self._socket = listening
        config = uvicorn.Config(
            app,
            http="h11",
            ws="wsproto",
            lifespan="off",
            log_config=None,
            access_log=False,
            log_level="warning",
            server_header=False,
            date_header=False,
            ssl_certfile=certificate,
        )
        config.load()
        self._server = uvicorn.Server(config)
        self._server.lifespan = config.lifespan_class(config)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._socket.getsockname()[1])

    @property
    def connections(self) -> set[object]:
        """The open connections, as uvicorn keeps them."""
        return self._server.server_state.connections  # type: ignore[return-value] # their own union

    async def start(self) -> None:
        """Accept connections from now on."""
        await self._server.startup(sockets=[self._socket])

    async def stop(self) -> None:
        """Stop accepting and drop every connection: nobody waits for a local Slack that is gone."""
        for server in self._server.servers:
            server.close()
        for connection in list(self._server.server_state.connections):
            connection.transport.abort()
        self._socket.close()
        for server in self._server.servers:
            await server.wait_closed()
        tasks = list(self._server.server_state.tasks)
        for task in tasks:
            task.cancel()
        for task in tasks:
            # A cancelled handler may end as it likes: it has nobody left to answer.
            with suppress(BaseException):
                await task
