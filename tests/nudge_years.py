"""What a member reads who gets one nudge a week for a year: simulated week by week."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.domain.framework import CellKey, key_of
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.growth.holdings import Growth
from bot.domain.growth.own_gap import own_gap
from bot.domain.growth.standing import Standings
from bot.domain.lookup.gap import promotion_gap
from bot.domain.lookup.rung import Rung
from bot.domain.nudges.choice import Choice, Reason, after, choose
from bot.domain.nudges.history import NudgeHistory
from bot.domain.revision import Catalogue

START = datetime(2027, 1, 5, 10, tzinfo=UTC)
WEEKS = 52
SAME = 0.7


@dataclass(frozen=True, slots=True)
class Nudged:
    """One nudge of the year. `prompt` is None where the framework had none."""

    week: int
    cell: CellKey
    required: bool
    prompt: str | None
    asked_before: bool


@dataclass(frozen=True, slots=True)
class Year:
    """A year's nudges on the way to one rung."""

    role: str
    level: str
    required: int
    nudges: tuple[Nudged, ...]

    @property
    def first_repeat(self) -> int | None:
        """The number of the first nudge, from 1, whose prompt had been read; None for none."""
        return next(self._repeats(), None)

    @property
    def distinct(self) -> int:
        """How many prompts were different from all before them."""
        return len(self.nudges) - sum(1 for _ in self._repeats())

    def _repeats(self) -> Iterator[int]:
        seen: list[frozenset[str]] = []
        for number, each in enumerate(self.nudges, start=1):
            words = _words(each.prompt or "")
            if any(_alike(words, other) for other in seen):
                yield number
            seen.append(words)


def years(catalogue: Catalogue, *, one_a_month: bool) -> Iterator[Year]:
    """Yield the year on the way to each level of each role of a framework.

    With `one_a_month`, the required one that was asked last is met at the end of each month, and
    once all are, the optional one; otherwise nothing is.
    """
    for role in catalogue.content.roles:
        for level in role.ladder.levels:
            yield year(catalogue, Rung(role, level), one_a_month=one_a_month)


def year(catalogue: Catalogue, target: Rung, *, one_a_month: bool) -> Year:
    """Return a year on the way to a level, from the one below it."""
    below = target.role.ladder.below(target.level)
    origin = Rung(target.role, below) if below else None
    whole = promotion_gap(catalogue, origin=origin, target=target)
    growth, history, found = Growth(), NudgeHistory(), list[Nudged]()
    for week in range(WEEKS):
        now = START + timedelta(weeks=week)
        gap, own = own_gap(whole, Standings(growth, catalogue, now=now), None)
        choice = choose(gap, own, history, now=now)
        if isinstance(choice, Choice):
            found.append(_nudged(week, choice))
            history = after(history, choice, at=now)
        months = (week + 1) * 12 // WEEKS - week * 12 // WEEKS
        if one_a_month and months and found:
            cell = max(
                (each for each in found if each.cell not in growth.marks),
                key=lambda each: (each.required, each.week),
                default=found[-1],
            ).cell
            growth = replace(growth, marks={**growth.marks, cell: _met(cell, now)})
    required = sum(each.target.required for each in whole.gaps)
    return Year(target.role.key, target.level.key, required, tuple(found))


def _met(cell: CellKey, now: datetime) -> Assessment:
    return Assessment(cell, Status.MET, now)


def _nudged(week: int, choice: Choice) -> Nudged:
    prompt = choice.prompt.base if choice.prompt else None
    required = Reason.REQUIRED in choice.reasons
    return Nudged(week, key_of(choice.gap.target), required, prompt, choice.asked is not None)


def own_prompts_wanting(catalogue: Catalogue, *, least: int = 3) -> int:
    """Return how many required cells have fewer prompts of their own."""
    return sum(
        each.required and len(each.prompts) < least for each in catalogue.content.expectations
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    every = one | other
    return not every or len(one & other) >= SAME * len(every)
