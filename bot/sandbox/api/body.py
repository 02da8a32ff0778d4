"""Reading what was posted: forms, JSON, uploads and query parameters."""

import json
from base64 import b64decode
from email.message import Message as MimePart
from email.parser import BytesParser
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from bot.sandbox.model import Json

MAX_BODY = 5_000_000
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"


class BodyError(Exception):
    """The body cannot be read; `code` is Slack's error for it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


async def read_arguments(request: Request) -> Json:
    """Return a call's arguments: the query, then the form or JSON body over it."""
    arguments: Json = dict(request.query_params)
    if request.method != "POST":
        return arguments
    kind = content_type(request)
    if kind == "application/json":
        body = await read_json(request)
        if not isinstance(body, dict):
            raise BodyError("json_not_object")
        return arguments | body
    raw = await _limited(request)
    if kind == FORM:
        return arguments | _form(raw)
    if kind == MULTIPART:
        fields = {name: data.decode(errors="replace") for name, data in parts(request, raw).items()}
        return arguments | fields
    if raw:
        raise BodyError("invalid_post_type")
    return arguments


async def read_json(request: Request) -> Any:
    """Return the body as JSON. Raises BodyError for anything else."""
    raw = await _limited(request)
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        raise BodyError("invalid_json") from None


def basic_credentials(request: Request) -> Json:
    """Return client_id and client_secret from HTTP Basic authentication, {} where there is none."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return {}
    try:
        name, _, secret = b64decode(value, validate=True).decode().partition(":")
    except ValueError:
        return {}
    return {"client_id": name, "client_secret": secret}


def content_type(request: Request) -> str:
    """Return the media type of a request, without its parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def parts(request: Request, raw: bytes) -> dict[str, bytes]:
    """Return the parts of a multipart body by name."""
    header = f"Content-Type: {request.headers.get('content-type', '')}\r\n\r\n".encode()
    whole = BytesParser().parsebytes(header + raw)
    found: dict[str, bytes] = {}
    for part in whole.get_payload() if whole.is_multipart() else []:
        if isinstance(part, MimePart):
            name = part.get_param("name", header="content-disposition")
            data = part.get_payload(decode=True)
            found[str(name)] = data if isinstance(data, bytes) else b""
    return found


def _form(raw: bytes) -> Json:
    try:
        return dict(parse_qsl(raw.decode(), keep_blank_values=True, max_num_fields=1000))
    except ValueError:
        raise BodyError("invalid_form_data") from None


async def _limited(request: Request) -> bytes:
    raw = await request.body()
    if len(raw) > MAX_BODY:
        raise BodyError("request_too_large")
    return raw
