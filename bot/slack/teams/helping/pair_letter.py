"""The letter about a pair: asks each of the two, and tells them of each other at the end."""

from bot.cards.card import Card
from bot.cards.teams.helping.pair_card import pair_card
from bot.domain.teams.helping.pairs import Pair, PairState
from bot.domain.teams.letter import Letter
from bot.slack.context import Here
from bot.slack.teams.letter_post import DrawnLetter


async def draw_pair(here: Here, letter: Letter) -> DrawnLetter | None:
    """Draw it as the pair is now; nothing where it is over, or was answered."""
    pair = await here.services.pairing.of(here.member, letter.subject)
    if pair is None:
        return None
    asks = pair.state is PairState.PROPOSED and pair.said is None
    return DrawnLetter(shown_pair(here, pair)) if asks or pair.introduced else None


def shown_pair(here: Here, pair: Pair) -> Card:
    """Return a pair as its reader sees it, with the skill by the name that it has now."""
    catalogue = here.shelf.catalogue
    skill = catalogue.skill(catalogue.moves.skill(pair.skill))
    return pair_card(pair, skill.name if skill else None, here.tr)
