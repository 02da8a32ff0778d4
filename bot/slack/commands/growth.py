"""`/growth`: role, goal, progress and data of the member, each by typing or as a form."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.commands.growth_topics import answer_growth
from bot.slack.context import here_of
from bot.slack.reply.answering import message

Payload = dict[str, Any]


def register(app: AsyncApp) -> None:
    """Register the command."""
    app.command("/growth")(growth)


async def growth(
    ack: AsyncAck, command: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Answer `/growth` with a card, or with a modal that is open by now."""
    card = await answer_growth(here_of(context), client, command)
    if card is None:
        await ack()
    else:
        await ack(**message(card))
