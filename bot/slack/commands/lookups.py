"""The slash commands: text in, card out, in the ack itself."""

from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_bolt.response import BoltResponse

from bot.slack.context import here_of
from bot.slack.reply.answering import gap_reply, skill_reply
from bot.slack.typed_text import typed_text


def register(app: AsyncApp) -> None:
    """Register the commands."""
    app.command("/skill")(skill)
    app.command("/promote-gap")(promote_gap)


async def skill(command: dict[str, Any], context: AsyncBoltContext) -> BoltResponse:
    """Answer `/skill`; the response is the ack."""
    return await skill_reply(here_of(context), typed_text(command))


async def promote_gap(command: dict[str, Any], context: AsyncBoltContext) -> BoltResponse:
    """Answer `/promote-gap`; the response is the ack."""
    return await gap_reply(here_of(context), typed_text(command))
