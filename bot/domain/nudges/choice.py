"""Which expectation the next nudge is about, which prompt it brings, and why. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from bot.domain.framework import CellKey, Expectation, key_of
from bot.domain.growth.own_gap import OwnState
from bot.domain.lookup.gap import Gap, PromotionGap
from bot.domain.text import LocalText


class Reason(Enum):
    """Why this expectation was chosen; a card says each that holds."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    LARGEST_STEP = "largest_step"
    NEVER_ASKED = "never_asked"
    ASKED_LONG_AGO = "asked_long_ago"
    LATER_IS_NOW = "later_is_now"
    FRESH_LOOK = "fresh_look"


@dataclass(frozen=True, slots=True)
class Asked:
    """How often an expectation was nudged, and when last."""

    times: int
    last: datetime


@dataclass(frozen=True, slots=True)
class NudgeHistory:
    """What a member was nudged about. `later` says until when something is put off."""

    asked: Mapping[CellKey, Asked] = field(default_factory=dict, hash=False)
    later: Mapping[CellKey, datetime] = field(default_factory=dict, hash=False)
    latest: CellKey | None = None

    def put_off(self, cell: CellKey) -> datetime | None:
        """Return until when an expectation is or was put off; None where it has come since.

        One whose outcome is unknown counts as come: it may have, and must not come twice running.
        """
        until, asked = self.later.get(cell), self.asked.get(cell)
        came = until is not None and asked is not None and asked.last >= until
        return None if came else until


@dataclass(frozen=True, slots=True)
class Choice:
    """An expectation to nudge about. `prompt` is None where the catalogue brings none."""

    gap: Gap
    prompt: LocalText | None
    reasons: tuple[Reason, ...]
    asked: Asked | None

    @property
    def cell(self) -> CellKey:
        return key_of(self.gap.target)


class NothingNow(Enum):
    """Why there is nothing to nudge about at this slot."""

    ALL_DONE = "all_done"  # every expectation of the goal is met or put aside for good
    WAITING = "waiting"  # what is left was put off, or was asked the last time


def choose(
    gap: PromotionGap,
    own: OwnState,
    history: NudgeHistory,
    *,
    now: datetime,
    without: Collection[CellKey] = (),
) -> Choice | NothingNow:
    """Choose what to nudge about.

    What the member put off until now comes first. Then required before optional; among these the
    fewest times asked, so that each has its turn; then open ones before likely ones and those due
    for a fresh look, the largest step, the longest not asked, and reading order. The expectation
    of the nudge before never comes again at once.

    Args:
        gap: the way to the goal, with what is met folded away.
        own: the member's side of it.
        history: what was asked before.
        now: the current moment.
        without: cells that were already offered in this nudge.
    """
    candidates = [*gap.gaps, *own.likely, *own.due]
    if not candidates:
        return NothingNow.ALL_DONE
    # Each cell's key is made once: that halves the time.
    ready = [
        (place, cell, each)
        for place, each in enumerate(candidates)
        if _ready(cell := key_of(each.target), history, now, without)
    ]
    if not ready:
        return NothingNow.WAITING
    due = {key_of(each.target) for each in own.due}
    settled = due | {key_of(each.target) for each in own.likely}

    def rank(one: tuple[int, CellKey, Gap]) -> tuple[bool, bool, int, bool, int, float, int]:
        place, cell, each = one
        asked = history.asked.get(cell)
        return (
            history.put_off(cell) is None,
            not each.target.required,
            asked.times if asked else 0,
            cell in settled,
            -each.jump,
            asked.last.timestamp() if asked else 0.0,
            place,
        )

    _, cell, chosen = min(ready, key=rank)
    asked = history.asked.get(cell)
    prompt = _prompt(chosen.target, asked)
    return Choice(chosen, prompt, _reasons(chosen, gap, history, asked, due), asked)


def _ready(
    cell: CellKey, history: NudgeHistory, now: datetime, without: Collection[CellKey]
) -> bool:
    later = history.put_off(cell)
    if cell in without or (later is not None and later > now):
        return False
    # Whoever said "later" asked for it to come again.
    return later is not None or cell != history.latest


def _prompt(expectation: Expectation, asked: Asked | None) -> LocalText | None:
    prompts = expectation.growth_prompts
    return prompts[(asked.times if asked else 0) % len(prompts)] if prompts else None


def _reasons(
    chosen: Gap,
    gap: PromotionGap,
    history: NudgeHistory,
    asked: Asked | None,
    due: Collection[CellKey],
) -> tuple[Reason, ...]:
    cell = key_of(chosen.target)
    found = []
    if history.put_off(cell) is not None:
        found.append(Reason.LATER_IS_NOW)
    if cell in due:
        found.append(Reason.FRESH_LOOK)
    found.append(Reason.REQUIRED if chosen.target.required else Reason.OPTIONAL)
    if len(gap.gaps) > 1 and chosen.jump and chosen.jump == max(each.jump for each in gap.gaps):
        found.append(Reason.LARGEST_STEP)
    if not asked:
        found.append(Reason.NEVER_ASKED)
    elif cell not in history.later:
        found.append(Reason.ASKED_LONG_AGO)
    return tuple(found)
