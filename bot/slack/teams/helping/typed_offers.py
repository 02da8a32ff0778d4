"""`/growth offer` and `/growth learn`: a skill typed, an offer or a wish made."""

from bot.cards.card import Card, explanation
from bot.cards.teams.helping.offers_view import changed_card, my_offers_card, which_card
from bot.domain.lookup.skill_offer import HelpSide, named_offers
from bot.services.teams.helping.typed_skills import skill_typed
from bot.slack.context import Here
from bot.slack.reply.home import refresh_home


async def answer_offer(here: Here, text: str, side: HelpSide) -> Card:
    """Make the offer or wish that was typed; list what there is where no skill was.

    Raises:
        QueryTooLong: the text is longer than any name could be.
        NotForGuests, AccountUnknown, TooManyOffers: see `HelpOffers.change`.
    """
    catalogue = here.shelf.catalogue
    if not text:
        growth = (await here.held()).growth
        former = await here.services.former_names.skills(growth, here.shelf)
        return my_offers_card(named_offers(growth.offers, catalogue, former), side, here.tr)
    found = skill_typed(here.shelf, text, here.viewer)
    lead = explanation(found.explained, here.tr)
    if found.skill is None:
        return which_card(text, found.choices, side, here.tr, lead=lead)
    await here.services.help_offers.change(here.member, catalogue, found.skill.key, side, on=True)
    refresh_home(here)
    return changed_card(found.skill, side, here.tr, on=True, lead=lead)
