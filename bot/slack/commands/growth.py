"""`/growth`: role, goal, progress and data of the member, each by typing or as a form."""

from bot.cards.card import Card
from bot.slack.commands.growth_topics import answer_growth
from bot.slack.context import Here
from bot.slack.press import Command
from bot.slack.routes import Routes


def register(on: Routes) -> None:
    """Register the command."""
    on.command("/growth", growth)


async def growth(command: Command, here: Here) -> Card | None:
    """Answer `/growth` with a card, or with a modal that is open by now."""
    return await answer_growth(here, command)
