"""Dropping a client's connection instead of answering it."""

from typing import Any, Protocol

from starlette.requests import HTTPConnection


class Connection(Protocol):
    """A connection of the HTTP server, as uvicorn's protocols expose it."""

    client: tuple[str, int] | None
    transport: Any


class Connections:
    """The HTTP server's open connections; `open` is the server's own set."""

    def __init__(self) -> None:
        self.open: set[Any] = set()

    def drop(self, request: HTTPConnection) -> None:
        """Abort the connection that a request, or a socket, came in on."""
        client = request.client
        for connection in tuple(self.open):
            if client is not None and connection.client == (client.host, client.port):
                connection.transport.abort()
