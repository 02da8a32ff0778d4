"""What members say that others may find: help that they offer, and what they want to learn."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum

from bot.domain.errors import NextrungError
from bot.domain.revision import Catalogue
from bot.domain.text import LocalText
from bot.values import dataclass

MOST = 20
"""So many skills somebody may offer help with, and as many they may want to learn."""


class HelpSide(StrEnum):
    """Which of the two somebody is. An offer is seen by members; a wish by nobody."""

    HELP = "help"
    LEARN = "learn"


@dataclass(frozen=True, slots=True)
class SkillOffer:
    """An offer of help with a skill, or the wish to learn it.

    `skill` is the key that it had then; see `Moves.skill` for what it is called now.
    """

    skill: str
    side: HelpSide
    at: datetime


@dataclass(frozen=True, slots=True)
class NamedOffer:
    """An offer or wish as the catalogue in force calls its skill.

    `name` is None where the catalogue has the skill no longer; `key` is the older key then, and
    `former` what it was called last, where that is known.
    """

    key: str
    side: HelpSide
    name: LocalText | None
    former: LocalText | None = None


def named_offers(
    offers: Iterable[SkillOffer],
    catalogue: Catalogue,
    former: Mapping[str, LocalText] | None = None,
) -> tuple[NamedOffer, ...]:
    """Return offers and wishes by the names in force, those that became the same skill once.

    `former` are the last names of what the catalogue has no longer, by key.
    """
    found: dict[tuple[str, HelpSide], NamedOffer] = {}
    for each in offers:
        skill = catalogue.skill(catalogue.moves.skill(each.skill))
        key, side = skill.key if skill else each.skill, each.side
        named = NamedOffer(key, side, skill.name if skill else None, (former or {}).get(key))
        found.setdefault((key, side), named)
    return tuple(found.values())


class TooManyOffers(NextrungError):
    """Somebody offers help with, or wants to learn, as many as they may. Params: `limit`."""

    code = "too_many_offers"


class NotForGuests(NextrungError):
    """Offers of help are between members of a workspace, and Slack calls this one a guest."""

    code = "not_for_guests"


class AccountUnknown(NextrungError):
    """Slack does not say just now whether somebody is a member or a guest; nothing was done."""

    code = "account_unknown"
