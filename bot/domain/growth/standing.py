"""Where a member stands with an expectation: folded from all their marks and evidence. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime, timedelta
from enum import Enum

from bot.domain.framework import CellKey, Expectation, Level, key_of
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.growth.evidence import Evidence
from bot.domain.growth.holdings import Growth
from bot.domain.growth.marked_words import MarkedWords, same_words
from bot.domain.growth.planned.action import DatedAction
from bot.domain.growth.planned.agreement import Agreement
from bot.domain.revision import Catalogue
from bot.domain.text import LocalText
from bot.values import dataclass

FRESH_FOR = timedelta(days=365)


class Due(Enum):
    """Why a *met* deserves a fresh look; where there are several reasons, the first of these."""

    RAISED = "raised"  # the catalogue now asks for more depth than when it was marked
    REWORDED = "reworded"  # the expectation reads differently than when it was marked
    DOUBTED = "doubted"  # something lower on the same ladder was marked *not yet* since
    AGED = "aged"


@dataclass(frozen=True, slots=True)
class MarkedElsewhere:
    """A *met* on another expectation of the same skill; `asked` is what that one said then."""

    mark: Assessment
    asked: Expectation = field(compare=False)


@dataclass(frozen=True, slots=True)
class Standing:
    """A member's status with one expectation.

    `mark` is what counts, None where nothing does. It may be another cell's *met*: of a higher rung
    of the same role, or of the very same words. `then` is what the mark was made on, as it read on
    that day; None where that is not known, or where only the expectation's own status counts.

    `likely` is a *met* in another role that makes this one likely: never counted as met. `below` is
    the *met* of a lower rung of the same role, to be named beside what is open.

    `evidence` counts what supports this very expectation. `shown` tells that the *met* which counts
    is more than the member's word: something supports it here, or where it was marked.
    """

    cell: CellKey
    mark: Assessment | None = None
    due: Due | None = None
    evidence: int = 0
    likely: MarkedElsewhere | None = None
    below: MarkedElsewhere | None = None
    then: Expectation | None = field(default=None, compare=False)
    shown: bool = False

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
    def put_aside(self) -> bool:
        return self.status is Status.NOT_RELEVANT

    @property
    def own(self) -> bool:
        """Whether the mark was made on this very expectation."""
        return self.mark is not None and self.mark.cell == self.cell

    @property
    def read_before(self) -> LocalText | None:
        """The words that were met, where the expectation reads differently now."""
        return self.then.wording if self.then and self.due is Due.REWORDED else None


@dataclass(frozen=True, slots=True)
class OwnCell:
    """All that a member holds about one expectation; evidence is newest first."""

    standing: Standing
    evidence: tuple[Evidence, ...] = ()
    actions: tuple[DatedAction, ...] = ()


class Standings:
    """Answers "where does this member stand with that expectation?" from the skill's marks."""

    def __init__(
        self,
        growth: Growth,
        catalogue: Catalogue,
        *,
        now: datetime,
        fresh_for: timedelta = FRESH_FOR,
        words: MarkedWords | None = None,
    ) -> None:
        """Index a member's marks by skill.

        Args:
            growth: what the member holds.
            catalogue: ranks proficiencies; marks at a depth it no longer has count on their own
                expectation and for the very same words only.
            now: when the question is asked; decides what has aged.
            fresh_for: how long a *met* is taken as it is.
            words: what the marks were made on; without it, what `catalogue` says now.
        """
        self.catalogue = catalogue
        self.growth = growth
        self._words = words or MarkedWords(catalogue)
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
        self._found: dict[int, tuple[Expectation, Standing]] = {}
        self.touched = frozenset((*self._by_skill, *(cell.skill for cell in self._support)))
        """Keys of the skills that any mark or evidence is about; of others there is no more to say
        than that nothing was ever said."""

    def of(self, expectation: Expectation) -> Standing:
        """Return where the member stands with an expectation of the catalogue."""
        # Most of what a role asks for was never marked by most members, and has no evidence.
        if expectation.skill.key not in self.touched:
            return Standing(key_of(expectation))
        # Many ways lead to the same target. By identity, for another revision's may read otherwise.
        known = self._found.get(id(expectation))
        if known is None:
            known = self._found[id(expectation)] = expectation, self._work_out(expectation)
        return known[1]

    def _work_out(self, expectation: Expectation) -> Standing:
        cell = key_of(expectation)
        evidence = len(self._support.get(cell, ()))
        if cell.skill not in self._by_skill:
            return Standing(cell, evidence=evidence)
        own = self.growth.marks.get(cell)
        elsewhere = [
            each
            for each in self._by_skill[cell.skill]
            if each is not own and each.status is Status.MET
        ]
        mark = self._counts(own, elsewhere, expectation)
        met = mark is not None and mark.status is Status.MET
        then = self._words.of(mark) if mark and met else None
        return Standing(
            cell,
            mark,
            self._due(mark, then, expectation) if mark and met else None,
            evidence,
            likely=None if mark else self._likely(elsewhere, expectation),
            below=None if met else self._below(elsewhere, expectation),
            then=then,
            shown=met and bool(evidence or (mark and self._support.get(mark.cell))),
        )

    @property
    def agreed(self) -> Mapping[CellKey, Agreement]:
        """What counts today because the member agreed so with somebody; the nearest day tells."""
        today = self._now.date()
        counting = [each for each in self.growth.agreed if each.until >= today]
        return {each.cell: each for each in reversed(counting)}

    def own_cell(self, expectation: Expectation) -> OwnCell:
        """Return where the member stands with an expectation, and what shows it."""
        standing = self.of(expectation)
        actions = tuple(each for each in self.growth.actions if each.cell == standing.cell)
        return OwnCell(standing, self.evidence_for(standing.cell), actions)

    def evidence_for(self, cell: CellKey) -> tuple[Evidence, ...]:
        """Return what supports an expectation, newest first."""
        return tuple(self._support.get(cell, ()))

    def _counts(
        self, own: Assessment | None, elsewhere: Iterable[Assessment], expectation: Expectation
    ) -> Assessment | None:
        """Choose the mark that counts: the newest of the expectation's own and every *met* that
        reaches it. At the same moment the own one counts."""
        reaching = (each for each in elsewhere if self._reaches(each, expectation))
        best = max(reaching, key=_newest, default=None)
        return own if own and (best is None or own.at >= best.at) else best

    def _reaches(self, mark: Assessment, expectation: Expectation) -> bool:
        """Tell whether a *met* also speaks for this expectation of the same skill."""
        if self._lies_below(mark, expectation.level, expectation):
            asked = expectation.proficiency
            if asked is None or self._rank(mark.proficiency) >= asked.rank:
                return True
        made_on = self._words.of(mark)
        return made_on is not None and same_words(made_on, expectation)

    def _lies_below(self, mark: Assessment, lower: Level, expectation: Expectation) -> bool:
        """Tell whether a mark was made above a level of the expectation's role."""
        upper = self._level(mark, expectation)
        return upper is not None and expectation.role.ladder.descends(upper, lower)

    @staticmethod
    def _level(mark: Assessment, expectation: Expectation) -> Level | None:
        """Return the level of a mark in the expectation's role; None where it is another's."""
        if mark.cell.role != expectation.role.key:
            return None
        return expectation.role.ladder.level(mark.cell.level)

    def _likely(
        self, elsewhere: Iterable[Assessment], expectation: Expectation
    ) -> MarkedElsewhere | None:
        """Return the newest *met* of another role, on a rung at least as high, at enough depth."""
        asked = expectation.proficiency
        if asked is None or not self._words.describes(asked.key):
            return None
        found = []
        for mark in elsewhere:
            if (
                mark.cell.role == expectation.role.key
                or self._rank(mark.proficiency) < asked.rank
                or not self._words.describes(mark.proficiency)
            ):
                continue
            made_on = self._words.of(mark)
            if (
                made_on is not None
                and made_on.level.rank >= expectation.level.rank
                and not self._doubted(mark, made_on)
            ):
                found.append(MarkedElsewhere(mark, made_on))
        return max(found, key=lambda each: _newest(each.mark), default=None)

    def _below(
        self, elsewhere: Iterable[Assessment], expectation: Expectation
    ) -> MarkedElsewhere | None:
        """Return the *met* of the nearest lower rung of the same role."""
        ladder, nearest, best = expectation.role.ladder, None, 0
        for mark in elsewhere:
            lower = self._level(mark, expectation)
            if lower is None or not ladder.descends(expectation.level, lower):
                continue
            made_on = self._words.of(mark)
            if made_on is not None and (nearest is None or lower.rank > best):
                nearest, best = MarkedElsewhere(mark, made_on), lower.rank
        return nearest

    def _due(
        self, mark: Assessment, then: Expectation | None, expectation: Expectation
    ) -> Due | None:
        asked = expectation.proficiency
        own = mark.cell == key_of(expectation)
        if asked and self._asked_less(mark.proficiency, asked.rank):
            return Due.RAISED
        if own and then is not None and self._reworded(mark, then, expectation):
            return Due.REWORDED
        if self._doubted(mark, then or expectation):
            return Due.DOUBTED
        # What was shown here renews a mark made elsewhere, as what was shown there does.
        places = {key_of(expectation), mark.cell}
        shown = [each.added_at for place in places for each in self._support.get(place, ())]
        return Due.AGED if self._now - max([mark.at, *shown]) > self._fresh_for else None

    def _asked_less(self, proficiency: str | None, rank: int) -> bool:
        """Tell whether less was asked when something was marked; a depth that is gone is no less"""
        return proficiency is None or (
            proficiency in self._ranks and self._rank(proficiency) < rank
        )

    def _reworded(self, mark: Assessment, then: Expectation, expectation: Expectation) -> bool:
        """Tell whether the words have changed since; a goal may be measured on older ones."""
        revision = mark.revision_id
        if then is expectation or revision is None or revision >= self.catalogue.revision.id:
            return False
        nothing = then.wording is None and expectation.wording is None
        return not nothing and not same_words(then, expectation)

    def _doubted(self, mark: Assessment, made_on: Expectation) -> bool:
        """Tell whether a lower rung that the *met* speaks for was marked *not yet* since."""
        ladder = made_on.role.ladder
        upper = ladder.level(mark.made_on.level)
        for other in self._by_skill[mark.cell.skill]:
            if (
                other.status is Status.NOT_YET
                and other.cell.role == mark.cell.role
                and other.at > mark.at
                and self._rank(other.proficiency) <= self._rank(mark.proficiency)
            ):
                lower = ladder.level(other.made_on.level)
                if upper and lower and ladder.descends(upper, lower):
                    return True
        return False

    def _rank(self, proficiency: str | None) -> int:
        return self._ranks.get(proficiency, -1) if proficiency else -1


def _newest(mark: Assessment) -> tuple[datetime, CellKey]:
    return (mark.at, mark.cell)
