"""Requests as short strings, carried by buttons and selects.

The client holds these strings, so they carry keys only: permissions and existence are checked
again when they come back.
"""

import re
from dataclasses import replace
from functools import lru_cache
from urllib.parse import parse_qsl, quote_plus, unquote_plus

from bot.cards import limits
from bot.domain.errors import OutdatedCard
from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Status
from bot.domain.growth.packet import Saw
from bot.domain.growth.requests import (
    AddEvidence,
    Assess,
    EditEvidence,
    HandleAction,
    MarkCell,
    MarkOtherwise,
    PlanAction,
    ShowActions,
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
from bot.domain.teams.confirmation import AskColleague, OfConfirmation
from bot.domain.teams.requests import OfItem, OfMark, OfShare, TeamAsk

Deed = (
    MarkCell
    | UndoMark
    | MarkOtherwise
    | Assess
    | AddEvidence
    | EditEvidence
    | ShowEvidence
    | AnswerNudge
    | OfShare
    | AskColleague
    | OfConfirmation
    | OfItem
    | OfMark
    | TeamAsk
)
Planning = PlanAction | HandleAction | ShowActions
_MAX_ID = 2**63 - 1
# Keys are almost always slugs, which stand as they are.
_UNQUOTED = re.compile(r"[a-z0-9_.,~-]*", re.IGNORECASE | re.ASCII)
_COMMA = ","
_QUOTES = {code: quote_plus(chr(code), safe=_COMMA) for code in range(128)}
# A gap whose fields have no names, only places.
_SHORT = "g"
Request = ShowCard | ShowDetails | Deed | Planning


def encode(request: Request) -> str:
    """Return the request as ``kind?field=value&…``, empty fields left out."""
    # A card has twenty links to other cards: these are not compared with sixteen other types first.
    if isinstance(request, ShowCard):
        return _encode_shown(request)
    if isinstance(request, Planning):
        return _encode_planning(request)
    return _encode_deed(request) if isinstance(request, Deed) else _encode_shown(request)


def _encode_shown(request: ShowCard | ShowDetails) -> str:
    match request:
        case ShowSkill():
            levels = _many("l", request.levels)
            return _link("skill", _text("k", request.skill), levels, _text("r", request.role))
        case ShowGroup():
            levels, role = _many("l", request.levels), _text("r", request.role)
            return _link(
                "group", _text("k", request.group), levels, role, _count("p", request.page)
            )
        case ShowRole():
            levels, page = _many("l", request.levels), _count("p", request.page)
            return _link("role", _text("k", request.role), levels, page)
        case ShowDomain():
            return _link("domain", _text("k", request.domain), _count("p", request.page))
        case ShowCatalogue():
            return _link("catalogue", _count("p", request.page))
        case ShowGap():
            return _gap(request)
        case ShowDetails():
            cell = CellKey(request.role, request.level, request.skill)
            return _link("details", _of(cell), _behind(request.back, cell))


def _gap(request: ShowGap) -> str:
    """Return the link of a gap; without the fields' names where it must do as a block's id."""
    link = _link(
        "gap",
        _text("k", request.role),
        _many("l", request.levels),
        _text("r", request.origin_role),
        _many("f", request.origin_levels),
        _count("p", request.page),
        _count("y", request.check),
    )
    if len(link) <= limits.BLOCK_ID:
        return link
    levels, origins = ",".join(request.levels), ",".join(request.origin_levels)
    keys = (request.role or "", levels, request.origin_role or "", origins)
    counts = (str(number) if number else "" for number in (request.page, int(request.check)))
    return f"{_SHORT}?{';'.join((*map(_quoted, keys), *counts))}"


def _encode_deed(request: Deed) -> str:
    match request:
        case MarkCell():
            cell, status = request.cell, _text("s", request.status.value)
            return _link("mark", _of(cell), status, _behind(request.back, cell))
        case AddEvidence():
            about, nudge = request.cell, _count("n", request.nudge or 0)
            action = _count("a", request.action or 0)
            return _link("evidence", _of(about), _behind(request.back, about), nudge, action)
        case MarkOtherwise():
            return _link("status", _of(request.cell), _behind(request.back, request.cell))
        case UndoMark():
            cell, stamp = request.cell, _count("i", request.stamp)
            return _link("undo", _of(cell), stamp, _behind(request.back, cell))
        case Assess():
            target, skill = _text("b", encode(request.target)), _text("k", request.skill)
            ended, since = _count("e", request.ended), _count("t", request.since)
            return _link("assess", target, skill, ended, since, _text("s", request.status))
        case EditEvidence():
            return _link("piece", _count("i", request.evidence_id))
        case ShowEvidence():
            return _link("pieces", _count("p", request.page))
        case AnswerNudge():
            asked, instead = request.cell, _count("c", request.instead)
            return _link("nudge", _count("i", request.nudge_id), _of(asked), instead)
        case _:
            return _encode_between(request)


def _encode_between(
    request: OfShare | OfItem | OfMark | TeamAsk | AskColleague | OfConfirmation,
) -> str:
    """Return the link of what two people have between them."""
    if isinstance(request, TeamAsk):
        level, role = _text("l", request.level), _text("r", request.role)
        return _link("team", level, role, _count("p", request.page))
    if isinstance(request, OfShare | OfItem | OfMark):
        return _encode_shared(request)
    if isinstance(request, OfConfirmation):
        saw = _text("s", request.saw)
        return _link("confirm", _count("i", request.confirmation_id), saw)
    cell, inside = request.cell, _count("d", request.in_details)
    return _link("ask", _of(cell), _behind(request.back, cell), inside)


def _encode_planning(request: Planning) -> str:
    match request:
        case PlanAction():
            return _link("plan", _of(request.cell), _behind(request.back, request.cell))
        case HandleAction():
            return _link("action", _count("i", request.action_id))
        case ShowActions():
            return _link("actions", _count("p", request.page))


def _encode_shared(request: OfShare | OfItem | OfMark) -> str:
    share, page = _count("i", request.share_id), _count("p", request.page)
    match request:
        case OfShare():
            return _link("shared", share, page)
        case OfItem():
            return _link("item", share, _text("m", request.item), page)
        case OfMark():
            return _link("manager", share, _count("m", request.mark_id), page)


# A card carries about a hundred links, so they are put together from plain pieces: each field is
# "&name=value", or nothing where there is no value.
def _link(kind: str, *fields: str) -> str:
    return f"{kind}?{''.join(fields)[1:]}"


def _text(name: str, value: str | None) -> str:
    return f"&{name}={_quoted(value)}" if value else ""


def _count(name: str, value: int) -> str:
    return f"&{name}={value:d}" if value else ""


def _many(name: str, keys: tuple[str, ...]) -> str:
    return f"&{name}={_quoted(','.join(keys))}" if keys else ""


@lru_cache(maxsize=16_384)
def _quoted(value: str) -> str:
    if _UNQUOTED.fullmatch(value):
        return value
    # Most are links of ours within others: ASCII, for which a table does the same.
    if value.isascii():
        return value.translate(_QUOTES)
    return quote_plus(value, safe=_COMMA, errors="replace")


def _of(cell: CellKey | None) -> str:
    if cell is None:
        return ""
    return f"&k={_quoted(cell.skill)}&r={_quoted(cell.role)}&l={_quoted(cell.level)}"


def _behind(back: ShowCard | None, cell: CellKey | None) -> str:
    """Return the fields for the card to redraw; short where that is the gap to the cell itself."""
    if back is None:
        return ""
    if (
        isinstance(back, ShowGap)
        and cell
        and back.role == cell.role
        and back.levels == (cell.level,)
    ):
        origin = _text("o", back.origin_role)
        checking = _count("y", back.check)
        return f"&g={back.page}{origin}{_many('f', back.origin_levels)}{checking}"
    return _text("b", encode(back))


def decode(text: str) -> Request:
    """Return the request that `encode` wrote.

    Raises:
        OutdatedCard: the text is no such request.
    """
    kind, values = _parts(text)
    try:
        deed = _decode_deed(kind, values) or _decode_planning(kind, values)
        return deed or _decode_shown(kind, values)
    except (KeyError, ValueError):
        raise OutdatedCard from None


def _parts(text: str) -> tuple[str, dict[str, str]]:
    """Return the kind of a link and its fields by name."""
    kind, _, query = text.partition("?")
    if kind != _SHORT:
        return kind, dict(parse_qsl(query))
    fields = zip("klrfpy", query.partition("&")[0].split(";"), strict=False)
    return "gap", {name: unquote_plus(value) for name, value in fields if value}


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
            origins, check = _keys(values, "f"), "y" in values
            return ShowGap(values.get("k"), levels, values.get("r"), origins, page, check)
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
            action = _number(values, "a", least=1) if "a" in values else None
            return AddEvidence(_cell_if_named(values), _back(values), nudge, action)
        case "piece":
            return EditEvidence(_number(values, "i", least=1))
        case "pieces":
            return ShowEvidence(_number(values, "p"))
        case "nudge":
            cell = _cell_if_named(values)
            return AnswerNudge(_number(values, "i", least=1), cell, "c" in values)
        case _:
            return _decode_asking(kind, values)


def _decode_asking(kind: str, values: dict[str, str]) -> Deed | None:
    match kind:
        case "ask":
            return AskColleague(_cell(values), "d" in values, _back(values))
        case "confirm":
            saw = Saw(values["s"]) if "s" in values else None
            return OfConfirmation(_number(values, "i", least=1), saw)
        case _:
            return _decode_shared(kind, values)


def _decode_planning(kind: str, values: dict[str, str]) -> Planning | None:
    match kind:
        case "plan":
            return PlanAction(_cell(values), _back(values))
        case "action":
            return HandleAction(_number(values, "i", least=1))
        case "actions":
            return ShowActions(_number(values, "p"))
        case _:
            return None


def _decode_shared(kind: str, values: dict[str, str]) -> OfShare | OfItem | OfMark | TeamAsk | None:
    if kind == "team":
        return TeamAsk(values.get("l", ""), values.get("r", ""), _number(values, "p"))
    if kind not in {"shared", "item", "manager"}:
        return None
    share, page = _number(values, "i", least=1), _number(values, "p")
    if kind == "shared":
        return OfShare(share, page)
    if kind == "item":
        return OfItem(share, values["m"], page)
    return OfMark(share, _number(values, "m", least=1), page)


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
        cell, page, origins = _cell(values), _number(values, "g"), _keys(values, "f")
        check = "y" in values
        return ShowGap(cell.role, (cell.level,), values.get("o"), origins, page, check)
    kind, fields = _parts(values.get("b", ""))
    if not kind:
        return None
    back = None if kind == "details" else _decode_shown(kind, fields)
    if back is None or isinstance(back, ShowDetails):
        raise OutdatedCard
    return back


def _target(values: dict[str, str]) -> ShowGap:
    target = _back(values)
    if not isinstance(target, ShowGap):
        raise OutdatedCard
    return target
