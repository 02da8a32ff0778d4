"""What Slack answers to an installation: codes that are exchanged once, tokens that it knows."""

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

CLIENT_ID, CLIENT_SECRET = "1234567890.1234567890", "a-client-secret"
SCOPES = "commands,chat:write,im:write,files:write,files:read,users:read"


def workspace_answer(
    team_id: str = "T0NORTH",
    *,
    name: str = "Northwind",
    token: str = "xoxb-north",  # noqa: S107 - no token of anybody's
    scope: str = SCOPES,
    **more: Any,
) -> dict[str, Any]:
    """What `oauth.v2.access` says of a workspace, as Slack documents it."""
    return {
        "ok": True,
        "access_token": token,
        "token_type": "bot",
        "scope": scope,
        "bot_user_id": "U0BOT",
        "app_id": "A0NEXTRUNG",
        "team": {"id": team_id, "name": name},
        "enterprise": None,
        "authed_user": {"id": "U0INSTALLER"},
        "is_enterprise_install": False,
        **more,
    }


def organisation_answer(enterprise_id: str = "E0GRID", **more: Any) -> dict[str, Any]:
    """What it says of an org-wide installation."""
    return workspace_answer(token="xoxb-grid") | {
        "team": None,
        "enterprise": {"id": enterprise_id, "name": "Grid & Sons"},
        "is_enterprise_install": True,
        **more,
    }


def identity(team_id: str | None = "T0NORTH", **more: Any) -> dict[str, Any]:
    """What `auth.test` says of a bot token."""
    return {"ok": True, "team_id": team_id, "user_id": "U0BOT", "bot_id": "B0BOT", **more}


@dataclass(slots=True)
class OAuthSlack:
    """Slack's side of it. `codes` are what each may be exchanged for, once.

    `tokens` is what `auth.test` says; `away` names the methods that break the connection, `silent`
    those that never answer.
    """

    api_url: str = ""
    codes: dict[str, dict[str, Any]] = field(default_factory=dict)
    tokens: dict[str, dict[str, Any]] = field(default_factory=dict)
    away: list[str] = field(default_factory=list)
    silent: set[str] = field(default_factory=set)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def install(self, code: str, answer: dict[str, Any], told: dict[str, Any]) -> None:
        """Let a person have said yes: a code, what it is exchanged for, whose the token is."""
        self.codes[code], self.tokens[answer["access_token"]] = answer, told

    def answer(self, method: str, given: dict[str, str], auth: str) -> dict[str, Any]:
        self.asked.append((method, given))
        if method == "auth.test":
            unknown = {"ok": False, "error": "invalid_auth"}
            return self.tokens.get(auth.removeprefix("Bearer "), unknown)
        given_auth = base64.b64decode(auth.removeprefix("Basic ")).decode()
        login, _, password = given_auth.partition(":")
        if login != CLIENT_ID:
            return {"ok": False, "error": "invalid_client_id"}
        if password != CLIENT_SECRET:
            return {"ok": False, "error": "bad_client_secret"}
        if not given.get("redirect_uri", "").endswith("/slack/oauth_redirect"):
            return {"ok": False, "error": "bad_redirect_uri"}
        return self.codes.pop(given.get("code", ""), {"ok": False, "error": "invalid_code"})


@asynccontextmanager
async def oauth_slack() -> AsyncIterator[OAuthSlack]:
    """Run it on this machine."""
    slack = OAuthSlack()

    async def api(request: web.Request) -> web.Response:
        method = request.match_info["method"]
        form = {name: str(value) for name, value in (await request.post()).items()}
        if method in slack.silent:
            await asyncio.get_running_loop().create_future()
        if method in slack.away:
            slack.away.remove(method)
            assert request.transport is not None
            request.transport.close()
        return web.json_response(
            slack.answer(method, form, request.headers.get("Authorization", ""))
        )

    app = web.Application()
    app.router.add_route("*", "/api/{method}", api)
    # Nobody waits at the end for what never answers.
    runner = web.AppRunner(app, shutdown_timeout=0.05)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    slack.api_url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    try:
        yield slack
    finally:
        await runner.cleanup()
