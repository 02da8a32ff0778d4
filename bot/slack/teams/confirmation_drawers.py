"""Letters about confirmations, drawn as things stand when they are sent."""

from bot.cards.teams.confirming.letters import answer_card, ask_card
from bot.domain.teams.confirmation import Confirmation, NoLongerAsked
from bot.domain.teams.letter import Letter
from bot.slack.context import Here
from bot.slack.teams.letter_post import DrawnLetter


async def draw_confirm_ask(here: Here, letter: Letter) -> DrawnLetter | None:
    """Ask the colleague, as long as nobody has ended it."""
    found = await _found(here, letter)
    if found is None or found.answered or found.other != letter.to:
        return None
    services = here.services
    about = await services.confirmations.about(found, here.member.tenant, here.shelf)
    return DrawnLetter(ask_card(found, about, here.tr))


async def draw_confirm_answer(here: Here, letter: Letter) -> DrawnLetter | None:
    """Tell the member what their colleague answered."""
    found = await _found(here, letter)
    if found is None or not found.answered or found.owner != letter.to:
        return None
    return DrawnLetter(answer_card(found, await skill_of(here, found), here.tr))


async def skill_of(here: Here, found: Confirmation) -> str:
    """Return the name of the skill that an ask is about; empty where it is gone."""
    services = here.services
    about = await services.confirmations.about(found, here.member.tenant, here.shelf)
    return here.tr.of(about.skill.name) if about else ""


async def _found(here: Here, letter: Letter) -> Confirmation | None:
    try:
        return await here.services.confirmations.of(here.member, letter.subject)
    except NoLongerAsked:
        return None
