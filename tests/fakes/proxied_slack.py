"""A Slack that only a proxy reaches, with certificates of a private authority."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import trustme
from aiohttp import web

API, HOOKS, FILES, SOCKET = "slack.test", "hooks.slack.com", "files.slack.com", "socket.slack.test"


@dataclass(slots=True)
class ProxiedSlack:
    """`tunnels` are the hosts that the proxy was asked for, `asked` what Slack was asked then."""

    proxy: str
    ca_file: Path
    tunnels: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    authorization: list[str] = field(default_factory=list)


@asynccontextmanager
async def proxied_slack(folder: Path) -> AsyncIterator[ProxiedSlack]:
    """Run both; the names of the hosts lead nowhere but through the proxy."""
    authority = trustme.CA()
    ca_file = folder / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(API, HOOKS, FILES, SOCKET).configure_cert(context)
    slack = ProxiedSlack("", ca_file)
    runner = web.AppRunner(_application(slack))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context)
    await site.start()
    port = runner.addresses[0][1]

    async def tunnel(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _tunnel(slack, port, reader, writer)

    server = await asyncio.start_server(tunnel, "127.0.0.1", 0)
    slack.proxy = f"http://nextrung:sample@127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield slack
    finally:
        server.close()
        await runner.cleanup()


async def _tunnel(
    slack: ProxiedSlack, port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    verb, target, _ = head.split(" ", 2)
    assert verb == "CONNECT", head
    slack.tunnels.append(target)
    slack.authorization += [each for each in head.splitlines() if "Proxy-Auth" in each]
    far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    await asyncio.gather(_copy(reader, far_writer), _copy(far_reader, writer))


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(1 << 16):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass  # the other side is gone, which ends both ways
    finally:
        writer.close()


def _application(slack: ProxiedSlack) -> web.Application:
    answers: dict[str, dict[str, Any]] = {
        "oauth.v2.access": {"access_token": "xoxb-new", "team": {"id": "T0SAMPLE"}},
        "auth.test": {"team_id": "T0SAMPLE", "user_id": "U0BOT", "bot_id": "B0BOT"},
        "apps.connections.open": {"url": f"wss://{SOCKET}/link?ticket=sample"},
        "conversations.open": {"channel": {"id": "D0SAMPLE"}},
        "files.getUploadURLExternal": {"upload_url": f"https://{FILES}/upload/1", "file_id": "F1"},
        "files.completeUploadExternal": {"files": [{"id": "F1", "permalink": ""}]},
        "files.info": {"file": {"name": "a.csv", "url_private": f"https://{FILES}/private/a.csv"}},
    }

    async def api(request: web.Request) -> web.Response:
        name = request.match_info["name"]
        slack.asked.append(name)
        return web.json_response({"ok": True, **answers[name]})

    async def plain(request: web.Request) -> web.Response:
        await request.read()
        slack.asked.append(f"{request.host}{request.path}")
        return web.Response(text="ok")

    async def link(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        slack.asked.append("link")
        await socket.send_json({"type": "hello"})
        async for _ in socket:
            pass
        return socket

    app = web.Application()
    app.router.add_route("*", "/api/{name}", api)
    app.router.add_get("/link", link)
    app.router.add_route("*", "/{rest:.*}", plain)
    return app
