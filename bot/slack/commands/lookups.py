"""The slash commands: text in, card out, in the ack itself."""

from bot.slack.context import Here
from bot.slack.press import Command
from bot.slack.reply.answering import gap_reply, skill_reply
from bot.slack.routes import Routes


def register(on: Routes) -> None:
    """Register the commands."""
    on.command("/skill", skill)
    on.command("/promote-gap", promote_gap)


async def skill(command: Command, here: Here) -> bytes:
    """Answer `/skill`."""
    return await skill_reply(here, command.text)


async def promote_gap(command: Command, here: Here) -> bytes:
    """Answer `/promote-gap`."""
    return await gap_reply(here, command.text)
