"""The slash commands: text in, card out, in the ack itself."""

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext

from bot.cards.error_card import unknown_action_card
from bot.slack.answering import gap_card_for, message, skill_card_for
from bot.slack.context import here_of


def register(app: AsyncApp) -> None:
    """Register the commands; any other command that Slack sends gets a kind answer."""
    app.command("/skill")(skill)
    app.command("/promote-gap")(promote_gap)
    app.command(re.compile(".*"))(unknown)


async def skill(ack: AsyncAck, command: dict[str, Any], context: AsyncBoltContext) -> None:
    """Answer `/skill`."""
    await ack(**message(skill_card_for(here_of(context), command.get("text", ""))))


async def promote_gap(ack: AsyncAck, command: dict[str, Any], context: AsyncBoltContext) -> None:
    """Answer `/promote-gap`."""
    await ack(**message(gap_card_for(here_of(context), command.get("text", ""))))


async def unknown(ack: AsyncAck, context: AsyncBoltContext) -> None:
    """Answer a command that an older or newer manifest had."""
    await ack(**message(unknown_action_card(here_of(context).tr)))
