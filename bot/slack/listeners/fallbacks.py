"""Whatever else Slack may send: acknowledged, so that nobody sees an error for it."""

import re

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext

from bot.cards.error_card import unknown_action_card
from bot.slack.answering import notice_view
from bot.slack.context import here_of

_ANY = re.compile(".*")


def register(app: AsyncApp) -> None:
    """Register last: views, shortcuts and events that no other listener waits for."""
    app.view_submission(_ANY)(close)
    app.view_closed(_ANY)(acknowledge)
    app.shortcut(_ANY)(acknowledge)
    app.event(_ANY)(acknowledge)


async def close(ack: AsyncAck, context: AsyncBoltContext) -> None:
    """Say in place of a form that this version does not have it."""
    view = notice_view(unknown_action_card(here_of(context).tr))
    await ack(response_action="update", view=view)


async def acknowledge(ack: AsyncAck) -> None:
    """Say that it arrived."""
    await ack()
