"""The way to a level: what changes between two rungs, and what carries over between two roles."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from itertools import takewhile
from typing import NamedTuple

from bot.domain.framework import Catalogue, Expectation, Skill
from bot.domain.lookup.rung import Rung


class GapReason(IntEnum):
    """Why an expectation is a gap; one expectation has one main reason, the smallest."""

    NEW = 0  # the skill is not defined at the rung one comes from
    NOW_REQUIRED = 1  # optional before, required now
    DEEPER = 2  # a greater proficiency
    REWORDED = 3  # the same depth and requirement, another behaviour
    CARRIED = 4  # nothing, in a transfer: the role one comes from asks for as much


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
        asked = self.target.proficiency
        if asked is None:
            return 0
        held = self.before.proficiency if self.before else None
        return asked.rank if held is None else max(0, asked.rank - held.rank)


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
        return tuple(takewhile(lambda gap: gap.target.required, self.gaps))


def promotion_gap(catalogue: Catalogue, *, origin: Rung | None, target: Rung) -> PromotionGap:
    """Compare two rungs, of one role or of two; nothing counts as met yet."""
    before: Mapping[str, Expectation] = {}
    if origin:
        cells = catalogue.expectations_at(origin.role, origin.level)
        before = {each.skill.key: each for each in cells}
    wanted = catalogue.expectations_at(target.role, target.level)
    gaps: list[Gap] = []
    carried: list[Expectation] = []
    for each in wanted:
        held = before.get(each.skill.key)
        change = GapReason.NEW if held is None else change_of(held, each)
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
    transfer = before.role is not target.role and before.role.key != target.role.key
    if not transfer and target.required and not before.required:
        return GapReason.NOW_REQUIRED
    asked, held = target.proficiency, before.proficiency
    if asked is not None:
        # Where no depth was stated, a stated one is more than anybody had to show.
        if held is None or asked.rank > held.rank:
            return GapReason.DEEPER
        if transfer:
            return None
    return None if before.wording == target.wording else GapReason.REWORDED


def in_reading_order(catalogue: Catalogue, gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """Return gaps as every card, the walk-through and the nudges go through them.

    Required before optional, then the larger jump, then catalogue order.
    """
    order = catalogue.skill_order
    return _weighed(sorted(gaps, key=lambda gap: order[gap.target.skill.key]))


def _weighed(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """Put gaps in catalogue order into reading order. Few jumps differ, so those are sorted."""
    required: dict[int, list[Gap]] = {}
    optional: dict[int, list[Gap]] = {}
    for gap in gaps:
        alike = required if gap.target.required else optional
        jump = gap.jump
        if jump in alike:
            alike[jump].append(gap)
        else:
            alike[jump] = [gap]
    return tuple(
        gap
        for alike in (required, optional)
        for jump in sorted(alike, reverse=True)
        for gap in alike[jump]
    )


def _undefined(
    catalogue: Catalogue, target: Rung, wanted: Iterable[Expectation]
) -> tuple[Skill, ...]:
    """Return the role's skills that no cell defines at the target level, in catalogue order."""
    defined = {each.skill.key for each in wanted}
    asked = catalogue.skills_asked_of(target.role)
    if len(asked) == len(defined):
        return ()
    return tuple(skill for skill in asked if skill.key not in defined)
