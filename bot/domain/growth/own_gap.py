"""A promotion gap as one member stands with it: met, likely, put aside, and how far it is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from functools import cached_property

from bot.domain.framework import CellKey, Expectation, Level, key_of
from bot.domain.growth.goal import Goal
from bot.domain.growth.planned.agreement import Agreement
from bot.domain.growth.progress import Progress, progress_of
from bot.domain.growth.standing import Standing, Standings
from bot.domain.growth.written import NOTHING_WRITTEN, OwnWriting
from bot.domain.lookup.gap import Gap, GapReason, PromotionGap, in_reading_order
from bot.domain.lookup.requests import ShowGap, Viewer
from bot.domain.lookup.rung import Rung
from bot.values import dataclass


class ChangeStandings(Mapping[str, Standing]):
    """Where a member stands with each change on a way, by skill key.

    Most changes no mark and no evidence says anything about: what stands there is made when a card
    asks for it, which shows a few of them.
    """

    def __init__(self, gaps: Sequence[Gap], told: Mapping[str, Standing]) -> None:
        self._gaps = gaps
        self._told = told

    @cached_property
    def marked(self) -> int:
        """How many of them a mark counts for."""
        return sum(each.mark is not None for each in self._told.values())

    @cached_property
    def _changes(self) -> Mapping[str, Expectation]:
        return {each.target.skill.key: each.target for each in self._gaps}

    def of(self, change: Gap) -> Standing:
        """Return where the member stands with one of the changes, without a look at the others."""
        return self._told.get(change.target.skill.key) or Standing(key_of(change.target))

    def __getitem__(self, skill: str) -> Standing:
        return self._told.get(skill) or Standing(key_of(self._changes[skill]))

    def __iter__(self) -> Iterator[str]:
        return iter(self._changes)

    def __len__(self) -> int:
        return len(self._gaps)


@dataclass(frozen=True, slots=True)
class OwnState:
    """The member's side of a gap.

    `standings` has an entry by skill key for every change on the way. `due` are those of the gap's
    `met` that deserve a fresh look. `likely` are neither among its `gaps` nor its `met`: the member
    confirms or declines them. `put_aside` are those of `not_relevant` that the target requires.
    `is_goal` tells that the target is the member's active goal, `by` until which day; then `agreed`
    is what they agreed with somebody that counts today. `elsewhere` tells that the goal goes from
    another start, so that its figures are of another way; `newer` that it is measured on an older
    revision than this. `writing` finds the member's own words on any of them.
    """

    standings: ChangeStandings
    progress: Progress
    not_relevant: tuple[Gap, ...]
    due: tuple[Gap, ...]
    is_goal: bool = False
    by: date | None = None
    agreed: Mapping[CellKey, Agreement] = field(default_factory=dict, hash=False)
    likely: tuple[Gap, ...] = ()
    put_aside: tuple[Gap, ...] = ()
    writing: OwnWriting = field(default=NOTHING_WRITTEN, compare=False)
    elsewhere: bool = False
    newer: bool = False


def own_gap(
    gap: PromotionGap, standings: Standings, goal: Goal | None, viewer: Viewer | None = None
) -> tuple[PromotionGap, OwnState]:
    """Fold away what the member meets, likely meets or put aside; what is left is open, in order.

    Every change on the way is in exactly one of these. `viewer` tells where the member stands; None
    where the gap is the way to their goal anyway.
    """
    gap = with_marked(gap, standings)
    told: dict[str, Standing] = {}
    piles = _sorted(gap, standings, told)
    is_goal = goal is not None and _leads_to(gap, goal)
    state = OwnState(
        standings=ChangeStandings(gap.gaps, told),
        progress=_progress(gap, told),
        not_relevant=tuple(piles.aside),
        due=tuple(each for each in piles.met if told[each.target.skill.key].due),
        is_goal=is_goal,
        by=goal.by if goal and is_goal else None,
        agreed=standings.agreed if is_goal else {},
        likely=tuple(piles.likely),
        put_aside=tuple(each for each in piles.aside if each.target.required),
        writing=OwnWriting(standings.growth),
        elsewhere=goal is not None and is_goal and not _starts_at(gap, goal, viewer),
        newer=goal is not None and is_goal and goal.revision_id != standings.catalogue.revision.id,
    )
    if piles.met or piles.likely or piles.aside:
        gap = replace(gap, gaps=tuple(piles.still), met=tuple(piles.met))
    return gap, state


@dataclass(frozen=True, slots=True)
class _Piles:
    """The changes on a way, by where the member stands with each; in their order."""

    still: list[Gap] = field(default_factory=list)
    met: list[Gap] = field(default_factory=list)
    likely: list[Gap] = field(default_factory=list)
    aside: list[Gap] = field(default_factory=list)


def _sorted(gap: PromotionGap, standings: Standings, told: dict[str, Standing]) -> _Piles:
    """Sort the changes, and add where the member stands with what they touched to `told`, by skill.

    Where they never touched anything, nothing is sorted: all is open.
    """
    found = _Piles()
    for each in gap.gaps if standings.touched else ():
        skill = each.target.skill.key
        if skill not in standings.touched:
            found.still.append(each)
            continue
        standing = told[skill] = standings.of(each.target)
        if standing.met:
            found.met.append(each)
        elif standing.put_aside:
            found.aside.append(each)
        elif standing.likely:
            found.likely.append(each)
        else:
            found.still.append(each)
    return found


def _leads_to(gap: PromotionGap, goal: Goal) -> bool:
    return (goal.role, goal.level) == (gap.target.role.key, gap.target.level.key)


def _starts_at(gap: PromotionGap, goal: Goal, viewer: Viewer | None) -> bool:
    origin = gap.origin
    if goal.origin_role is None:
        if gap.is_transfer or viewer is None or origin is None:
            return not gap.is_transfer
        # It goes from where the member stands in the goal's own role, else from the level below.
        return origin.level == _natural_start(gap.target, viewer)
    start = (origin.role.key, origin.level.key) if origin else (None, None)
    return start == (goal.origin_role, goal.origin_level)


def _natural_start(target: Rung, viewer: Viewer) -> Level | None:
    """Return where the way to a level begins by itself: at the recorded level of its role, else
    below it."""
    ladder = target.role.ladder
    recorded = viewer.level if viewer.role == target.role.key else None
    return (ladder.level(recorded) if recorded else None) or ladder.below(target.level)


def _progress(gap: PromotionGap, told: Mapping[str, Standing]) -> Progress:
    """Count all changes on the way; those without a standing are open."""
    required = len(gap.required())
    pairs = (
        [(each.target, told[key]) for each in gap.gaps if (key := each.target.skill.key) in told]
        if told
        else []
    )
    untold = required - sum(each.required for each, _ in pairs)
    return progress_of(
        pairs, required_open=untold, optional_open=len(gap.gaps) - len(pairs) - untold
    )


def with_marked(gap: PromotionGap, standings: Standings) -> PromotionGap:
    """Count what carries over from another role as soon as a mark says something about it.

    Without any mark it often carries over, and nobody said so: it stays in `carried`, uncounted.
    """
    if not (standings.touched and gap.is_transfer and gap.carried):
        return gap
    told = [
        each
        for each in gap.carried
        if each.skill.key in standings.touched and _says_something(standings.of(each))
    ]
    if not told:
        return gap
    catalogue, origin = standings.catalogue, gap.origin
    added = (
        Gap(
            each,
            catalogue.expectation(origin.role, origin.level, each.skill) if origin else None,
            GapReason.CARRIED,
        )
        for each in told
    )
    return replace(
        gap,
        gaps=in_reading_order(catalogue, (*gap.gaps, *added)),
        carried=tuple(each for each in gap.carried if each not in told),
    )


def _says_something(standing: Standing) -> bool:
    return standing.mark is not None or standing.likely is not None


def goal_request(goal: Goal) -> ShowGap:
    """Return what shows the way to a goal."""
    origin = (goal.origin_level,) if goal.origin_level else ()
    return ShowGap(goal.role, (goal.level,), goal.origin_role, origin)
