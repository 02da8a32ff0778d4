"""The walk-through: one expectation after the other, as far as a target asks for them. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.framework import CellKey, SkillGroup, key_of
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.growth.holdings import Growth
from bot.domain.growth.own_gap import with_marked
from bot.domain.growth.progress import Progress, progress_of
from bot.domain.growth.standing import Standing, Standings
from bot.domain.lookup.gap import Gap, GapReason, PromotionGap, in_reading_order
from bot.domain.lookup.gone import gone
from bot.domain.lookup.rung import Rung
from bot.domain.revision import Catalogue
from bot.values import dataclass

Step = tuple[Gap, Standing]


@dataclass(frozen=True, slots=True)
class WalkSection:
    """The steps of one skill group, which follow each other: `first` is the number of the first."""

    group: SkillGroup
    first: int
    steps: tuple[Step, ...]

    @property
    def answered(self) -> int:
        """How many of them were ever assessed."""
        return sum(each.mark is not None for _, each in self.steps)


@dataclass(frozen=True, slots=True)
class Walk:
    """What there is to assess for `target`, in order, and where the member stands with each.

    `origin` is what `gap` compares with; None where every expectation of the target is walked.
    Steps of one skill group follow each other. `before` is the progress when the walk began, and
    `changed` are the skills that were answered since; None and none where that was not asked for.
    `reading` are all skills in the one order of gap card and nudges. `is_goal` tells that the
    target is the member's active goal, `today` that `origin` is where they said that they stand.
    """

    target: Rung
    origin: Rung | None
    steps: tuple[Step, ...]
    reading: tuple[str, ...] = ()
    before: Progress | None = None
    changed: frozenset[str] = frozenset()
    is_goal: bool = False
    today: bool = False

    @property
    def progress(self) -> Progress:
        return progress_of((gap.target, standing) for gap, standing in self.steps)

    def sections(self) -> tuple[WalkSection, ...]:
        """Return the steps by skill group, in the order in which they are walked."""
        found: list[WalkSection] = []
        for number, step in enumerate(self.steps):
            group = step[0].target.skill.group
            if found and found[-1].group.key == group.key:
                found[-1] = replace(found[-1], steps=(*found[-1].steps, step))
            else:
                found.append(WalkSection(group, number, (step,)))
        return tuple(found)

    def first_open(self) -> int:
        """Return the number of the first step that was never assessed; 0 where all were."""
        return next((n for n, (_, each) in enumerate(self.steps) if each.mark is None), 0)

    def position(self, skill: str | None) -> int | None:
        """Return the number of the step about a skill, from 0; None where there is none."""
        keys = (gap.target.skill.key for gap, _ in self.steps)
        return next((number for number, key in enumerate(keys) if key == skill), None)

    def cell_of(self, skill: str | None) -> CellKey:
        """Return the expectation that the step about a skill asks.

        Raises:
            LeftCatalogue: it is no longer asked.
        """
        at = self.position(skill)
        if at is None:
            raise gone("skill", skill or "")
        return key_of(self.steps[at][0].target)

    def never_assessed(self) -> int:
        """Count the steps that were never assessed."""
        return sum(each.mark is None for _, each in self.steps)

    def answered_with(self, status: Status) -> tuple[Gap, ...]:
        """Return what was answered in this walk and has this status now, in order."""
        return tuple(
            gap
            for gap, each in self.steps
            if gap.target.skill.key in self.changed and each.status is status
        )

    def still_likely(self) -> tuple[Gap, ...]:
        """Return what waits for the member to say whether it is met here too."""
        return tuple(gap for gap, each in self.steps if each.likely)

    def still_open(self) -> tuple[Gap, ...]:
        """Return what is neither met nor likely nor put aside, in the order of the gap card."""
        rest = {
            gap.target.skill.key: gap
            for gap, each in self.steps
            if not (each.met or each.likely or each.put_aside)
        }
        return tuple(rest[key] for key in self.reading if key in rest)

    def compared_with(self, earlier: Standings, since: int) -> "Walk":
        """Return the walk with what has changed since a moment; `earlier` is how it was then."""
        before = progress_of((gap.target, earlier.of(gap.target)) for gap, _ in self.steps)
        changed = frozenset(
            gap.target.skill.key
            for gap, each in self.steps
            if each.mark is not None and each.own and each.mark.stamp >= since
        )
        return replace(self, before=before, changed=changed)


def held_before(growth: Growth, since: int) -> Growth:
    """Return what a member held before a moment, as far as their marks tell; see `Assess.since`."""
    marks: dict[CellKey, Assessment] = {}
    for cell, newest in growth.marks.items():
        mark: Assessment | None = newest
        while mark is not None and mark.stamp >= since:
            mark = mark.before
        if mark is not None:
            marks[cell] = mark
    return replace(growth, marks=marks)


def walk_of_gap(gap: PromotionGap, standings: Standings) -> Walk:
    """Walk through what changes on the way; what carries over unmarked is no question."""
    gap = with_marked(gap, standings)
    return _walk(gap.target, gap.origin, gap.gaps, standings)


def walk_of_level(catalogue: Catalogue, target: Rung, standings: Standings) -> Walk:
    """Walk through all that a level asks for."""
    cells = catalogue.expectations_at(target.role, target.level)
    gaps = in_reading_order(catalogue, (Gap(each, None, GapReason.NEW) for each in cells))
    return _walk(target, None, gaps, standings)


def in_sections(gaps: Iterable[Gap]) -> Sequence[Gap]:
    """Bring together what is of one skill group; the group of the first one comes first.

    Within a group, and by their first ones between groups, gaps stay in the order that they have.
    """
    groups: dict[str, list[Gap]] = {}
    for gap in gaps:
        groups.setdefault(gap.target.skill.group.key, []).append(gap)
    return [gap for group in groups.values() for gap in group]


def _walk(target: Rung, origin: Rung | None, gaps: Sequence[Gap], standings: Standings) -> Walk:
    """`gaps` are in reading order."""
    return Walk(
        target,
        origin,
        tuple((gap, standings.of(gap.target)) for gap in in_sections(gaps)),
        tuple(gap.target.skill.key for gap in gaps),
    )
