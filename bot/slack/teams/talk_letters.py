"""Letters between two people: what one proposes or answers, and the brief before a talk."""

from contextlib import suppress

from bot.cards.teams.talk_cards import agreed_card, brief_card
from bot.domain.errors import OutdatedCard
from bot.domain.teams.letter import Letter
from bot.slack.context import Here
from bot.slack.teams.letter_post import DrawnLetter


async def draw_agreed(here: Here, letter: Letter) -> DrawnLetter | None:
    """Draw what the other did; None where they share no more."""
    with suppress(OutdatedCard):
        seen = await here.services.agreeing.step(here.member, letter.subject)
        step = seen.delta.step(letter.subject)
        return DrawnLetter(agreed_card(step, seen, here.tr)) if step else None
    return None


async def draw_brief(here: Here, letter: Letter) -> DrawnLetter | None:
    """Draw the brief for its reader; None where they share no more, or the talk has begun."""
    with suppress(OutdatedCard):
        brief = await here.services.briefs.of(here.member, letter.subject)
        if brief is None:
            return None
        page = await here.services.talking.page(here.member, brief.share.id)
        return DrawnLetter(brief_card(brief, page.zone, page.their_zone, here.tr))
    return None
