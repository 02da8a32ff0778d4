"""Where a member stands with an expectation: folded from all their marks and evidence. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from bot.domain.framework import Catalogue, CellKey, Expectation, key_of
from bot.domain.growth.assessment import Assessment, Status, newest_per_cell
from bot.domain.growth.evidence import Evidence
from bot.domain.growth.goal import Goal, GoalState

FRESH_FOR = timedelta(days=365)


class Due(Enum):
    """Why a *met* deserves a fresh look."""

    AGED = "aged"
    RAISED = "raised"  # the catalogue now asks for more depth than when it was marked


@dataclass(frozen=True, slots=True)
class Standing:
    """A member's status with one expectation.

    `mark` is what counts, None where nothing was ever marked. It may be another cell's: a skill
    met at some depth counts wherever it is asked for at that depth or less.
    """

    cell: CellKey
    mark: Assessment | None = None
    due: Due | None = None
    evidence: int = 0

    @property
    def status(self) -> Status:
        return self.mark.status if self.mark else Status.NOT_YET

    @property
    def marked(self) -> Status | None:
        """The status that was marked; None where nothing ever was, which counts as *not yet*."""
        return self.mark.status if self.mark else None

    @property
    def met(self) -> bool:
        return self.status is Status.MET

    @property
    def own(self) -> bool:
        """Whether the mark was made on this very expectation."""
        return self.mark is not None and self.mark.cell == self.cell


@dataclass(frozen=True, slots=True)
class OwnCell:
    """All that a member holds about one expectation; evidence is newest first."""

    standing: Standing
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Growth:
    """Everything a member holds: the newest mark per expectation, evidence, and the goal.

    `evidence` is newest first. `version` differs whenever anything in here does.
    """

    marks: Mapping[CellKey, Assessment] = field(default_factory=dict, hash=False)
    evidence: tuple[Evidence, ...] = ()
    goal: Goal | None = None
    version: int = 0

    @property
    def active_goal(self) -> Goal | None:
        return self.goal if self.goal and self.goal.state is GoalState.ACTIVE else None


NO_GROWTH = Growth()


class Standings:
    """Answers "where does this member stand with that expectation?", each in constant time."""

    def __init__(
        self,
        growth: Growth,
        catalogue: Catalogue,
        *,
        now: datetime,
        fresh_for: timedelta = FRESH_FOR,
    ) -> None:
        """Index a member's marks by skill.

        Args:
            growth: what the member holds.
            catalogue: ranks proficiencies; marks at a depth it no longer has count on their own
                expectation only.
            now: when the question is asked; decides what has aged.
            fresh_for: how long a *met* is taken as it is.
        """
        self._growth = growth
        self._ranks = {each.key: each.rank for each in catalogue.content.proficiencies}
        self._now = now
        self._fresh_for = fresh_for
        self._by_skill: dict[str, list[Assessment]] = defaultdict(list)
        for mark in growth.marks.values():
            self._by_skill[mark.cell.skill].append(mark)
        self._support: dict[CellKey, list[Evidence]] = defaultdict(list)
        for piece in growth.evidence:
            for cell in piece.supports:
                self._support[cell].append(piece)

    def of(self, expectation: Expectation) -> Standing:
        """Return where the member stands with an expectation of the catalogue."""
        cell = key_of(expectation)
        # Most of what a role asks for was never marked by most members, and has no evidence.
        mark = self._mark(cell, expectation) if cell.skill in self._by_skill else None
        due = self._due(cell, mark, expectation) if mark and mark.status is Status.MET else None
        return Standing(cell, mark, due, len(self._support.get(cell, ())) if self._support else 0)

    def own_cell(self, expectation: Expectation) -> OwnCell:
        """Return where the member stands with an expectation, and what shows it."""
        standing = self.of(expectation)
        return OwnCell(standing, self.evidence_for(standing.cell))

    def evidence_for(self, cell: CellKey) -> tuple[Evidence, ...]:
        """Return what supports an expectation, newest first."""
        return tuple(self._support.get(cell, ()))

    def _mark(self, cell: CellKey, expectation: Expectation) -> Assessment | None:
        """Choose the mark that counts.

        The expectation's own mark competes by date with a *met* of the same skill at the asked
        depth or more. Without either, another role's mark at the very same depth speaks for it.
        """
        own = self._growth.marks.get(cell)
        asked = expectation.proficiency
        if asked is None:
            return own
        # One mark per expectation: whatever is not its own was made elsewhere.
        others = [each for each in self._by_skill.get(cell.skill, ()) if each is not own]
        covering = [
            each
            for each in others
            if each.status is Status.MET and self._rank(each.proficiency) >= asked.rank
        ]
        if own or covering:
            # At the same moment the expectation's own mark counts.
            best = max(covering, key=_newest, default=None)
            return own if own and (best is None or own.at >= best.at) else best
        same = [each for each in others if each.proficiency == asked.key]
        return max(same, key=_newest, default=None)

    def _due(self, cell: CellKey, mark: Assessment, expectation: Expectation) -> Due | None:
        asked = expectation.proficiency
        if asked and mark.proficiency in self._ranks and self._rank(mark.proficiency) < asked.rank:
            return Due.RAISED
        # What was shown here renews a mark made elsewhere, as what was shown there does.
        shown = [
            each.added_at for place in {cell, mark.cell} for each in self._support.get(place, ())
        ]
        latest = max([mark.at, *shown])
        return Due.AGED if self._now - latest > self._fresh_for else None

    def _rank(self, proficiency: str | None) -> int:
        return self._ranks.get(proficiency, -1) if proficiency else -1


def _newest(mark: Assessment) -> tuple[datetime, CellKey]:
    return (mark.at, mark.cell)


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of what a level adds is met. *Not relevant* leaves the totals."""

    required_met: int
    required_total: int
    optional_met: int
    optional_total: int

    @property
    def complete(self) -> bool:
        """Whether every required expectation is met, and there is at least one."""
        return self.required_total > 0 and self.required_met == self.required_total


def progress_of(pairs: Iterable[tuple[Expectation, Standing]]) -> Progress:
    """Count met and total, required and optional, over expectations with their standing."""
    counts = {True: [0, 0], False: [0, 0]}
    for expectation, standing in pairs:
        if standing.status is Status.NOT_RELEVANT:
            continue
        row = counts[expectation.required]
        row[0] += standing.met
        row[1] += 1
    return Progress(*counts[True], *counts[False])


def growth_of(
    history: Iterable[Assessment],
    evidence: tuple[Evidence, ...] = (),
    goal: Goal | None = None,
    version: int = 0,
) -> Growth:
    """Fold an append-only history, oldest first, into what counts."""
    return Growth(newest_per_cell(history), evidence, goal, version)
