"""The slash commands: text in, card out, in the ack itself."""

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_bolt.response import BoltResponse

from bot.cards.error_card import unknown_action_card
from bot.slack.answering import gap_reply, message, skill_reply
from bot.slack.context import here_of


def register(app: AsyncApp) -> None:
    """Register the commands; any other command that Slack sends gets a kind answer."""
    app.command("/skill")(skill)
    app.command("/promote-gap")(promote_gap)
    app.command(re.compile(".*"))(unknown)


async def skill(command: dict[str, Any], context: AsyncBoltContext) -> BoltResponse:
    """Answer `/skill`; the response is the ack."""
    return skill_reply(here_of(context), command.get("text", ""))


async def promote_gap(command: dict[str, Any], context: AsyncBoltContext) -> BoltResponse:
    """Answer `/promote-gap`; the response is the ack."""
    return gap_reply(here_of(context), command.get("text", ""))


async def unknown(ack: AsyncAck, context: AsyncBoltContext) -> None:
    """Answer a command that an older or newer manifest had."""
    await ack(**message(unknown_action_card(here_of(context).tr)))
