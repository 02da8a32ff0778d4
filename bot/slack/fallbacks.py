"""Whatever else Slack may send: answered kindly, or acknowledged so that nobody sees an error."""

from collections.abc import Sequence
from typing import Any

from bot.cards.card import Card
from bot.cards.elements import Option
from bot.cards.errors.card import unknown_action_card, unknown_command_card
from bot.slack.context import Here
from bot.slack.press import Command, Form, Kind, Press, Suggestion, Turned
from bot.slack.reply.answering import message, notice_view
from bot.slack.reply.forms import open_modal
from bot.slack.reply.replies import show
from bot.slack.routes import Routes


def register(on: Routes) -> None:
    """Register all that no other listener waits for."""
    on.otherwise(Kind.COMMAND, unknown_command)
    on.otherwise(Kind.PRESS, unknown_control)
    on.otherwise(Kind.OTHER, unknown_control)
    on.otherwise(Kind.SUGGESTION, nothing)
    on.otherwise(Kind.FORM, close)
    for kind in (Kind.CLOSED, Kind.SHORTCUT, Kind.EVENT):
        on.otherwise(kind, acknowledge, needs_member=False)


async def unknown_command(_command: Command, here: Here) -> Card:
    """Answer a command that an older or newer manifest had."""
    return unknown_command_card(here.tr)


async def unknown_control(press: Press[Any], here: Here) -> None:
    """Answer a control that this version does not have."""
    card = unknown_action_card(here.tr)
    if press.url:
        await show(here, press.url, **message(card), replace_original=False)
    elif press.view and press.trigger:
        await open_modal(here, press, notice_view(card, here.tr))


async def nothing(_suggestion: Suggestion, _here: Here) -> Sequence[Option]:
    """Answer a select that this version does not have."""
    return ()


async def close(_form: Form[Any], here: Here) -> Turned:
    """Say in place of a form that this version does not have it."""
    return Turned(notice_view(unknown_action_card(here.tr), here.tr))


async def acknowledge(_sent: object) -> None:
    """Say that it arrived."""
