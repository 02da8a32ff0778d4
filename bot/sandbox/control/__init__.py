"""Control endpoints: what the Python API does, for other tools.

All take and give JSON; a request that makes no sense gets 400 with `{"error": …}`. docs/sandbox.md
has the table of them, and a test holds it to `HANDLERS`.
"""

from collections.abc import Awaitable, Callable
from functools import partial

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox.api.body import BodyError, content_type, read_json
from bot.sandbox.backend import Backend
from bot.sandbox.control import actions, faulting, inspection, installing
from bot.sandbox.control.arguments import BadRequestError
from bot.sandbox.model import Json

Handler = Callable[[Backend, Json], Awaitable[Json]]

HANDLERS: dict[tuple[str, str], Handler] = {
    ("POST", "command"): actions.command,
    ("POST", "action"): actions.action,
    ("POST", "suggest"): actions.suggest,
    ("POST", "submission"): actions.submission,
    ("POST", "close"): actions.close,
    ("POST", "shortcut"): actions.shortcut,
    ("POST", "home"): actions.home,
    ("POST", "event"): actions.event,
    ("GET", "members"): inspection.members,
    ("GET", "messages/{member}"): inspection.messages,
    ("GET", "views/{member}"): inspection.views,
    ("GET", "clock"): inspection.clock,
    ("POST", "clock"): inspection.move_clock,
    ("GET", "inspector"): inspection.inspector,
    ("DELETE", "inspector"): inspection.clear_inspector,
    ("GET", "faults"): faulting.faults,
    ("POST", "faults"): faulting.add_fault,
    ("DELETE", "faults"): faulting.clear_faults,
    ("GET", "installs"): installing.installs,
    ("POST", "installs"): installing.change_installs,
}


class Control:
    """The control endpoints of one local Slack."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route(f"/_local/{path}", partial(self._answer, handler), methods=[method])
            for (method, path), handler in HANDLERS.items()
        ]

    async def _answer(self, handler: Handler, request: Request) -> Response:
        try:
            arguments = await _arguments(request)
            return JSONResponse(await handler(self._backend, arguments))
        except BodyError as broken:
            return _refusal(f"the body cannot be read: {broken.code}")
        except KeyError as unknown:
            return _refusal(f"unknown: {unknown.args[0]}")
        except (BadRequestError, ValueError, TypeError, OverflowError) as wrong:
            return _refusal(str(wrong))


async def _arguments(request: Request) -> Json:
    arguments: Json = {**request.query_params, **request.path_params}
    if request.method != "POST":
        return arguments
    # Another page's form can post text to loopback, but not JSON without asking first.
    if content_type(request) != "application/json":
        raise BadRequestError("the Content-Type must be application/json")
    body = await read_json(request)
    if not isinstance(body, dict):
        raise BadRequestError("the body must be a JSON object")
    return arguments | body


def _refusal(message: str) -> Response:
    return JSONResponse({"error": message}, status_code=400)
