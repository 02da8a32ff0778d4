"""HTTP: Slack's requests to Bolt, and the operator's health checks."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from hmac import compare_digest
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from prometheus_client import CONTENT_TYPE_LATEST
from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.log import get_logger
from bot.services.health import Health
from bot.slack.app import NextrungApp
from bot.slack.guard import ASGIApp, Guard, Receive, Scope, Send
from bot.slack.installs.manifest import EVENTS_PATH

if TYPE_CHECKING:
    # They are loaded where people install the app by themselves.
    from bot.slack.installs.oauth.flow import InstallPages

Page = Callable[[], Awaitable[bytes]]
FORM = "application/x-www-form-urlencoded"
# All that Bolt looks at of a request's headers.
_HEADERS = {
    each.encode(): each
    for each in ("content-type", "x-slack-request-timestamp", "x-slack-signature")
}

log = get_logger()


def build_http(
    app: NextrungApp,
    health: Health,
    metrics: Page,
    pages: "InstallPages | None" = None,
) -> ASGIApp:
    """Build the ASGI application: Slack's path goes straight to Bolt, the rest to Starlette.

    `pages` are there where people install the app by themselves.
    """
    slack = Guard(partial(_ask_bolt, app), stale=partial(_hear_slack, app, health))
    operator = operator_http(health, metrics)
    browsers = pages.application() if pages else None
    paths = pages.paths if pages else frozenset()

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == EVENTS_PATH:
            await slack(scope, receive, send)
        elif browsers and scope["type"] == "http" and scope["path"] in paths:
            await browsers(scope, receive, send)
        else:
            if scope["type"] == "http" and _is_slacks(scope):
                log.warning("request_misled", path=scope["path"], answered_at=EVENTS_PATH)
            await operator(scope, receive, send)

    return serve


def _hear_slack(app: NextrungApp, health: Health, stamp: str, body: bytes, said: str) -> bool:
    """Let the time of a request that was refused be heard, where it is Slack's own.

    Return whether it was refused only because this machine's clock is wrong. Nothing has been done
    with it: somebody else may be asked, and whoever watches learns that it is not the request.
    """
    expected = app.signatures.generate_signature(timestamp=stamp, body=body)
    if expected and compare_digest(expected, said):
        with suppress(OverflowError, OSError, ValueError):
            return health.hear_slack(datetime.fromtimestamp(int(stamp), UTC))
    return False


async def _ask_bolt(app: NextrungApp, scope: Scope, body: bytes) -> BoltResponse:
    """Hand a request to Bolt, whose own handler would read all of it again.

    Raises:
        UNPARSED: Bolt cannot make anything of it.
    """
    raw = body.decode()
    headers = {
        _HEADERS[name]: value.decode() for name, value in scope["headers"] if name in _HEADERS
    }
    if not is_command(raw, headers.get("content-type")):
        request = AsyncBoltRequest(body=raw, headers=headers)
    else:
        # The form of a command is read here, in a third of the time. Only over a socket Bolt takes
        # a body that is read already.
        request = AsyncBoltRequest(body=fields_of(raw), headers=headers, mode="socket_mode")
        request.raw_body, request.mode = raw, "http"
    return await app.async_dispatch(request)


def is_command(raw: str, content_type: object) -> bool:
    """Tell whether a body is a plain form; everything else is Bolt's to read.

    Bolt itself takes every form with "payload" in it, as a member may type, for one of a press.
    """
    is_press = raw.startswith("payload=") or "&payload=" in raw
    return content_type == FORM and raw[:1] not in ("", "{") and not is_press


def fields_of(raw: str) -> dict[str, str]:
    """Return the fields of a form; of a name that comes twice the later one."""
    fields = {}
    for each in raw.split("&"):
        name, _, value = each.partition("=")
        # The values of three of thirteen are quoted, and no name.
        if "%" in each or "+" in each:
            name, value = _unquoted(name), _unquoted(value)
        if each:
            fields[name] = value
    return fields


def _unquoted(text: str) -> str:
    """Return what `unquote_plus` does, which goes through a text piece by piece."""
    # An address is full of these two, and has no others.
    text = text.replace("+", " ").replace("%2F", "/").replace("%3A", ":")
    return unquote_to_bytes(text).decode(errors="replace") if "%" in text else text


def _is_slacks(scope: Scope) -> bool:
    """Tell whether a request says that Slack sent it: then its address lacks the right path."""
    return any(name.lower() == b"x-slack-signature" for name, _ in scope["headers"])


def operator_http(health: Health, metrics: Page) -> Starlette:
    """Build what an operator asks: health, and figures for Prometheus at `/metrics`."""

    async def figures(_request: Request) -> Response:
        return Response(await metrics(), media_type=CONTENT_TYPE_LATEST)

    return Starlette(routes=[*health_routes(health), Route("/metrics", figures)])


def health_routes(health: Health) -> list[Route]:
    """Return what says how it goes, each with 200, or 503 and the reasons.

    `/healthz`: the process lives. `/servez`: no other could answer better. `/readyz`: all is well.
    """

    async def alive(_request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def serving(_request: Request) -> Response:
        return told(await health.unable())

    async def ready(_request: Request) -> Response:
        return told(await health.faults())

    def told(faults: list[str]) -> Response:
        status = {"status": "unready", "faults": faults} if faults else {"status": "ok"}
        return JSONResponse(status, status_code=503 if faults else 200)

    return [Route("/healthz", alive), Route("/servez", serving), Route("/readyz", ready)]
