"""The far end of a run of nudges, in a process of its own, which counts what it was asked.

`python -m tests.benchmarks.sending.far_end PORT CERTIFICATE WORKSPACES EACH PER_MINUTE` speaks TLS
with a certificate (PEM, the key beside it), as Slack does. It is the local Slack with its real
limits on (see docs/sandbox.md), where PER_MINUTE stands for the messages that a workspace
may be sent in a minute: it checks each card against Slack's rules as it does in the sandbox. With
PER_MINUTE 0 it is a bare server instead, which takes every message without a look.

`GET /counts` answers how often chat.postMessage was answered with a success, a 429, and anything
else; `GET /sample` the body of the last message.
"""

import asyncio
import ssl
import sys
import time
from pathlib import Path
from typing import Any

from aiohttp import web
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.cli.serving import until_stopped
from bot.sandbox.inspector import Entry
from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.model import Member, Token, Workspace
from bot.sandbox.samples import BOT_SCOPES
from tests.benchmarks.sending.crowd import slack_ids, teams, token_of

POST = "chat.postMessage"


class Counts:
    """What became of the calls of chat.postMessage."""

    def __init__(self) -> None:
        self.posted = self.limited = self.other = 0
        self.sample: dict[str, Any] = {}

    def add(self, status: int, *, ok: bool) -> None:
        """Count one call by its answer."""
        self.posted += ok
        self.limited += status == 429
        self.other += not ok and status != 429

    def as_json(self) -> dict[str, int]:
        return {"posted": self.posted, "limited": self.limited, "other": self.other}


class CountingSlack(LocalSlack):
    """A local Slack with many workspaces and real limits."""

    def __init__(
        self, counts: Counts, *, port: int, certificate: Path, workspaces: int, each: int
    ) -> None:
        self._counts = counts
        super().__init__(port=port, certificate=certificate, routes=lambda _: _routes(counts))
        for team in teams(workspaces):
            self._add(team, each)

    def _add(self, team: str, each: int) -> None:
        bot = f"UBOT{team}"
        token = Token(value=token_of(team), kind="bot", workspace_id=team, scopes=BOT_SCOPES)
        self.world.tokens[token.value] = token
        self.world.workspaces[team] = Workspace(
            id=team,
            name=team,
            domain=team.lower(),
            bot_member_id=bot,
            bot_id=f"B{team}",
            bot_token=token.value,
        )
        for name in (bot, *slack_ids(team, each)):
            self.world.members[name] = Member(
                id=name, workspace_id=team, handle=name, name=name, is_bot=name == bot
            )

    def _inspected(self, entry: Entry) -> None:
        super()._inspected(entry)
        if entry.name == POST:
            self._counts.add(entry.status or 0, ok=bool((entry.response or {}).get("ok")))
            self._counts.sample = entry.request


def _routes(counts: Counts) -> list[Route]:
    async def told(_request: Request) -> JSONResponse:
        return JSONResponse(counts.as_json())

    async def sample(_request: Request) -> JSONResponse:
        return JSONResponse(counts.sample)

    return [Route("/counts", told), Route("/sample", sample)]


async def _local(port: int, certificate: Path, workspaces: int, each: int, per_minute: int) -> None:
    async with CountingSlack(
        Counts(), port=port, certificate=certificate, workspaces=workspaces, each=each
    ) as slack:
        slack.faults.tiers = True
        slack.faults.posts_a_minute = per_minute
        await until_stopped()


async def _bare(port: int, certificate: Path) -> None:
    counts = Counts()

    async def auth_test(request: web.Request) -> web.Response:
        team = request.headers["Authorization"].removeprefix("Bearer xoxb-")
        return web.json_response({"ok": True, "team_id": team, "user_id": f"UBOT{team}"})

    async def post(request: web.Request) -> web.Response:
        body = await request.json()
        counts.add(200, ok=True)
        channel, ts = f"D{body['channel'][1:]}", f"{time.time():.6f}"
        return web.json_response({"ok": True, "channel": channel, "ts": ts})

    async def told(_request: web.Request) -> web.Response:
        return web.json_response(counts.as_json())

    async def other(_request: web.Request) -> web.Response:
        return web.json_response({"ok": True})

    app = web.Application()
    app.router.add_post("/api/auth.test", auth_test)
    app.router.add_post(f"/api/{POST}", post)
    app.router.add_route("*", "/api/{method}", other)
    app.router.add_get("/counts", told)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    await web.TCPSite(runner, "127.0.0.1", port, ssl_context=context).start()
    await until_stopped()
    await runner.cleanup()


def main(arguments: list[str]) -> None:
    """Serve until SIGTERM."""
    certificate = Path(arguments.pop(1))
    port, workspaces, each, per_minute = map(int, arguments)
    asyncio.run(
        _local(port, certificate, workspaces, each, per_minute)
        if per_minute
        else _bare(port, certificate)
    )


if __name__ == "__main__":
    main(sys.argv[1:])
