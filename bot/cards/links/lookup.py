"""Links to cards of the framework, and the card behind a deed, which is drawn again after it."""

from bot.cards import limits
from bot.cards.links.fields import (
    SHORT,
    cell_in,
    count,
    keys_in,
    link,
    many,
    number_in,
    of_cell,
    parts_of,
    quoted,
    text,
)
from bot.domain.errors import OutdatedCard
from bot.domain.framework import CellKey
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

Shown = ShowCard | ShowDetails


def encode_shown(request: Shown) -> str:
    """Return the link of a card or of details."""
    match request:
        case ShowSkill():
            levels = many("l", request.levels)
            return link("skill", text("k", request.skill), levels, text("r", request.role))
        case ShowGroup():
            levels, role = many("l", request.levels), text("r", request.role)
            return link("group", text("k", request.group), levels, role, count("p", request.page))
        case ShowRole():
            levels, page = many("l", request.levels), count("p", request.page)
            return link("role", text("k", request.role), levels, page)
        case ShowDomain():
            return link("domain", text("k", request.domain), count("p", request.page))
        case ShowCatalogue():
            return link("catalogue", count("p", request.page))
        case ShowGap():
            return _gap(request)
        case ShowDetails():
            cell = CellKey(request.role, request.level, request.skill)
            return link("details", of_cell(cell), behind(request.back, cell))


def _gap(request: ShowGap) -> str:
    """Return the link of a gap; without the fields' names where it must do as a block's id."""
    named = link(
        "gap",
        text("k", request.role),
        many("l", request.levels),
        text("r", request.origin_role),
        many("f", request.origin_levels),
        count("p", request.page),
        count("y", request.check),
    )
    if len(named) <= limits.BLOCK_ID:
        return named
    levels, origins = ",".join(request.levels), ",".join(request.origin_levels)
    keys = (request.role or "", levels, request.origin_role or "", origins)
    counts = (str(number) if number else "" for number in (request.page, int(request.check)))
    return f"{SHORT}?{';'.join((*map(quoted, keys), *counts))}"


def behind(back: ShowCard | None, cell: CellKey | None) -> str:
    """Return the fields for the card to redraw; short where that is the gap to the cell itself."""
    if back is None:
        return ""
    if (
        isinstance(back, ShowGap)
        and cell
        and back.role == cell.role
        and back.levels == (cell.level,)
    ):
        origin = text("o", back.origin_role)
        checking = count("y", back.check)
        return f"&g={back.page}{origin}{many('f', back.origin_levels)}{checking}"
    return text("b", encode_shown(back))


def decode_shown(kind: str, values: dict[str, str]) -> Shown:
    """Return the card or details that a link of this kind names.

    Raises:
        KeyError, ValueError, OutdatedCard: it is no such link.
    """
    levels = keys_in(values, "l")
    page = number_in(values, "p")
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
            origins, check = keys_in(values, "f"), "y" in values
            return ShowGap(values.get("k"), levels, values.get("r"), origins, page, check)
        case "details":
            cell = cell_in(values)
            return ShowDetails(cell.skill, cell.role, cell.level, back_in(values))
        case _:
            raise ValueError(kind)


def back_in(values: dict[str, str]) -> ShowCard | None:
    """Return the card to redraw; a card, so that nothing is nested deeper.

    Raises:
        KeyError, ValueError, OutdatedCard: what stands there is no card.
    """
    if "g" in values:
        cell, page, origins = cell_in(values), number_in(values, "g"), keys_in(values, "f")
        check = "y" in values
        return ShowGap(cell.role, (cell.level,), values.get("o"), origins, page, check)
    kind, fields = parts_of(values.get("b", ""))
    if not kind:
        return None
    back = None if kind == "details" else decode_shown(kind, fields)
    if back is None or isinstance(back, ShowDetails):
        raise OutdatedCard
    return back
