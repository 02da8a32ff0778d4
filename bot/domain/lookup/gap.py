"""The way to a level: what changes between two rungs, and what carries over between two roles."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import IntEnum
from functools import cached_property
from itertools import repeat
from typing import NamedTuple

from bot.domain.framework import Expectation, Requirement, Skill
from bot.domain.lookup.cell_codes import UNDEFINED, CellCodes, Row, is_required
from bot.domain.lookup.picked import Picked
from bot.domain.lookup.rung import Rung
from bot.domain.lookup.verdicts import (
    BY_WORDS,
    CARRIED,
    NOT_DEFINED,
    REWORDED,
    TransferVerdicts,
    Verdicts,
)
from bot.domain.revision import Catalogue
from bot.values import dataclass


class GapReason(IntEnum):
    """Why an expectation is a gap; one expectation has one main reason, the smallest."""

    NEW = 0  # the skill is not defined at the rung one comes from
    NOW_REQUIRED = 1  # optional before, required now
    DEEPER = 2  # a greater proficiency
    REWORDED = 3  # the same depth and requirement, another behaviour
    CARRIED = 4  # nothing, in a transfer: the role one comes from asks for as much


# What is looked at for each of hundreds of gaps is not looked up each time.
_REQUIRED, _NEW, _REWORDED = Requirement.REQUIRED, GapReason.NEW, GapReason.REWORDED
_DEEPER, _NOW_REQUIRED = GapReason.DEEPER, GapReason.NOW_REQUIRED


class Gap(NamedTuple):
    """One expectation of the target that the rung one comes from does not cover.

    A named tuple, for a card counts up to hundreds of them: a frozen dataclass is made four times
    as slowly.
    """

    target: Expectation
    before: Expectation | None
    change: GapReason

    @property
    def jump(self) -> int:
        """How many proficiency ranks the target lies above today's; 0 where it states no depth."""
        target, before, _ = self
        asked = target.proficiency
        if asked is None:
            return 0
        held = before.proficiency if before is not None else None
        if held is None:
            return asked.rank
        return asked.rank - held.rank if asked.rank > held.rank else 0


@dataclass(frozen=True)
class PromotionGap:
    """Everything between two rungs.

    Every expectation of the target stands in exactly one of `gaps` (what changes, in reading
    order), `met` (changes that the member already meets) and `carried` (covered by the rung one
    comes from). `undefined` are skills of the role that have no cell at the target.
    """

    origin: Rung | None
    target: Rung
    gaps: Sequence[Gap]
    met: tuple[Gap, ...]
    carried: Sequence[Expectation]
    undefined: Sequence[Skill]

    @property
    def is_transfer(self) -> bool:
        return self.origin is not None and self.origin.role.key != self.target.role.key

    def required(self) -> Sequence[Gap]:
        """Return the open gaps that the target requires."""
        return self._required

    @cached_property
    def _required(self) -> Sequence[Gap]:
        # They come first; one gap is shared by all members who have marked nothing of it.
        known = self.gaps.required if isinstance(self.gaps, _Gaps) else None
        if known is None:
            known = bisect_left(self.gaps, True, key=lambda gap: not gap.target.required)
        return self.gaps[:known]


class _Gaps(Picked[Gap]):
    """The gaps between two rungs; `required` of them are, and come first."""

    required: int


def promotion_gap(catalogue: Catalogue, *, origin: Rung | None, target: Rung) -> PromotionGap:
    """Compare two rungs, of one role or of two; nothing counts as met yet.

    Numbers are compared: the expectations themselves are taken up as somebody looks at them.
    """
    way = _Way(catalogue, origin, target)
    found, weights = way.by_verdict(), way.verdicts.weights
    verdicts = sorted((each for each in found if each >= 0), key=weights.__getitem__)
    gaps = _Gaps([place for each in verdicts for place in found[each]], way.gap)
    gaps.required = sum(len(found[each]) for each in verdicts if not weights[each][0])
    return PromotionGap(
        origin=origin,
        target=target,
        gaps=gaps,
        met=(),
        carried=Picked(found.get(CARRIED, ()), way.wanted),
        undefined=Picked(found.get(NOT_DEFINED, ()), way.skill),
    )


