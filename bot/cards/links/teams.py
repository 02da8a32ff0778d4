"""Links to what two people have between them: shares, marks, confirmations, a team."""

from bot.cards.links.fields import cell_in, count, link, number_in, of_cell, text
from bot.cards.links.lookup import back_in, behind
from bot.domain.growth.packet import Saw
from bot.domain.teams.confirmation import AskColleague, OfConfirmation
from bot.domain.teams.requests import OfItem, OfMark, OfShare, TeamAsk

_Shared = OfShare | OfItem | OfMark
Between = OfShare | OfItem | OfMark | TeamAsk | AskColleague | OfConfirmation


def encode_between(request: Between) -> str:
    """Return the link of what two people have between them."""
    if isinstance(request, TeamAsk):
        level, role = text("l", request.level), text("r", request.role)
        return link("team", level, role, count("p", request.page))
    if isinstance(request, _Shared):
        return _encode_shared(request)
    if isinstance(request, OfConfirmation):
        saw = text("s", request.saw)
        return link("confirm", count("i", request.confirmation_id), saw)
    cell, inside = request.cell, count("d", request.in_details)
    return link("ask", of_cell(cell), behind(request.back, cell), inside)


def _encode_shared(request: _Shared) -> str:
    share, page = count("i", request.share_id), count("p", request.page)
    match request:
        case OfShare():
            return link("shared", share, page)
        case OfItem():
            return link("item", share, text("m", request.item), page)
        case OfMark():
            return link("manager", share, count("m", request.mark_id), page)


def decode_between(kind: str, values: dict[str, str]) -> Between | None:
    """Return what a link of this kind asks for; None where it is of another kind.

    Raises:
        KeyError, ValueError, OutdatedCard: it lacks what its kind has.
    """
    match kind:
        case "ask":
            return AskColleague(cell_in(values), "d" in values, back_in(values))
        case "confirm":
            saw = Saw(values["s"]) if "s" in values else None
            return OfConfirmation(number_in(values, "i", least=1), saw)
        case _:
            return _decode_shared(kind, values)


def _decode_shared(kind: str, values: dict[str, str]) -> _Shared | TeamAsk | None:
    if kind == "team":
        return TeamAsk(values.get("l", ""), values.get("r", ""), number_in(values, "p"))
    if kind not in {"shared", "item", "manager"}:
        return None
    share, page = number_in(values, "i", least=1), number_in(values, "p")
    if kind == "shared":
        return OfShare(share, page)
    if kind == "item":
        return OfItem(share, values["m"], page)
    return OfMark(share, number_in(values, "m", least=1), page)
