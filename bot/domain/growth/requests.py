"""What a member wants to do with their own growth: mark, walk through, keep evidence."""

from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Status
from bot.domain.lookup.requests import ShowCard, ShowGap
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class MarkCell:
    """Mark an expectation, then redraw `back`; None where the press is not on such a card."""

    cell: CellKey
    status: Status
    back: ShowCard | None = None


@dataclass(frozen=True, slots=True)
class UndoMark:
    """Take back the mark that `stamp` names, then redraw `back`."""

    cell: CellKey
    stamp: int
    back: ShowCard | None = None


@dataclass(frozen=True, slots=True)
class MarkOtherwise:
    """Mark an expectation with a status still to be chosen, then redraw `back`."""

    cell: CellKey
    back: ShowCard | None = None


@dataclass(frozen=True, slots=True)
class Assess:
    """Walk through what `target` asks for, at `skill` (else where nothing was marked yet).

    `ended` asks for the result in place of a step; `since` is when the walk began, in microseconds
    as `Assessment.stamp` has them, 0 before it did; `status` is an answer to the step.
    """

    target: ShowGap
    skill: str | None = None
    ended: bool = False
    since: int = 0
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class AddEvidence:
    """Keep a piece of evidence, for an expectation or for none yet; then redraw `back`.

    `nudge` is the id of the nudge that it answers, `action` of the dated action that it ends.
    """

    cell: CellKey | None = None
    back: ShowCard | None = None
    nudge: int | None = None
    action: int | None = None


@dataclass(frozen=True, slots=True)
class EditEvidence:
    """Change or delete a piece of the member's own evidence."""

    evidence_id: int


@dataclass(frozen=True, slots=True)
class ShowEvidence:
    """A page of all that the member keeps as evidence."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class PlanAction:
    """Plan an action for an expectation, then redraw `back`."""

    cell: CellKey
    back: ShowCard | None = None


@dataclass(frozen=True, slots=True)
class HandleAction:
    """Do something with a dated action of the member's own."""

    action_id: int


@dataclass(frozen=True, slots=True)
class ShowActions:
    """A page of all open actions."""

    page: int = 0
