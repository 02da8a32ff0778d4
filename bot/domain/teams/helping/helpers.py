"""Who offers help with what in a workspace, as its members may find it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.domain.framework import Skill
from bot.domain.lookup.skill_offer import HelpSide
from bot.domain.moves import Moves
from bot.values import dataclass

CONFIRMED_FOR = timedelta(days=7)
"""For so long it holds what Slack said of an account; who is not asked about anew is not shown."""
ASKED_AGAIN_AFTER = timedelta(days=1)
PAGE = 20


@dataclass(frozen=True, slots=True)
class HelperAccount:
    """What Slack said last of who offers or wants something; `barred` is why nobody sees them."""

    barred: str | None
    checked_at: datetime


@dataclass(frozen=True, slots=True)
class Helpers:
    """Slack ids of all active members who offer help, by the skill's key as they offered it.

    Within a skill, who has offered for longest comes first. Deactivated accounts, guests and those
    of whom Slack has said nothing lately are not in here.
    """

    by_skill: Mapping[str, tuple[str, ...]]

    def of(self, skill: str, moves: Moves) -> tuple[str, ...]:
        """Return who offers help with a skill of a revision, older keys that became it included."""
        if not self.by_skill:
            return ()
        keys = (skill, *(old for old, new in moves.skills.items() if new == skill))
        return tuple(dict.fromkeys(who for key in keys for who in self.by_skill.get(key, ())))


@dataclass(frozen=True, slots=True)
class HelpersSeen:
    """One page of who offers help with a skill, and what the reader does themself.

    `people` are Slack ids; `count` is of all pages.
    """

    skill: Skill
    count: int
    people: tuple[str, ...]
    page: int
    pages: int
    own: frozenset[HelpSide]
