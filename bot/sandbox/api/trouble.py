"""Carrying out a fault that a request met: the same for Web API calls and response URLs."""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.sandbox.api.connections import Connections
from bot.sandbox.faults import RESPONSE_URL, Fault
from bot.sandbox.inspector import Entry
from bot.sandbox.model import Json
from bot.sandbox.site import Site

# The Web API tells an error with status 200; a response URL with these, any other with 400.
URL_ERROR_STATUS = {"internal_error": 500, "expired_url": 404, "used_url": 404}


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
        elif fault.kind == "error":
            return _error(fault.error, entry)
        elif fault.kind == "drop_before":
            self._connections.drop(request)
            return Response(status_code=503)
        return None

    def after(self, request: Request, fault: Fault) -> None:
        """Do what a fault does after the request had its effect, before the answer is sent."""
        if fault.kind == "drop_after":
            self._connections.drop(request)


def _error(code: str, entry: Entry) -> Response:
    status = URL_ERROR_STATUS.get(code, 400) if entry.kind == RESPONSE_URL else 200
    entry.error, entry.response = code, {"ok": False, "error": code}
    return JSONResponse(entry.response, status_code=status)


def ratelimited(wait: int, entry: Entry) -> Response:
    """Return Slack's 429, and note it."""
    body: Json = {"ok": False, "error": "ratelimited"}
    entry.error, entry.response = "ratelimited", body
    return JSONResponse(body, status_code=429, headers={"Retry-After": str(wait)})
