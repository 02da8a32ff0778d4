"""Links to what a member does with their own growth, and to the answer to a nudge about it."""

from bot.cards.links.fields import cell_if_named, cell_in, count, link, number_in, of_cell, text
from bot.cards.links.lookup import back_in, behind, encode_shown
from bot.domain.errors import OutdatedCard
from bot.domain.growth.assessment import Status
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
from bot.domain.lookup.requests import ShowGap
from bot.domain.nudges.requests import AnswerNudge

_Planning = PlanAction | HandleAction | ShowActions
Own = (
    MarkCell
    | UndoMark
    | MarkOtherwise
    | Assess
    | AddEvidence
    | EditEvidence
    | ShowEvidence
    | AnswerNudge
    | PlanAction
    | HandleAction
    | ShowActions
)


def encode_own(request: Own) -> str:
    """Return the link of what a member does with their own."""
    match request:
        case MarkCell():
            cell, status = request.cell, text("s", request.status.value)
            return link("mark", of_cell(cell), status, behind(request.back, cell))
        case AddEvidence():
            about, nudge = request.cell, count("n", request.nudge or 0)
            action = count("a", request.action or 0)
            return link("evidence", of_cell(about), behind(request.back, about), nudge, action)
        case MarkOtherwise():
            return link("status", of_cell(request.cell), behind(request.back, request.cell))
        case UndoMark():
            cell, stamp = request.cell, count("i", request.stamp)
            return link("undo", of_cell(cell), stamp, behind(request.back, cell))
        case Assess():
            target, skill = text("b", encode_shown(request.target)), text("k", request.skill)
            ended, since = count("e", request.ended), count("t", request.since)
            return link("assess", target, skill, ended, since, text("s", request.status))
        case EditEvidence():
            return link("piece", count("i", request.evidence_id))
        case ShowEvidence():
            return link("pieces", count("p", request.page))
        case AnswerNudge():
            asked, instead = request.cell, count("c", request.instead)
            return link("nudge", count("i", request.nudge_id), of_cell(asked), instead)
        case _:
            return _encode_planning(request)


def _encode_planning(request: _Planning) -> str:
    match request:
        case PlanAction():
            return link("plan", of_cell(request.cell), behind(request.back, request.cell))
        case HandleAction():
            return link("action", count("i", request.action_id))
        case ShowActions():
            return link("actions", count("p", request.page))


def decode_own(kind: str, values: dict[str, str]) -> Own | None:
    """Return what a link of this kind asks for; None where it is of another kind.

    Raises:
        KeyError, ValueError, OutdatedCard: it lacks what its kind has.
    """
    match kind:
        case "mark":
            return MarkCell(cell_in(values), Status(values["s"]), back_in(values))
        case "undo":
            return UndoMark(cell_in(values), number_in(values, "i", least=1), back_in(values))
        case "status":
            return MarkOtherwise(cell_in(values), back_in(values))
        case "assess":
            status = Status(values["s"]) if "s" in values else None
            since = number_in(values, "t")
            return Assess(_target(values), values.get("k"), "e" in values, since, status)
        case "evidence":
            nudge = number_in(values, "n", least=1) if "n" in values else None
            action = number_in(values, "a", least=1) if "a" in values else None
            return AddEvidence(cell_if_named(values), back_in(values), nudge, action)
        case "piece":
            return EditEvidence(number_in(values, "i", least=1))
        case "pieces":
            return ShowEvidence(number_in(values, "p"))
        case "nudge":
            cell = cell_if_named(values)
            return AnswerNudge(number_in(values, "i", least=1), cell, "c" in values)
        case _:
            return _decode_planning(kind, values)


def _decode_planning(kind: str, values: dict[str, str]) -> _Planning | None:
    match kind:
        case "plan":
            return PlanAction(cell_in(values), back_in(values))
        case "action":
            return HandleAction(number_in(values, "i", least=1))
        case "actions":
            return ShowActions(number_in(values, "p"))
        case _:
            return None


def _target(values: dict[str, str]) -> ShowGap:
    target = back_in(values)
    if not isinstance(target, ShowGap):
        raise OutdatedCard
    return target
