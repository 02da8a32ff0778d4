"""Addresses that are not Web API methods: response URLs, files, Socket Mode."""

import time
from typing import Any

from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    Response,
)
from starlette.routing import BaseRoute, Route, WebSocketRoute

from bot.sandbox.api.body import MULTIPART, BodyError, content_type, parts, read_json
from bot.sandbox.api.trouble import Trouble
from bot.sandbox.dispatch.replies import RefusedError, Replies
from bot.sandbox.dispatch.socket import SocketTransport
from bot.sandbox.faults import RESPONSE_URL
from bot.sandbox.inspector import Entry
from bot.sandbox.model import ResponseUrl
from bot.sandbox.site import Site

MAX_UPLOAD = 50_000_000


class Hooks:
    """Response URLs, uploads and Socket Mode."""

    def __init__(self, site: Site, trouble: Trouble, socket: SocketTransport) -> None:
        self._site = site
        self._trouble = trouble
        self._replies = Replies(site)
        self._socket = socket

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return [
            Route("/response/{team}/{id}", self.respond, methods=["POST"]),
            Route("/upload/{id}", self.upload, methods=["POST"]),
            Route("/files-pri/{file}/{name:path}", self.download, methods=["GET"]),
            WebSocketRoute("/link/", self._socket.serve),
        ]

    async def respond(self, request: Request) -> Response:
        """Take a post to a response URL: `ok`, or Slack's error as plain text or JSON."""
        started = time.perf_counter()
        url_id = f"{request.path_params['team']}/{request.path_params['id']}"
        url = self._site.world.response_urls.get(url_id)
        entry = self._site.inspector.start(
            direction="from_bot",
            kind=RESPONSE_URL,
            name=url_id,
            request={},
            member_id=url.member_id if url else None,
            workspace_id=url.workspace_id if url else None,
        )
        response = await self._with_faults(request, entry, url)
        entry.response, entry.status = bytes(response.body).decode(), response.status_code
        entry.seconds = time.perf_counter() - started
        self._site.inspector.finish(entry)
        return response

    async def _with_faults(
        self, request: Request, entry: Entry, url: ResponseUrl | None
    ) -> Response:
        fault = self._site.faults.take(RESPONSE_URL, url.workspace_id if url else None)
        try:
            body = await read_json(request)
            entry.request = body if isinstance(body, dict) else {"body": body}
            if fault is not None:
                early = await self._trouble.before(request, fault, entry)
                if early is not None:
                    return early
            self._apply(entry, url, body)
        except BodyError:
            entry.error = "invalid_payload"
            return PlainTextResponse("invalid_payload", status_code=400)
        except RefusedError as refused:
            entry.error = refused.code
            answer = {"ok": False, "error": refused.code}
            return JSONResponse(answer, status_code=refused.status)
        if fault is not None:
            self._trouble.after(request, fault)
        return PlainTextResponse("ok")

    def _apply(self, entry: Entry, url: ResponseUrl | None, body: Any) -> None:
        if url is None:
            raise RefusedError("expired_url", status=404)
        self._replies.respond(entry, url, body)

    async def upload(self, request: Request) -> Response:
        """Take the bytes of a file that files.getUploadURLExternal announced."""
        file = self._site.world.files.get(request.path_params["id"])
        if file is None or file.shared:
            return PlainTextResponse("file_not_found", status_code=404)
        content = await request.body()
        if content_type(request) == MULTIPART:
            content = next(iter(parts(request, content).values()), b"")
        if len(content) > MAX_UPLOAD or len(content) != file.length:
            return PlainTextResponse("the length is not the announced one", status_code=400)
        file.content = content
        return PlainTextResponse(f"OK - {file.length}")

    async def download(self, request: Request) -> Response:
        """Give out a file's content to a bot token with files:read; else Slack's page to sign in.

        As in Slack, that page comes with status 200.
        """
        world = self._site.world
        place, _, file_id = request.path_params["file"].partition("-")
        file = world.files.get(file_id)
        _, _, value = request.headers.get("authorization", "").partition(" ")
        token = world.tokens.get(value)
        allowed = token and not token.revoked and {"files:read", "*"} & set(token.scopes)
        if not (token and allowed and token.workspace_id == place):
            return HTMLResponse("<title>Sign in</title>")
        if file is None or file.workspace_id != place or file.content is None:
            return PlainTextResponse("file_not_found", status_code=404)
        return Response(file.content, media_type="application/octet-stream")