class _Way:
    """Two rungs beside each other, skill by skill of the target's role.

    A place is that of a skill among those that the role asks for at any level.
    """

    def __init__(self, catalogue: Catalogue, origin: Rung | None, target: Rung) -> None:
        self._skills = catalogue.content.skills
        self._codes = catalogue.lasting(CellCodes)
        self._origin, self._target = origin, target
        self._role = self._codes.of(target.role)
        self._before = catalogue.cells_at(origin.role, origin.level) if origin else {}
        self._cells = catalogue.cells_at(target.role, target.level)
        self._transfer = origin is not None and origin.role.key != target.role.key
        self.verdicts = catalogue.lasting(TransferVerdicts if self._transfer else Verdicts)

    def skill(self, place: int) -> Skill:
        return self._skills[self._role.places[place]]

    def wanted(self, place: int) -> Expectation:
        """Return what the target asks for."""
        return self._cells[self.skill(place).key]

    def gap(self, place: int) -> Gap:
        """Return what changes."""
        target = self.wanted(place)
        before = self._before.get(target.skill.key)
        change = None if before is None else _change(before, target, transfer=self._transfer)
        return Gap(target, before, _NEW if change is None else change)

    def by_verdict(self) -> dict[int, list[int]]:
        """Return the places by the verdict, each in catalogue order."""
        before, wanted = self._row_before(), self._role.row(self._target.level)
        found: defaultdict[int, list[int]] = defaultdict(list)
        pairs = zip(before.standings, wanted.standings, strict=True)
        for place, verdict in enumerate(map(self.verdicts.__getitem__, pairs)):
            found[verdict].append(place)
        undecided = found.pop(BY_WORDS, ())
        for place in undecided:
            if self._say_the_same(place, before, wanted):
                found[CARRIED].append(place)
            else:
                found[REWORDED[is_required(wanted.standings[place])]].append(place)
        for verdict in (CARRIED, *REWORDED.values()) if undecided else ():
            found[verdict].sort()
        return found

    def _row_before(self) -> Row:
        """Return the row that one comes from, with the places of the target's role."""
        origin, role = self._origin, self._role
        if origin is None:
            nothing = bytes(len(role.places))
            return Row(nothing, nothing)
        if not self._transfer:
            return role.row(origin.level)
        held = self._codes.of(origin.role)
        standings = dict(zip(held.places, held.row(origin.level).standings, strict=True))
        # Words have numbers of their own in each role.
        return Row(tuple(map(standings.get, role.places, repeat(UNDEFINED))), ())

    def _say_the_same(self, place: int, before: Row, wanted: Row) -> bool:
        if self._transfer:
            target = self.wanted(place)
            return _say_the_same(self._before[target.skill.key], target)
        return before.words[place] == wanted.words[place]


def change_of(before: Expectation | None, target: Expectation) -> GapReason | None:
    """Name the main change, or None where the rung one comes from covers `target`."""
    if before is None:
        return GapReason.NEW
    return _change(before, target, transfer=before.role.key != target.role.key)


def _change(before: Expectation, target: Expectation, *, transfer: bool) -> GapReason | None:
    required, was_required = target.requirement is _REQUIRED, before.requirement is _REQUIRED
    if required and not (was_required or transfer):
        return _NOW_REQUIRED
    asked, held = target.proficiency, before.proficiency
    if asked is not None:
        # Where no depth was stated, a stated one is more than anybody had to show.
        if held is None or (asked is not held and asked.rank > held.rank):
            return _DEEPER
        if transfer:
            return None
    return None if _say_the_same(before, target) else _REWORDED


def _say_the_same(before: Expectation, target: Expectation) -> bool:
    was, now = before.wording, target.wording
    if was is None or now is None:
        return was is now
    return was.base == now.base and was.by_locale == now.by_locale


def in_reading_order(catalogue: Catalogue, gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """Return gaps as every card, the walk-through and the nudges go through them.

    Required before optional, then the larger jump, then catalogue order.
    """
    order = catalogue.skill_order

    def place(gap: Gap) -> tuple[bool, int, int]:
        target = gap.target
        jump = 0 if gap.change is _REWORDED else gap.jump
        return (target.requirement is not _REQUIRED, -jump, order[target.skill.key])

    return tuple(sorted(gaps, key=place))
