"""A promotion gap as one member stands with it: what is met, what is put aside, how far it is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.domain.growth.assessment import Status
from bot.domain.growth.goal import Goal
from bot.domain.growth.standing import Progress, Standing, Standings, progress_of
from bot.domain.lookup.gap import Gap, PromotionGap
from bot.domain.lookup.requests import ShowGap


@dataclass(frozen=True, slots=True)
class OwnState:
    """The member's side of a gap.

    `standings` has an entry by skill key for every change on the way. `due` are those of the gap's
    `met` that deserve a fresh look. `is_goal` tells that the target is the member's active goal.
    """

    standings: Mapping[str, Standing]
    progress: Progress
    not_relevant: tuple[Gap, ...]
    due: tuple[Gap, ...]
    is_goal: bool = False


def own_gap(
    gap: PromotionGap, standings: Standings, goal: Goal | None
) -> tuple[PromotionGap, OwnState]:
    """Fold away what the member meets or put aside; what is left in `gaps` is open, in order."""
    found: dict[str, Standing] = {}
    still: list[Gap] = []
    closed: dict[Status, list[Gap]] = {Status.MET: [], Status.NOT_RELEVANT: []}
    for each in gap.gaps:
        standing = found[each.target.skill.key] = standings.of(each.target)
        closed.get(standing.status, still).append(each)
    met = closed[Status.MET]
    state = OwnState(
        standings=found,
        progress=progress_of((each.target, found[each.target.skill.key]) for each in gap.gaps),
        not_relevant=tuple(closed[Status.NOT_RELEVANT]),
        due=tuple(each for each in met if found[each.target.skill.key].due),
        is_goal=goal is not None
        and (goal.role, goal.level) == (gap.target.role.key, gap.target.level.key),
    )
    return replace(gap, gaps=tuple(still), met=tuple(met)), state


def goal_request(goal: Goal) -> ShowGap:
    """Return what shows the way to a goal."""
    origin = (goal.origin_level,) if goal.origin_level else ()
    return ShowGap(goal.role, (goal.level,), goal.origin_role, origin)
