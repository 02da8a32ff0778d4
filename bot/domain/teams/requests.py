"""What controls say that are about a share, about helpers, and about pairs."""

from dataclasses import dataclass

from bot.domain.lookup.skill_offer import HelpSide


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
