"""What a member holds after a change, worked out from what they held before. Pure.

Each function returns what the store would read after the same change, so that nobody has to ask.
"""

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.growth.assessment import Assessment, fold_in
from bot.domain.growth.evidence import Evidence
from bot.domain.growth.goal import Goal
from bot.domain.growth.planned.action import DatedAction, in_turn
from bot.domain.growth.standing import Growth


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
