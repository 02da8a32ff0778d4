"""Everything a member holds, and what it is after a change. Pure.

Each `with_…` returns what the store would read after the same change, so that nobody has to ask.
"""

from collections.abc import Iterable, Mapping
from dataclasses import field, replace

from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Assessment, fold_in, newest_per_cell
from bot.domain.growth.evidence import Evidence
from bot.domain.growth.goal import Goal, GoalState
from bot.domain.growth.planned.action import DatedAction, in_turn
from bot.domain.growth.planned.agreement import Agreement
from bot.domain.lookup.skill_offer import SkillOffer
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class Growth:
    """Everything a member holds: the newest mark per expectation, evidence, goal and offers.

    `evidence` is newest first, `actions` are the open ones in turn, `agreed` is what the member
    agreed with others, the nearest day first, `offers` are oldest first. `version` differs whenever
    anything in here does.
    """

    marks: Mapping[CellKey, Assessment] = field(default_factory=dict, hash=False)
    evidence: tuple[Evidence, ...] = ()
    goal: Goal | None = None
    version: int = 0
    actions: tuple[DatedAction, ...] = ()
    agreed: tuple[Agreement, ...] = ()
    offers: tuple[SkillOffer, ...] = ()

    @property
    def active_goal(self) -> Goal | None:
        return self.goal if self.goal and self.goal.state is GoalState.ACTIVE else None


NO_GROWTH = Growth()


def growth_of(
    history: Iterable[Assessment],
    evidence: tuple[Evidence, ...] = (),
    goal: Goal | None = None,
    version: int = 0,
    actions: Iterable[DatedAction] = (),
    agreed: tuple[Agreement, ...] = (),
    offers: tuple[SkillOffer, ...] = (),
) -> Growth:
    """Fold an append-only history, oldest first, into what counts."""
    marks = newest_per_cell(history)
    return Growth(marks, evidence, goal, version, in_turn(actions), agreed, offers)


def with_marks(growth: Growth, marks: Iterable[Assessment]) -> Growth:
    """Return the growth after marks were made or taken back, in their order."""
    held = {**growth.marks}
    for each in marks:
        fold_in(held, each)
    return replace(growth, marks=held)


def with_evidence(growth: Growth, piece: Evidence) -> Growth:
    """Return the growth after a piece was kept or edited; the newest piece comes first."""
    others = without_evidence(growth, piece.id).evidence
    newest_first = sorted((*others, piece), key=lambda each: each.id, reverse=True)
    return replace(growth, evidence=tuple(newest_first))


def without_evidence(growth: Growth, evidence_id: int) -> Growth:
    """Return the growth after a piece was deleted."""
    return replace(
        growth, evidence=tuple(each for each in growth.evidence if each.id != evidence_id)
    )


def with_goal(growth: Growth, goal: Goal | None) -> Growth:
    """Return the growth after the goal was set, reached or adopted, or dropped (None: no other)."""
    return replace(growth, goal=goal)


def with_action(growth: Growth, action: DatedAction) -> Growth:
    """Return the growth after an action was planned, moved or ended."""
    others = (each for each in growth.actions if each.id != action.id)
    return replace(growth, actions=in_turn((*others, action)))
