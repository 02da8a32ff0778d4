"""Whatever else Slack may send: answered kindly, or acknowledged so that nobody sees an error."""

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.cards.error_card import unknown_action_card
from bot.slack.context import here_of
from bot.slack.reply.answering import message, notice_view
from bot.slack.reply.replies import reply

Payload = dict[str, Any]

_ANY = re.compile(".*")


def register(app: AsyncApp) -> None:
    """Register last: all that no other listener waits for."""
    app.command(_ANY)(unknown_command)
    app.action(_ANY)(unknown_control)
    app.options(_ANY)(nothing)
    app.view_submission(_ANY)(close)
    app.view_closed(_ANY)(acknowledge)
    app.shortcut(_ANY)(acknowledge)
    app.event(_ANY)(acknowledge)


async def unknown_command(ack: AsyncAck, context: AsyncBoltContext) -> None:
    """Answer a command that an older or newer manifest had."""
    await ack(**message(unknown_action_card(here_of(context).tr)))


async def unknown_control(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Answer a control that this version does not have."""
    await ack()
    tr = here_of(context).tr
    card = unknown_action_card(tr)
    if body.get("response_url"):
        await reply(body["response_url"], **message(card), replace_original=False)
    elif body.get("view") and body.get("trigger_id"):
        inside = body["view"].get("type") == "modal"
        show = client.views_push if inside else client.views_open
        await show(trigger_id=body["trigger_id"], view=notice_view(card, tr))


async def nothing(ack: AsyncAck) -> None:
    """Answer a select that this version does not have."""
    await ack(options=[])


async def close(ack: AsyncAck, context: AsyncBoltContext) -> None:
    """Say in place of a form that this version does not have it."""
    tr = here_of(context).tr
    view = notice_view(unknown_action_card(tr), tr)
    await ack(response_action="update", view=view)


async def acknowledge(ack: AsyncAck) -> None:
    """Say that it arrived."""
    await ack()
