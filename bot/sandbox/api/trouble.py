"""Carrying out a fault that a request met: the same for Web API calls and response URLs."""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.sandbox.api.connections import Connections
from bot.sandbox.faults import Fault
from bot.sandbox.inspector import Entry
from bot.sandbox.model import Json
from bot.sandbox.site import Site


class Trouble:
    """Makes requests go wrong."""

    def __init__(self, site: Site, connections: Connections) -> None:
        self._site = site
        self._connections = connections

    async def before(self, request: Request, fault: Fault, entry: Entry) -> Response | None:
        """Do what a fault does before the request has its effect; None lets it go on."""
        entry.warn("fault", f"{fault.kind} on demand")
        if fault.kind == "hold" and fault.gate is not None:
            await fault.gate.passed()
        elif fault.kind == "slow":
            clock = self._site.clock
            await clock.wait_until(clock.now() + timedelta(seconds=fault.seconds))
        elif fault.kind == "ratelimited":
            return ratelimited(fault.retry_after, entry)
        elif fault.kind == "status":
            return PlainTextResponse("upstream error", status_code=fault.status)
        elif fault.kind == "drop_before":
            self._connections.drop(request)
            return Response(status_code=503)
        return None

    def after(self, request: Request, fault: Fault) -> None:
        """Do what a fault does after the request had its effect, before the answer is sent."""
        if fault.kind == "drop_after":
            self._connections.drop(request)


def ratelimited(wait: int, entry: Entry) -> Response:
    """Return Slack's 429, and note it."""
    body: Json = {"ok": False, "error": "ratelimited"}
    entry.error, entry.response = "ratelimited", body
    return JSONResponse(body, status_code=429, headers={"Retry-After": str(wait)})
