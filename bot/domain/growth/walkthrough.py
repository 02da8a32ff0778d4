"""The walk-through: one expectation after the other, as far as a target asks for them. Pure."""

from dataclasses import dataclass

from bot.domain.framework import Catalogue
from bot.domain.growth.own_gap import with_marked
from bot.domain.growth.progress import Progress, progress_of
from bot.domain.growth.standing import Standing, Standings
from bot.domain.lookup.gap import Gap, GapReason, PromotionGap, in_reading_order
from bot.domain.lookup.rung import Rung


@dataclass(frozen=True, slots=True)
class Walk:
    """What there is to assess for `target`, in order, and where the member stands with each.

    `origin` is what `gap` compares with; None where every expectation of the target is walked.
    """

    target: Rung
    origin: Rung | None
    steps: tuple[tuple[Gap, Standing], ...]

    @property
    def progress(self) -> Progress:
        return progress_of((gap.target, standing) for gap, standing in self.steps)

    def first_open(self) -> int:
        """Return the number of the first step that was never assessed; 0 where all were."""
        return next((n for n, (_, each) in enumerate(self.steps) if each.mark is None), 0)

    def position(self, skill: str | None) -> int | None:
        """Return the number of the step about a skill, from 0; None where there is none."""
        keys = (gap.target.skill.key for gap, _ in self.steps)
        return next((number for number, key in enumerate(keys) if key == skill), None)

    def never_assessed(self) -> int:
        """Count the steps that were never assessed."""
        return sum(each.mark is None for _, each in self.steps)


def walk_of_gap(gap: PromotionGap, standings: Standings) -> Walk:
    """Walk through what changes on the way; what carries over unmarked is no question."""
    gap = with_marked(gap, standings)
    return Walk(
        gap.target, gap.origin, tuple((each, standings.of(each.target)) for each in gap.gaps)
    )


def walk_of_level(catalogue: Catalogue, target: Rung, standings: Standings) -> Walk:
    """Walk through all that a level asks for, in reading order."""
    cells = catalogue.expectations_at(target.role, target.level)
    gaps = in_reading_order(catalogue, (Gap(each, None, GapReason.NEW) for each in cells))
    return Walk(target, None, tuple((each, standings.of(each.target)) for each in gaps))
