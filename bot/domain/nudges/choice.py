"""Which expectation the next nudge is about, which prompt it brings, and why. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import Enum
from typing import NamedTuple

from bot.domain.framework import CellKey, key_of
from bot.domain.growth.own_gap import OwnState
from bot.domain.growth.planned.agreement import Agreement
from bot.domain.growth.written import Written
from bot.domain.lookup.gap import Gap, PromotionGap
from bot.domain.nudges.history import RECENT, Asked, NudgeHistory, RecentNudge
from bot.domain.nudges.prompts import has_news, next_prompt
from bot.domain.text import LocalText
from bot.values import dataclass

ENOUGH = 3
"""Asked so often, an expectation with nothing new to ask lets others go first."""


class Reason(Enum):
    """Why this expectation was chosen; a card says each that holds."""

    AGREED = "agreed"
    REQUIRED = "required"
    OPTIONAL = "optional"
    LARGEST_STEP = "largest_step"
    NEVER_ASKED = "never_asked"
    ASKED_LONG_AGO = "asked_long_ago"
    LATER_IS_NOW = "later_is_now"
    FRESH_LOOK = "fresh_look"


@dataclass(frozen=True, slots=True)
class Choice:
    """An expectation to nudge about. `prompt` is None where the catalogue brings none.

    `wrote` is what the member wrote about it, where the nudge asks what has changed since; its
    text is empty where it was deleted meanwhile. `agreed` is with whom and until when the member
    agreed that it counts; None where they did not, or it does no more.
    """

    gap: Gap
    prompt: LocalText | None
    reasons: tuple[Reason, ...]
    asked: Asked | None
    wrote: Written | None = None
    agreed: Agreement | None = None

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

    What the member put off until now comes first, then what they agreed with somebody that counts
    now. Then required before optional; among these the fewest times asked, so that each has its
    turn; then open ones before likely ones and those due for a fresh look, the largest step, the
    longest not asked, and reading order. The expectation of the nudge before never comes again at
    once.

    Once each required one was asked, every eighth nudge is about something optional. What was asked
    `ENOUGH` times and has nothing new to ask waits while anything else has.

    Args:
        gap: the way to the goal, with what is met folded away.
        own: the member's side of it.
        history: what was asked before.
        now: the current moment.
        without: cells that were already offered in this nudge.
    """
    candidates = [*_candidates(gap, own)]
    if not candidates:
        return NothingNow.ALL_DONE
    later = _later(history)
    ready = [each for each in candidates if _ready(each.cell, history, later, now, without)]
    if not ready:
        return NothingNow.WAITING
    due = {key_of(each.target) for each in own.due}
    chosen = _first(ready, candidates, own, history, later, due)
    asked = history.asked.get(chosen.cell)
    found = next_prompt(chosen.gap.target, history, own.writing)
    prompt, wrote = (None, found) if isinstance(found, Written) else (found, None)
    agreed = own.agreed.get(chosen.cell)
    reasons = _reasons(chosen.gap, gap, history, asked, due, agreed=agreed is not None)
    return Choice(chosen.gap, prompt, reasons, asked, wrote, agreed)


def has_another(
    gap: PromotionGap,
    own: OwnState,
    history: NudgeHistory,
    *,
    now: datetime,
    without: Collection[CellKey],
) -> bool:
    """Tell whether `choose` would find anything, at a small part of its cost."""
    later = _later(history)
    return any(_ready(each.cell, history, later, now, without) for each in _candidates(gap, own))


def after(history: NudgeHistory, choice: Choice, *, at: datetime) -> NudgeHistory:
    """Return the history as it is once a choice was sent."""
    cell, prompt, wrote = choice.cell, choice.prompt, choice.wrote
    came = Reason.LATER_IS_NOW in choice.reasons
    recent = RecentNudge(cell, Reason.OPTIONAL in choice.reasons, wrote is not None)
    return replace(
        history,
        asked={**history.asked, cell: Asked(history.times(cell) + 1, at)},
        later={each: until for each, until in history.later.items() if each != cell or not came},
        recent=(recent, *history.recent)[:RECENT],
        prompts={**history.prompts, prompt.base: at} if prompt else history.prompts,
        quoted=history.quoted | {(cell, wrote.at)} if wrote else history.quoted,
    )


class _Candidate(NamedTuple):
    """Something that may be asked, with its place in reading order.

    A named tuple, and the key of its cell is made once: dozens of them are made for each nudge.
    """

    place: int
    cell: CellKey
    gap: Gap


# Until when things are or were put off, and have not come since.
_Later = Mapping[CellKey, datetime]


def _candidates(gap: PromotionGap, own: OwnState) -> Iterator[_Candidate]:
    for place, each in enumerate((*gap.gaps, *own.likely, *own.due)):
        yield _Candidate(place, key_of(each.target), each)


def _later(history: NudgeHistory) -> _Later:
    found = ((cell, history.put_off(cell)) for cell in history.later)
    return {cell: until for cell, until in found if until is not None}


def _first(
    ready: Sequence[_Candidate],
    candidates: Sequence[_Candidate],
    own: OwnState,
    history: NudgeHistory,
    later: _Later,
    due: Collection[CellKey],
) -> _Candidate:
    """Return whose turn it is among those that are `ready`."""
    settled = {*due, *(key_of(each.target) for each in own.likely)}
    optional_now = _optionals_turn(candidates, history)

    def rank(one: _Candidate) -> tuple[bool, bool, bool, int, bool, int, float, int]:
        asked = history.asked.get(one.cell)
        return (
            one.cell not in later,
            one.cell not in own.agreed,
            one.gap.target.required is optional_now,
            asked.times if asked else 0,
            one.cell in settled,
            -one.gap.jump,
            asked.last.timestamp() if asked else 0.0,
            one.place,
        )

    def worn(one: _Candidate) -> bool:
        """Whether there is nothing new to ask; what was put off is asked again all the same."""
        return (
            history.times(one.cell) >= ENOUGH
            and one.cell not in later
            and not has_news(one.gap.target, history, own.writing)
        )

    first = min(ready, key=rank)
    if not worn(first):
        return first
    return next((each for each in sorted(ready, key=rank) if not worn(each)), first)


def _optionals_turn(candidates: Sequence[_Candidate], history: NudgeHistory) -> bool:
    """Tell whether each required one has had its turn, and nothing optional for a while."""
    recent = history.recent[:RECENT]
    if len(recent) < RECENT or any(each.optional for each in recent):
        return False
    return all(each.cell in history.asked for each in candidates if each.gap.target.required)


def _ready(
    cell: CellKey,
    history: NudgeHistory,
    later: _Later,
    now: datetime,
    without: Collection[CellKey],
) -> bool:
    if cell in without:
        return False
    until = later.get(cell)
    # Whoever said "later" asked for it to come again.
    return cell != history.latest if until is None else until <= now


def _reasons(
    chosen: Gap,
    gap: PromotionGap,
    history: NudgeHistory,
    asked: Asked | None,
    due: Collection[CellKey],
    *,
    agreed: bool,
) -> tuple[Reason, ...]:
    cell = key_of(chosen.target)
    found = []
    if history.put_off(cell) is not None:
        found.append(Reason.LATER_IS_NOW)
    if agreed:
        found.append(Reason.AGREED)
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
