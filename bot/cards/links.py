"""Requests as short strings, carried by buttons and selects.

The client holds these strings, so they carry keys only: permissions and existence are checked
again when they come back.
"""

from dataclasses import replace
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

from bot.domain.errors import OutdatedCard
from bot.domain.requests import (
    ShowCard,
    ShowCatalogue,
    ShowDetails,
    ShowDomain,
    ShowGap,
    ShowGroup,
    ShowRole,
    ShowSkill,
)

Request = ShowCard | ShowDetails


@lru_cache(maxsize=8192)
def encode(request: Request) -> str:
    """Return the request as ``kind?field=value&…``, empty fields left out."""
    match request:
        case ShowSkill(skill, levels, role):
            return _join("skill", k=skill, l=_many(levels), r=role)
        case ShowGroup(group, levels, role, page):
            return _join("group", k=group, l=_many(levels), r=role, p=page)
        case ShowRole(role, levels, page):
            return _join("role", k=role, l=_many(levels), p=page)
        case ShowDomain(domain, page):
            return _join("domain", k=domain, p=page)
        case ShowCatalogue(page):
            return _join("catalogue", p=page)
        case ShowGap(role, levels, origin_role, origin_levels, page):
            return _join(
                "gap", k=role, l=_many(levels), r=origin_role, f=_many(origin_levels), p=page
            )
        case ShowDetails(skill, role, level):
            return _join("details", k=skill, r=role, l=level)


def _join(kind: str, **values: str | int | None) -> str:
    query = urlencode({key: value for key, value in values.items() if value}, safe=",")
    return f"{kind}?{query}"


def _many(keys: tuple[str, ...]) -> str:
    return ",".join(keys)


def decode(text: str) -> Request:
    """Return the request that `encode` wrote.

    Raises:
        OutdatedCard: the text is no such request.
    """
    kind, _, query = text.partition("?")
    values = dict(parse_qsl(query))
    try:
        return _decoded(kind, values)
    except (KeyError, ValueError):
        raise OutdatedCard from None


def completed(block_id: str, chosen: ShowCard) -> ShowCard:
    """Put a role found by typing into the gap that waits for it in the select's block, if any."""
    if not isinstance(chosen, ShowGap):
        return chosen
    try:
        waiting = decode(block_id)
    except OutdatedCard:
        return chosen
    if not isinstance(waiting, ShowGap):
        return chosen
    if waiting.role is None:
        return replace(waiting, role=chosen.role)
    return replace(waiting, origin_role=chosen.role)


def _decoded(kind: str, values: dict[str, str]) -> Request:
    levels = tuple(each for each in values.get("l", "").split(",") if each)
    page = int(values.get("p", "0"))
    if page < 0:
        raise ValueError("a page counts from 0")
    match kind:
        case "skill":
            return ShowSkill(values["k"], levels, values.get("r"))
        case "group":
            return ShowGroup(values["k"], levels, values.get("r"), page)
        case "role":
            return ShowRole(values["k"], levels, page)
        case "domain":
            return ShowDomain(values["k"], page)
        case "catalogue":
            return ShowCatalogue(page)
        case "gap":
            origins = tuple(each for each in values.get("f", "").split(",") if each)
            return ShowGap(values.get("k"), levels, values.get("r"), origins, page)
        case "details":
            return ShowDetails(values["k"], values["r"], values["l"])
        case _:
            raise ValueError(kind)
