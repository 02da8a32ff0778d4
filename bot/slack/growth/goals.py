"""Goals: set, changed, dropped, and brought to a newer revision of the catalogue."""

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.cards.blocks import section
from bot.cards.growth.rung_form import goal_view, level_block
from bot.cards.ids import Action, Callback
from bot.cards.links import decode
from bot.cards.standing_lines import with_lead
from bot.domain.errors import NoGoalThere, OutdatedCard
from bot.domain.lookup.requests import ShowGap
from bot.slack.context import here_of
from bot.slack.growth.hub import goal_note, set_goal, show_change, show_saved
from bot.slack.growth.rung_forms import chosen_in, goal_form
from bot.slack.reply.answering import as_json, card_for, message, told_at
from bot.slack.reply.forms import form_origin, is_message, open_modal
from bot.slack.reply.home import refresh_home
from bot.slack.reply.replies import is_own, reply

Payload = dict[str, Any]


def register(app: AsyncApp) -> None:
    """Register what the controls of a goal do."""
    app.action(Action.SET_GOAL)(set_from_gap)
    app.action(re.compile(rf"^{Action.PICK_GOAL}\.\d+$"))(pick)
    app.action(Action.CHANGE_GOAL)(open_form)
    app.action(Action.DROP_GOAL)(drop)
    app.action(Action.ADOPT_GOAL)(adopt)
    app.view(Callback.GOAL)(save)


async def set_from_gap(
    ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Make the target of a gap card the goal, and redraw the card as that of a goal."""
    here, request = here_of(context), requested_gap(action.get("value", ""))
    told = await set_goal(here, request)
    await ack()
    refresh_home(here, client)
    if is_message(body):
        card = await card_for(here, request)
        card = with_lead(card, [section(told)] if told else [])
        await reply(body.get("response_url"), **message(card), replace_original=is_own(body))


async def pick(
    ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Make what a button names the goal."""
    here, request = here_of(context), requested_gap(action.get("value", ""))
    told = await set_goal(here, request)
    await ack()
    await show_change(here, client, body, await goal_note(here, told))


async def open_form(
    ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Open the form for a goal, with what the button suggests."""
    here, preset = here_of(context), requested_gap(action.get("value", ""))
    await open_modal(client, body, goal_view(goal_form(here, form_origin(body), preset), here.tr))
    await ack()


async def save(
    ack: AsyncAck, view: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Make what a form names the goal; where there is no way to it, say so beside the level."""
    here, origin = here_of(context), view.get("private_metadata", "")
    role, level = chosen_in(here, view)
    if level is None:
        turned = goal_view(goal_form(here, origin, ShowGap(), role), here.tr)
        await ack(response_action="update", view=as_json(turned))
        return
    try:
        told = await set_goal(here, ShowGap(role.key, (level,)))
    except NoGoalThere as error:
        await ack(**told_at(level_block(role), error, here.tr))
        return
    await ack()
    show_saved(here, client, origin, await goal_note(here, told))


async def drop(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Drop the goal."""
    here = here_of(context)
    await here.services.goals.drop(here.member)
    await ack()
    await show_change(here, client, body, here.tr("Your goal is dropped. Your marks stay."))


async def adopt(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Measure the goal on the newest revision from now on."""
    here = here_of(context)
    await here.services.goals.adopt(here.member, here.shelf)
    await ack()
    await show_change(here, client, body, await goal_note(here))


def requested_gap(value: str) -> ShowGap:
    """Read the target that a button carries.

    Raises:
        OutdatedCard: it is none.
    """
    request = decode(value)
    if not isinstance(request, ShowGap):
        raise OutdatedCard
    return request
