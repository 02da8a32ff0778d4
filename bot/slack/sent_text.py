"""Texts as Slack sends them: what was typed, in whole characters.

JSON writes an emoji as two escapes; a text that was cut between them holds one half, a lone
surrogate. It can be neither kept nor sent, so it is replaced where requests come in.
"""

import re
from typing import Any

from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.request.async_internals import build_async_context

_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
_ENTITY = re.compile("|".join(_ENTITIES))
_ESCAPED = re.compile(r"(?:\\|%5C)u[d][89a-f]", re.IGNORECASE)
_HALF = re.compile("[\ud800-\udfff]")
_INSTEAD = "\N{REPLACEMENT CHARACTER}"


def typed_text(sent: str) -> str:
    """Return the text of a command as it was typed.

    Slack writes three characters as entities. They are decoded here, once, and nowhere else: who
    types "&amp;" itself sends "&amp;amp;", and gets back what they typed.
    """
    # Hardly any command has one.
    return _ENTITY.sub(lambda found: _ENTITIES[found[0]], sent) if "&" in sent else sent


def make_whole(request: AsyncBoltRequest) -> None:
    """Replace each half of a character in a request that came over HTTP or a socket."""
    if request.raw_body and not _has_escape(request.raw_body):
        return  # nothing but an escape brings one in
    if _has_half(request.body):
        request.body = whole(request.body)
        request.context = build_async_context(request.context, request.body)


def _has_escape(raw: str) -> bool:
    # To look for the sign first takes a twentieth of the time, and hardly any command has it.
    has_sign = "\\" in raw or "%5C" in raw or "%5c" in raw
    return has_sign and _ESCAPED.search(raw) is not None


def whole(value: Any) -> Any:
    """Return a value of JSON with whole characters only; its keys included."""
    if isinstance(value, str):
        return _HALF.sub(_INSTEAD, value)
    if isinstance(value, list):
        return [whole(each) for each in value]
    if isinstance(value, dict):
        return {whole(name): whole(each) for name, each in value.items()}
    return value


def _has_half(value: Any) -> bool:
    if isinstance(value, str):
        return not value.isascii() and _HALF.search(value) is not None
    if isinstance(value, list):
        return any(map(_has_half, value))
    if isinstance(value, dict):
        return any(_has_half(name) or _has_half(each) for name, each in value.items())
    return False
