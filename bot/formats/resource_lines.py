"""A resource as one line of a table's cell: ``title | address | language | kind``."""

import re

from bot.domain.guidance import Resource, ResourceKind

_URL = re.compile(r"https?://[^\s<>|\"]{1,490}")
_DIVIDER = re.compile(r"\s+\|\s+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_KINDS = frozenset(kind.value for kind in ResourceKind)
MAX_TITLE = 100


def resource_line(resource: Resource) -> str:
    """Return a resource as a line; what it does not say is left out."""
    kind = resource.kind and resource.kind.value
    parts = (resource.title, resource.url, resource.language, kind)
    return " | ".join(part for part in parts if part)


def resource_of(line: str) -> Resource | None:
    """Return the resource of a line; None where it has no title, no address, or says more.

    An address alone is its own title.
    """
    parts = [part.strip() for part in _DIVIDER.split(line)]
    if _URL.fullmatch(parts[0]):
        parts.insert(0, parts[0].partition("://")[2].rstrip("/")[:MAX_TITLE])
    at = next((at for at, part in enumerate(parts) if at and _URL.fullmatch(part)), 0)
    title, rest = " | ".join(parts[:at]), parts[at + 1 :]
    kinds = [part for part in rest if part in _KINDS]
    languages = [part for part in rest if part not in _KINDS and _LANGUAGE.fullmatch(part)]
    if not title or len(title) > MAX_TITLE or len(kinds) > 1 or len(languages) > 1:
        return None
    if len(kinds) + len(languages) != len(rest):
        return None
    kind = ResourceKind(kinds[0]) if kinds else None
    return Resource(title, parts[at], languages[0] if languages else None, kind)
