"""Letters about shares, drawn as things stand when they are sent."""

from bot.cards.card import Card
from bot.cards.teams.share_letters import answered_card, ask_card, renew_card
from bot.domain.teams.errors import NoLongerShared
from bot.domain.teams.letter import Letter
from bot.domain.teams.share import Share, ShareState
from bot.slack.context import Here
from bot.slack.teams.letter_post import DrawnLetter
from bot.slack.teams.share_forms import goal_of


async def draw_ask(here: Here, letter: Letter) -> DrawnLetter | None:
    """Ask the other, as long as they are asked."""
    share = await _share(here, letter)
    if share is None or share.state is not ShareState.ASKED or share.other != letter.to:
        return None
    return _drawn(ask_card(share, here.tr))


async def draw_answer(here: Here, letter: Letter) -> DrawnLetter | None:
    """Tell the member what the other answered."""
    share = await _share(here, letter)
    return _drawn(answered_card(share, here.tr)) if share else None


async def draw_renewal(here: Here, letter: Letter) -> DrawnLetter | None:
    """Ask the member whether to go on."""
    share = await _share(here, letter)
    if share is None or not share.accepted or share.asked_again_at is None:
        return None
    return _drawn(renew_card(share, await goal_of(here), here.tr))


async def _share(here: Here, letter: Letter) -> Share | None:
    try:
        return await here.services.sharing.of(here.member, letter.subject)
    except NoLongerShared:
        return None


def _drawn(card: Card | None) -> DrawnLetter | None:
    return None if card is None else DrawnLetter(card)
