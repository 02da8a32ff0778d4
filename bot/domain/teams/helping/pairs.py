"""Brings together who offers help with a skill and who wants to learn it. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.lookup.skill_offer import HelpSide
from bot.values import dataclass

RARELY = timedelta(days=7)
"""Nobody is asked about another pair before so much time has passed."""
DAY = timedelta(days=1)
LAPSES_AFTER = timedelta(days=14)
"""A proposal without two answers is over then, and nobody is told."""


class PairState(StrEnum):
    """How far two people are. They learn of each other only where both said yes: *introduced*."""

    PROPOSED = "proposed"
    INTRODUCED = "introduced"
    DECLINED = "declined"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody's offer or wish, as it takes part: `id` is its row, `member` the person's."""

    id: int
    member: int
    slack_id: str
    skill: str
    side: HelpSide
    at: datetime


@dataclass(frozen=True, slots=True)
class Proposed:
    """A pair that was proposed before, whatever became of it."""

    skill: str
    helper: int
    learner: int
    state: PairState


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pair to propose now. `skill` is the key that the revision in force has."""

    skill: str
    helper: Hand
    learner: Hand


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair as one of the two sees it: `other` is the other's Slack id, `side` their own.

    `said` is their own answer, None before it.
    """

    id: int
    skill: str
    side: HelpSide
    other: str
    state: PairState
    said: bool | None
    at: datetime

    @property
    def introduced(self) -> bool:
        return self.state is PairState.INTRODUCED


@dataclass(frozen=True, slots=True)
class KeptPair:
    """A pair as it is held of one of the two: nothing of what the other said, unless both agreed.

    `other` is the other's Slack id once they know of each other.
    """

    skill: str
    side: HelpSide
    at: datetime
    said: bool | None
    other: str | None


@dataclass(frozen=True, slots=True)
class Meeting:
    """All that decides whom to propose to whom in one workspace.

    `asked_at` is when somebody, by their member's id, was last asked about a pair.
    """

    hands: tuple[Hand, ...]
    proposed: tuple[Proposed, ...]
    asked_at: Mapping[int, datetime] = field(default_factory=dict, hash=False)


def proposals(meeting: Meeting, *, now: datetime) -> tuple[Proposal, ...]:
    """Return whom to bring together now.

    Who has wanted to learn something for longest comes first. Of those who offer help with it, the
    one with fewest open proposals is asked; of several, who has offered for longest. A pair is
    proposed once, and nobody is asked twice within a week.
    """
    known = {(each.skill, each.helper, each.learner) for each in meeting.proposed}
    open_ = _open_of_helpers(meeting.proposed)
    # What lies ahead was written by a clock that was wrong: it must not keep anybody waiting.
    busy = {who for who, at in meeting.asked_at.items() if now - RARELY < at <= now + DAY}
    helping: dict[str, list[Hand]] = defaultdict(list)
    for each in _in_order(meeting.hands, HelpSide.HELP):
        helping[each.skill].append(each)
    found = []
    for wish in _in_order(meeting.hands, HelpSide.LEARN):
        if wish.member in busy:
            continue
        free = [
            each
            for each in helping[wish.skill]
            if each.member not in {*busy, wish.member}
            and (wish.skill, each.member, wish.member) not in known
        ]
        if free:
            # The first of the least: they are in order.
            helper = min(free, key=lambda each: open_[each.member])
            busy |= {helper.member, wish.member}
            found.append(Proposal(wish.skill, helper, wish))
    return tuple(found)


def _in_order(hands: Iterable[Hand], side: HelpSide) -> list[Hand]:
    return sorted(
        (each for each in hands if each.side is side), key=lambda each: (each.at, each.id)
    )


def _open_of_helpers(proposed: Iterable[Proposed]) -> Mapping[int, int]:
    found: dict[int, int] = defaultdict(int)
    for each in proposed:
        if each.state is PairState.PROPOSED:
            found[each.helper] += 1
    return found


def state_after(helper_said: bool | None, learner_said: bool | None) -> PairState:
    """Return how far a pair is with these answers; a no stands, whatever the other says."""
    if False in (helper_said, learner_said):
        return PairState.DECLINED
    both = helper_said is True and learner_said is True
    return PairState.INTRODUCED if both else PairState.PROPOSED
