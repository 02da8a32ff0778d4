"""The Web API's entrance: /api/<method>."""

import time
from datetime import datetime
from email.utils import format_datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox.api import (
    auth_methods,
    chat_methods,
    file_methods,
    install_methods,
    people_methods,
    view_methods,
)
from bot.sandbox.api.body import BodyError, basic_credentials, read_arguments
from bot.sandbox.api.call import ApiError, Call, Method
from bot.sandbox.api.trouble import Trouble, ratelimited
from bot.sandbox.dispatch.socket import SocketTransport
from bot.sandbox.inspector import Entry
from bot.sandbox.model import Json, Token
from bot.sandbox.samples import APP_ID
from bot.sandbox.site import Site

METHODS: dict[str, Method] = {
    **auth_methods.METHODS,
    **install_methods.METHODS,
    **people_methods.METHODS,
    **chat_methods.METHODS,
    **view_methods.METHODS,
    **file_methods.METHODS,
}


class WebApi:
    """Answers Web API calls: authentication, faults, rate limits, then the method itself."""

    def __init__(self, site: Site, trouble: Trouble, socket: SocketTransport) -> None:
        self._site = site
        self._trouble = trouble
        self._socket = socket
        self.in_flight = 0
        self._methods = METHODS | {
            "apps.connections.open": Method(
                handler=self._open_connection, tier=1, auth="app", scope="connections:write"
            )
        }

    def routes(self) -> list[Route]:
        """Return the routes of the Web API."""
        return [Route("/api/{method}", self.answer, methods=["GET", "POST"])]

    async def answer(self, request: Request) -> Response:
        """Answer one call."""
        self.in_flight += 1
        try:
            return await self._answer(request)
        finally:
            self.in_flight -= 1

    async def _answer(self, request: Request) -> Response:
        name = request.path_params["method"]
        started = time.perf_counter()
        unreadable: ApiError | None = None
        args: Json = {}
        try:
            args = await read_arguments(request)
        except BodyError as broken:
            unreadable = ApiError(broken.code)
        args |= basic_credentials(request)
        token = self._token(request, args)
        args.pop("token", None)
        entry = self._site.inspector.start(
            direction="from_bot",
            kind="api",
            name=name,
            request=args,
            workspace_id=token.workspace_id if token else None,
        )
        response = await self._with_faults(request, name, args, token, entry, unreadable)
        entry.status, entry.seconds = response.status_code, time.perf_counter() - started
        self._site.inspector.finish(entry)
        return response

    async def _with_faults(
        self,
        request: Request,
        name: str,
        args: Json,
        token: Token | None,
        entry: Entry,
        unreadable: ApiError | None,
    ) -> Response:
        fault = self._site.faults.take(name, token.workspace_id if token else None)
        if fault is not None:
            early = await self._trouble.before(request, fault, entry)
            if early is not None:
                return early
        wait = self._over_limit(name, args, token)
        if wait is not None:
            return ratelimited(wait, entry)
        try:
            if unreadable is not None:
                raise unreadable
            body = self._call(name, args, token, entry)
        except ApiError as refused:
            body = refused.body()
            entry.error = refused.code
        entry.response = body
        if fault is not None:
            self._trouble.after(request, fault)
        return JSONResponse(body, headers=self._headers(token))

    def _headers(self, token: Token | None) -> dict[str, str]:
        """Slack tells the time in every answer, and names the token's scopes."""
        headers = {"date": format_datetime(self._site.clock.now(), usegmt=True)}
        if token and token.scopes:
            headers["x-oauth-scopes"] = ",".join(token.scopes)
        return headers

    def _over_limit(self, name: str, args: Json, token: Token | None) -> int | None:
        method = self._methods.get(name)
        if method is None:
            return None
        return self._site.faults.over_limit(
            name,
            tier=method.tier,
            workspace_id=token.workspace_id if token else None,
            channel=str(args.get("channel", "")),
        )

    def _call(self, name: str, args: Json, token: Token | None, entry: Entry) -> Json:
        method = self._methods.get(name)
        if method is None:
            raise ApiError("unknown_method", req_method=name)
        _authorize(method, token, self._site.clock.now())
        self._check_migration(token)
        return method.handler(
            Call(site=self._site, method=name, args=args, entry=entry, token=token)
        )

    def _check_migration(self, token: Token | None) -> None:
        """The Web API is away while a workspace moves (`docs.slack.dev/reference/methods`)."""
        place = self._site.world.workspaces.get(token.workspace_id or "") if token else None
        if place is not None and place.migrating:
            raise ApiError("team_added_to_org")

    def _token(self, request: Request, args: Json) -> Token | None:
        scheme, _, value = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            value = str(args.get("token") or "")
        if not value:
            return None
        known = self._site.world.tokens.get(value.strip())
        return known or Token(value=value, kind="unknown", workspace_id=None)

    def _open_connection(self, call: Call) -> Json:
        """apps.connections.open: an address for one Socket Mode connection."""
        ticket = self._socket.new_ticket()
        base = call.site.base_url.replace("http://", "ws://", 1)
        return {"ok": True, "url": f"{base}/link/?ticket={ticket}&app_id={APP_ID}"}


def _authorize(method: Method, token: Token | None, now: datetime) -> None:
    if method.auth == "none":
        return
    if token is None:
        raise ApiError("not_authed")
    if (trouble := token.trouble(now)) is not None:
        raise ApiError(trouble)
    if token.kind == "unknown":
        raise ApiError("invalid_auth")
    if method.auth not in ("any", token.kind):
        raise ApiError("not_allowed_token_type")
    if method.scope and "*" not in token.scopes and method.scope not in token.scopes:
        raise ApiError("missing_scope", needed=method.scope, provided=",".join(token.scopes))
