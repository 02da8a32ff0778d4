"""Requests as short strings, carried by buttons and selects.

The client holds these strings, so they carry keys only: permissions and existence are checked
again when they come back.
"""

import re
from dataclasses import replace
from functools import lru_cache
from urllib.parse import parse_qsl, quote_plus

from bot.domain.errors import OutdatedCard
from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Status
from bot.domain.growth.requests import (
    AddEvidence,
    Assess,
    EditEvidence,
    MarkCell,
    MarkOtherwise,
    ShowEvidence,
    UndoMark,
)
from bot.domain.lookup.requests import (
    ShowCard,
    ShowCatalogue,
    ShowDetails,
    ShowDomain,
    ShowGap,
    ShowGroup,
    ShowRole,
    ShowSkill,
)
from bot.domain.nudges.requests import AnswerNudge

Deed = (
    MarkCell
    | UndoMark
    | MarkOtherwise
    | Assess
    | AddEvidence
    | EditEvidence
    | ShowEvidence
    | AnswerNudge
)
_MAX_ID = 2**63 - 1
# Keys are almost always slugs, which stand as they are; a card carries about a hundred of them.
_UNQUOTED = re.compile(r"[a-z0-9_.,~-]*", re.IGNORECASE | re.ASCII)
Request = ShowCard | ShowDetails | Deed


@lru_cache(maxsize=8192)
def encode(request: Request) -> str:
    """Return the request as ``kind?field=value&…``, empty fields left out."""
    match request:
        case (
            MarkCell()
            | UndoMark()
            | MarkOtherwise()
            | Assess()
            | AddEvidence()
            | EditEvidence()
            | ShowEvidence()
            | AnswerNudge()
        ):
            return _encode_deed(request)
        case _:
            return _encode_shown(request)


def _encode_shown(request: ShowCard | ShowDetails) -> str:
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
        case ShowDetails(skill, role, level, back):
            cell = CellKey(role, level, skill)
            return _join("details", **_of(cell), **_behind(back, cell))


def _encode_deed(request: Deed) -> str:
    match request:
        case MarkCell(cell, status, back):
            return _join("mark", **_of(cell), s=status.value, **_behind(back, cell))
        case UndoMark(cell, stamp, back):
            return _join("undo", **_of(cell), i=stamp, **_behind(back, cell))
        case MarkOtherwise(cell, back):
            return _join("status", **_of(cell), **_behind(back, cell))
        case Assess(target, skill, ended, since, status):
            return _join("assess", b=encode(target), k=skill, e=int(ended), t=since, s=status)
        case AddEvidence(cell, back, nudge):
            named = _of(cell) if cell else {}
            return _join("evidence", **named, **_behind(back, cell), n=nudge)
        case EditEvidence(evidence_id):
            return _join("piece", i=evidence_id)
        case ShowEvidence(page):
            return _join("pieces", p=page)
        case AnswerNudge(nudge_id, cell, instead):
            return _join("nudge", i=nudge_id, **(_of(cell) if cell else {}), c=int(instead))


def _join(kind: str, **values: str | int | None) -> str:
    query = "&".join(f"{key}={_quoted(str(value))}" for key, value in values.items() if value)
    return f"{kind}?{query}"


def _quoted(value: str) -> str:
    return value if _UNQUOTED.fullmatch(value) else quote_plus(value, safe=",")


def _many(keys: tuple[str, ...]) -> str:
    return ",".join(keys)


def _of(cell: CellKey) -> dict[str, str]:
    return {"k": cell.skill, "r": cell.role, "l": cell.level}


def _behind(back: ShowCard | None, cell: CellKey | None) -> dict[str, str]:
    """Return the fields for the card to redraw; short where that is the gap to the cell itself."""
    match back:
        case None:
            return {}
        case ShowGap(role, levels, origin, origins, page) if cell and (role, levels) == (
            cell.role,
            (cell.level,),
        ):
            return {"g": str(page), "o": origin or "", "f": _many(origins)}
        case _:
            return {"b": encode(back)}


