"""What controls say that are about a share and marks in it, a team, helpers, and pairs."""

from bot.domain.lookup.skill_offer import HelpSide
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class OfShare:
    """A share, by its id, and the page of what it shows."""

    share_id: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowHelpers:
    """Who offers help with a skill; `levels` and `role` are of the card that it was opened from."""

    skill: str
    page: int = 0
    levels: tuple[str, ...] = ()
    role: str | None = None


@dataclass(frozen=True, slots=True)
class ChangeOffer:
    """Offer help with a skill, or want to learn it, or no longer: what `on` says."""

    skill: str
    side: HelpSide
    on: bool


@dataclass(frozen=True, slots=True)
class AnswerPair:
    """Say yes or no to a pair."""

    pair: int
    yes: bool


@dataclass(frozen=True, slots=True)
class OfItem:
    """An expectation of a shared goal, by its `item_key`, and the page that it stands on."""

    share_id: int
    item: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class OfMark:
    """A mark that was sent, by its id, in a share, and the page that it stands on."""

    share_id: int
    mark_id: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class TeamAsk:
    """Which part of a team to show: of a level of goals or of all, of a role or of all.

    `level` is a `TeamLevel.key`, `role` a `TeamGoal.role_key`, each empty for all; `page` counts
    from 0.
    """

    level: str = ""
    role: str = ""
    page: int = 0
