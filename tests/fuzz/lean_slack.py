"""A Slack that says yes to everything and keeps nothing: a million calls cost it no memory.

`python -m tests.fuzz.lean_slack` tells its address, and serves until its input ends.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from bot.sandbox.samples import BOT_SCOPES

TEAMS = tuple(f"TFUZZ{number}" for number in range(4))
TABLE = b"role,level,skill,text\nBaker,Junior,Dough,Kneads.\nBaker,Senior,Dough,Adapts.\n"

Json = dict[str, Any]


def token_of(team: str) -> str:
    """Return the bot token of a workspace."""
    return f"xoxb-{team}"


@asynccontextmanager
async def lean_slack() -> AsyncIterator[str]:
    """Serve on loopback while the block runs; yields the address, without a slash at its end."""
    app = web.Application()
    runner = web.AppRunner(app, access_log=None)
    address = ""

    async def api(request: web.Request) -> web.Response:
        given = dict(await request.post()) if request.can_read_body else {}
        team = request.headers.get("authorization", "").removeprefix("Bearer xoxb-")
        body = _answer(request.match_info["method"], team, {**request.query, **given}, address)
        return web.json_response(body, headers={"x-oauth-scopes": ",".join(BOT_SCOPES)})

    async def anything(request: web.Request) -> web.Response:
        await request.read()
        return web.Response(body=TABLE, content_type="text/csv")

    app.router.add_route("*", "/api/{method}", api)
    app.router.add_route("*", "/{rest:.*}", anything)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield address
    finally:
        await runner.cleanup()


def _answer(method: str, team: str, given: Json, address: str) -> Json:
    if method == "auth.test":
        return {"ok": True, "team_id": team, "user_id": "U0BOT", "bot_id": "B0BOT", "user": "app"}
    if method == "users.info":
        return {"ok": True, "user": _member(str(given.get("user", "")), team)}
    if method == "conversations.open":
        return {"ok": True, "channel": {"id": "D0FUZZ"}}
    if method.startswith("views."):
        return {"ok": True, "view": {"id": "V0FUZZ", "hash": "1.1", "type": "modal"}}
    if method.startswith("files."):
        file = {"id": "F0FUZZ", "name": "a.csv", "size": len(TABLE), "mode": "hosted"}
        file |= {"url_private": f"{address}/a.csv", "url_private_download": f"{address}/a.csv"}
        upload = {"upload_url": f"{address}/upload", "file_id": "F0FUZZ"}
        return {"ok": True, "file": file, "files": [file], **upload}
    return {"ok": True, "channel": str(given.get("channel", "D0FUZZ")), "ts": "1.000100"}


def _member(slack_id: str, team: str) -> Json:
    return {
        "id": slack_id,
        "team_id": team,
        "name": "sample",
        "real_name": "Sample",
        "profile": {"real_name": "Sample", "display_name": "Sample", "team": team},
        "locale": "zh-CN" if slack_id.endswith("7") else "en-US",
        "tz": "Asia/Shanghai" if slack_id.endswith("7") else "Europe/Berlin",
        "tz_offset": 3600,
        "is_admin": slack_id.endswith("3"),
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": slack_id.endswith("99"),
        "is_ultra_restricted": False,
        "is_bot": False,
        "deleted": False,
        "updated": 1,
    }


async def _serve() -> None:
    async with lean_slack() as address:
        print(address, flush=True)
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve())
