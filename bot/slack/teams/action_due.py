"""The reminder of a dated action, as a letter to whoever planned it."""

from bot.cards.lookup.details.actions import reminder_card
from bot.domain.named_in import named_actions
from bot.domain.teams.letter import Letter
from bot.slack.context import Here
from bot.slack.teams.letter_post import DrawnLetter


async def draw_action_due(here: Here, letter: Letter) -> DrawnLetter | None:
    """Draw the reminder; None where the action has ended, or was given a later day."""
    today = here.services.actions.today(here.member)
    growth = (await here.held()).growth
    former = await here.services.former_names.skills(growth, here.shelf)
    for found in named_actions(growth.actions, here.shelf.catalogue, former):
        action = found.action
        if action.id == letter.subject and action.due <= today:
            return DrawnLetter(reminder_card(found, here.tr, passed=action.due < today))
    return None
