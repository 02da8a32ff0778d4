"""HTTP: Slack's requests to Bolt, and the operator's health checks."""

from collections.abc import Callable
from typing import cast

from prometheus_client import CONTENT_TYPE_LATEST
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.log import get_logger
from bot.services.health import Health
from bot.slack.app import NextrungApp
from bot.slack.guard import ASGIApp, Guard, Receive, Scope, Send
from bot.slack.installs.manifest import EVENTS_PATH

log = get_logger()


def build_http(app: NextrungApp, health: Health, metrics: Callable[[], bytes]) -> ASGIApp:
    """Build the ASGI application: Slack's path goes straight to Bolt, the rest to Starlette."""
    # Bolt annotates the ASGI callables more narrowly than the specification does.
    bolt = cast("ASGIApp", AsyncSlackRequestHandler(app, path=EVENTS_PATH))
    slack = Guard(bolt)
    operator = operator_http(health, metrics)

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == EVENTS_PATH:
            await slack(scope, receive, send)
        else:
            if scope["type"] == "http" and _is_slacks(scope):
                log.warning("request_misled", path=scope["path"], answered_at=EVENTS_PATH)
            await operator(scope, receive, send)

    return serve


def _is_slacks(scope: Scope) -> bool:
    """Tell whether a request says that Slack sent it: then its address lacks the right path."""
    return any(name.lower() == b"x-slack-signature" for name, _ in scope["headers"])


def operator_http(health: Health, metrics: Callable[[], bytes]) -> Starlette:
    """Build what an operator asks: health, and figures for Prometheus at `/metrics`."""

    async def figures(_request: Request) -> Response:
        return Response(metrics(), media_type=CONTENT_TYPE_LATEST)

    return Starlette(routes=[*health_routes(health), Route("/metrics", figures)])


def health_routes(health: Health) -> list[Route]:
    """`/healthz`: the process lives. `/readyz`: it can answer members, or 503 with the reasons."""

    async def alive(_request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def ready(_request: Request) -> Response:
        faults = await health.faults()
        status = {"status": "unready", "faults": faults} if faults else {"status": "ok"}
        return JSONResponse(status, status_code=503 if faults else 200)

    return [Route("/healthz", alive), Route("/readyz", ready)]
