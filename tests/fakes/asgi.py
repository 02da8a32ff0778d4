"""A request handed to an ASGI application in its own process: no socket, no client, no server."""

from collections.abc import Iterable, Mapping

from starlette.types import ASGIApp, Message


async def handed(
    app: ASGIApp, path: str, *, headers: Mapping[str, str], body: bytes, method: str = "POST"
) -> tuple[int, bytes]:
    """Return status and body of what is answered to a request."""
    named = {"Content-Length": str(len(body)), "Host": "127.0.0.1"} | dict(headers)
    pairs = [(name.lower().encode(), value.encode()) for name, value in named.items()]
    return await exchanged(app, path, headers=pairs, body=body, method=method)


async def exchanged(
    app: ASGIApp,
    path: str,
    *,
    headers: Iterable[tuple[bytes, bytes]],
    body: bytes,
    method: str = "POST",
) -> tuple[int, bytes]:
    """Do the same with headers just as they are given, whatever they hold."""
    status, parts = 0, list[bytes]()

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
        else:
            parts.append(message.get("body", b""))

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": list(headers),
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 80),
    }
    await app(scope, receive, send)
    return status, b"".join(parts)
