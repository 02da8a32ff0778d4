"""The way to a level: what changes between two rungs, and what carries over between two roles."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

from bot.domain.framework import Catalogue, Expectation, Requirement, Skill
from bot.domain.lookup.rung import Rung


class GapReason(IntEnum):
    """Why an expectation is a gap; one expectation has one main reason, the smallest."""

    NEW = 0  # the skill is not defined at the rung one comes from
    NOW_REQUIRED = 1  # optional before, required now
    DEEPER = 2  # a greater proficiency
    REWORDED = 3  # the same depth and requirement, another behaviour
    CARRIED = 4  # nothing, in a transfer: the role one comes from asks for as much


# What is looked at for each of hundreds of gaps is not looked up each time.
_REQUIRED, _NEW, _REWORDED = Requirement.REQUIRED, GapReason.NEW, GapReason.REWORDED


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
    gaps: list[Gap] = []
    carried: list[Expectation] = []
    for skill, each in wanted.items():
        held = before.get(skill)
        change = _NEW if held is None else _change(held, each, transfer=transfer)
        if change is None:
            carried.append(each)
        else:
            gaps.append(Gap(each, held, change))
    return PromotionGap(
        origin=origin,
        target=target,
        gaps=_weighed(gaps),
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
        return GapReason.NOW_REQUIRED
    asked, held = target.proficiency, before.proficiency
    if asked is not None:
        # Where no depth was stated, a stated one is more than anybody had to show.
        if held is None or asked.rank > held.rank:
            return GapReason.DEEPER
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
    return _weighed(sorted(gaps, key=lambda gap: order[gap.target.skill.key]))


def _weighed(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """Put gaps in catalogue order into reading order. Few jumps differ, so those are sorted."""
    alike: tuple[dict[int, list[Gap]], ...] = ({}, {})
    for gap in gaps:
        target, _, change = gap
        jumps = alike[target.requirement is not _REQUIRED]
        jump = 0 if change is _REWORDED else gap.jump
        if jump in jumps:
            jumps[jump].append(gap)
        else:
            jumps[jump] = [gap]
    return tuple(
        gap for jumps in alike for jump in sorted(jumps, reverse=True) for gap in jumps[jump]
    )


def _undefined(
    catalogue: Catalogue, target: Rung, wanted: Mapping[str, Expectation]
) -> tuple[Skill, ...]:
    """Return the role's skills that no cell defines at the target level, in catalogue order."""
    asked = catalogue.skills_asked_of(target.role)
    if len(asked) == len(wanted):
        return ()
    return tuple(skill for skill in asked if skill.key not in wanted)
