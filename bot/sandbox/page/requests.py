"""What every endpoint of the page does: read a request, and answer failures in plain words."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from bot.sandbox.model import Json
from bot.sandbox.page.templating import render

Endpoint = Callable[[Request], Awaitable[Response]]

# The page loads nothing from elsewhere but the pictures that a bot's blocks name.
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' http: https: data:; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class BadRequestError(Exception):
    """The page's own scripts would never send this; ``status`` is that of the answer."""

    def __init__(self, message: str, *, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


def guarded(endpoint: Endpoint) -> Endpoint:
    """Turns what an endpoint raises into an answer: 404 for a missing thing, 400 for a bad one."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except BadRequestError as wrong:
            return _failure(request, wrong.status, str(wrong))
        except KeyError as missing:
            return _failure(request, 404, f"there is no {missing}")
        except ValueError as wrong:
            return _failure(request, 400, str(wrong))

    return answer


def _failure(request: Request, status: int, message: str) -> Response:
    if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
        page = render("missing", language="en")
        return HTMLResponse(str(page), status_code=status, headers=HEADERS)
    return JSONResponse({"error": message}, status_code=status, headers=HEADERS)


async def body_of(request: Request) -> Json:
    """The JSON object of a request.

    Only JSON is taken: a form of another site can send anything else without the browser asking.
    """
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise BadRequestError("send JSON", status=415)
    try:
        body: Any = json.loads(await request.body())
    except (ValueError, RecursionError) as wrong:
        raise BadRequestError("the body is no valid JSON") from wrong
    if not isinstance(body, dict):
        raise BadRequestError("the body must be a JSON object")
    return body


def text_in(body: Json, key: str) -> str:
    """A string of the body. Raises BadRequestError where there is none."""
    value = body.get(key)
    if not isinstance(value, str):
        raise BadRequestError(f"{key} must be a string")
    return value


def html(markup: str) -> Response:
    """An HTML answer with the page's headers."""
    return HTMLResponse(str(markup), headers=HEADERS)


def json_answer(body: object) -> Response:
    """A JSON answer with the page's headers."""
    return JSONResponse(body, headers=HEADERS)
