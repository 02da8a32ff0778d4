"""How much of what a level adds is met, counted from where a member stands with each part."""

from collections.abc import Iterable

from bot.domain.framework import Expectation
from bot.domain.growth.standing import Standing
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of what a level adds is met. What was put aside has left the totals.

    Likely ones are in the totals, and not among the met. `required_shown` and `optional_shown` are
    those of the met that evidence shows; the others are the member's word.
    """

    required_met: int
    required_total: int
    optional_met: int
    optional_total: int
    required_likely: int = 0
    optional_likely: int = 0
    required_aside: int = 0
    optional_aside: int = 0
    required_shown: int = 0
    optional_shown: int = 0

    @property
    def required_open(self) -> int:
        return self.required_total - self.required_met - self.required_likely

    @property
    def optional_open(self) -> int:
        return self.optional_total - self.optional_met - self.optional_likely

    @property
    def complete(self) -> bool:
        """Whether nothing required is open or likely, and at least one required is met."""
        return self.required_total > 0 and self.required_met == self.required_total


def progress_of(
    pairs: Iterable[tuple[Expectation, Standing]],
    *,
    required_open: int = 0,
    optional_open: int = 0,
) -> Progress:
    """Count required and optional expectations, each by its standing in exactly one way.

    So many more that nothing is known about are open.
    """
    counts = {True: [0, required_open, 0, 0, 0], False: [0, optional_open, 0, 0, 0]}
    for expectation, standing in pairs:
        row = counts[expectation.required]
        if standing.put_aside:
            row[3] += 1
            continue
        row[0] += standing.met
        row[1] += 1
        row[2] += standing.likely is not None
        row[4] += standing.met and standing.shown
    met, total, likely, aside, shown = zip(counts[True], counts[False], strict=True)
    return Progress(
        required_met=met[0],
        required_total=total[0],
        optional_met=met[1],
        optional_total=total[1],
        required_likely=likely[0],
        optional_likely=likely[1],
        required_aside=aside[0],
        optional_aside=aside[1],
        required_shown=shown[0],
        optional_shown=shown[1],
    )
