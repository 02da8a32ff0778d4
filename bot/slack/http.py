"""HTTP: Slack's requests to Bolt, and the operator's health checks."""

from typing import cast

from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.services.health import Health
from bot.slack.app import NextrungApp
from bot.slack.guard import ASGIApp, Guard, Receive, Scope, Send

EVENTS_PATH = "/slack/events"


def build_http(app: NextrungApp, health: Health) -> ASGIApp:
    """Build the ASGI application: Slack's path goes straight to Bolt, the rest to Starlette."""
    # Bolt annotates the ASGI callables more narrowly than the specification does.
    bolt = cast("ASGIApp", AsyncSlackRequestHandler(app, path=EVENTS_PATH))
    slack = Guard(bolt)
    operator = Starlette(routes=health_routes(health))

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == EVENTS_PATH:
            await slack(scope, receive, send)
        else:
            await operator(scope, receive, send)

    return serve


def health_routes(health: Health) -> list[Route]:
    """`/healthz`: the process lives. `/readyz`: it can answer members, or 503 with the reasons."""

    async def alive(_request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def ready(_request: Request) -> Response:
        faults = await health.faults()
        status = {"status": "unready", "faults": faults} if faults else {"status": "ok"}
        return JSONResponse(status, status_code=503 if faults else 200)

    return [Route("/healthz", alive), Route("/readyz", ready)]
