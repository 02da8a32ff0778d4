"""The way to a level: what changes between two rungs, and what carries over between two roles."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

from bot.domain.framework import Expectation, Requirement, Skill
from bot.domain.lookup.rung import Rung
from bot.domain.revision import Catalogue


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


_Weighed = tuple[dict[int, list[Gap]], dict[int, list[Gap]]]
"""Gaps in catalogue order by their jump: what is required, and what is optional."""


@dataclass(frozen=True)
class PromotionGap:
    """Everything between two rungs.

    Every expectation of the target stands in exactly one of `gaps` (what changes, in reading
    order), `met` (changes that the member already meets) and `carried` (covered by the rung one
    comes from). `undefined` are skills of the role that have no cell at the target.
    """

    origin: Rung | None
    target: Rung
    gaps: tuple[Gap, ...]
    met: tuple[Gap, ...]
    carried: tuple[Expectation, ...]
    undefined: tuple[Skill, ...]

    @property
    def is_transfer(self) -> bool:
        return self.origin is not None and self.origin.role.key != self.target.role.key

    def required(self) -> tuple[Gap, ...]:
        """Return the open gaps that the target requires."""
        return self._required

    @cached_property
    def _required(self) -> tuple[Gap, ...]:
        # They come first; one gap is shared by all members who have marked nothing of it.
        return self.gaps[: bisect_left(self.gaps, True, key=lambda gap: not gap.target.required)]


def promotion_gap(catalogue: Catalogue, *, origin: Rung | None, target: Rung) -> PromotionGap:
    """Compare two rungs, of one role or of two; nothing counts as met yet."""
    before = catalogue.cells_at(origin.role, origin.level) if origin else {}
    wanted = catalogue.cells_at(target.role, target.level)
    transfer = origin is not None and origin.role.key != target.role.key
    held_at, new = before.get, tuple.__new__
    weighed: _Weighed = ({}, {})
    carried: list[Expectation] = []
    # Hundreds of cells that lie far apart in memory: each is looked at in one go.
    for skill, each in wanted.items():
        held = held_at(skill)
        change = _NEW if held is None else _change(held, each, transfer=transfer)
        if change is None:
            carried.append(each)
            continue
        # What the class does, without a call of its own.
        gap = new(Gap, (each, held, change))
        jumps = weighed[each.requirement is not _REQUIRED]
        jump = 0 if change is _REWORDED else gap.jump
        if jump in jumps:
            jumps[jump].append(gap)
        else:
            jumps[jump] = [gap]
    return PromotionGap(
        origin=origin,
        target=target,
        gaps=_in_order(weighed),
        met=(),
        carried=tuple(carried),
        undefined=_undefined(catalogue, target, wanted),
    )


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
    weighed: _Weighed = ({}, {})
    for gap in sorted(gaps, key=lambda gap: order[gap.target.skill.key]):
        jump = 0 if gap.change is _REWORDED else gap.jump
        weighed[not gap.target.required].setdefault(jump, []).append(gap)
    return _in_order(weighed)


def _in_order(weighed: _Weighed) -> tuple[Gap, ...]:
    """Return all of them; few jumps differ, so those are sorted."""
    return tuple(
        gap for jumps in weighed for jump in sorted(jumps, reverse=True) for gap in jumps[jump]
    )


def _undefined(
    catalogue: Catalogue, target: Rung, wanted: Mapping[str, Expectation]
) -> tuple[Skill, ...]:
    """Return the role's skills that no cell defines at the target level, in catalogue order."""
    asked = catalogue.asked_of(target.role)
    if len(asked) == len(wanted):
        return ()
    missing = asked.keys() - wanted.keys()
    return tuple(asked[key] for key in sorted(missing, key=catalogue.skill_order.__getitem__))