def decode(text: str) -> Request:
    """Return the request that `encode` wrote.

    Raises:
        OutdatedCard: the text is no such request.
    """
    kind, _, query = text.partition("?")
    values = dict(parse_qsl(query))
    try:
        return _decode_deed(kind, values) or _decode_shown(kind, values)
    except (KeyError, ValueError):
        raise OutdatedCard from None


def completed(block_id: str, chosen: ShowCard) -> ShowCard:
    """Put a chosen role into what waits for it in the menu's block, if anything does.

    A card of a skill or group waits for another role to show, with the level that stands for the
    shown one there; a gap waits for a role to go to or to come from.
    """
    if not isinstance(chosen, ShowGap | ShowRole):
        return chosen
    try:
        waiting = decode(block_id)
    except OutdatedCard:
        return chosen
    if isinstance(chosen, ShowRole):
        if not isinstance(waiting, ShowSkill | ShowGroup):
            return chosen
        levels = chosen.levels or waiting.levels
        if isinstance(waiting, ShowSkill):
            return replace(waiting, role=chosen.role, levels=levels)
        return replace(waiting, role=chosen.role, levels=levels, page=0)
    if not isinstance(waiting, ShowGap):
        return chosen
    if waiting.role is None:
        return replace(waiting, role=chosen.role)
    return replace(waiting, origin_role=chosen.role)


def _decode_shown(kind: str, values: dict[str, str]) -> ShowCard | ShowDetails:
    levels = _keys(values, "l")
    page = _number(values, "p")
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
            return ShowGap(values.get("k"), levels, values.get("r"), _keys(values, "f"), page)
        case "details":
            cell = _cell(values)
            return ShowDetails(cell.skill, cell.role, cell.level, _back(values))
        case _:
            raise ValueError(kind)


def _decode_deed(kind: str, values: dict[str, str]) -> Deed | None:
    match kind:
        case "mark":
            return MarkCell(_cell(values), Status(values["s"]), _back(values))
        case "undo":
            return UndoMark(_cell(values), _number(values, "i", least=1), _back(values))
        case "status":
            return MarkOtherwise(_cell(values), _back(values))
        case "assess":
            status = Status(values["s"]) if "s" in values else None
            since = _number(values, "t")
            return Assess(_target(values), values.get("k"), "e" in values, since, status)
        case "evidence":
            nudge = _number(values, "n", least=1) if "n" in values else None
            return AddEvidence(_cell_if_named(values), _back(values), nudge)
        case "piece":
            return EditEvidence(_number(values, "i", least=1))
        case "pieces":
            return ShowEvidence(_number(values, "p"))
        case "nudge":
            cell = _cell_if_named(values)
            return AnswerNudge(_number(values, "i", least=1), cell, "c" in values)
        case _:
            return None


def _keys(values: dict[str, str], name: str) -> tuple[str, ...]:
    return tuple(each for each in values.get(name, "").split(",") if each)


def _number(values: dict[str, str], name: str, *, least: int = 0) -> int:
    number = int(values.get(name, "0"))
    if not least <= number <= _MAX_ID:
        raise ValueError(f"{name} is out of range")
    return number


def _cell(values: dict[str, str]) -> CellKey:
    return CellKey(role=values["r"], level=values["l"], skill=values["k"])


def _cell_if_named(values: dict[str, str]) -> CellKey | None:
    return None if values.keys().isdisjoint("krl") else _cell(values)


def _back(values: dict[str, str]) -> ShowCard | None:
    """Return the card to redraw; a card, so that nothing is nested deeper."""
    if "g" in values:
        cell, page = _cell(values), _number(values, "g")
        return ShowGap(cell.role, (cell.level,), values.get("o"), _keys(values, "f"), page)
    kind, _, query = values.get("b", "").partition("?")
    if not kind:
        return None
    back = None if kind == "details" else _decode_shown(kind, dict(parse_qsl(query)))
    if back is None or isinstance(back, ShowDetails):
        raise OutdatedCard
    return back


def _target(values: dict[str, str]) -> ShowGap:
    target = _back(values)
    if not isinstance(target, ShowGap):
        raise OutdatedCard
    return target
