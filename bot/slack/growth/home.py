"""The App Home, and a member's own role and level wherever it is said."""

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.cards.growth.rung_form import goal_view, role_view
from bot.cards.ids import Action, Callback
from bot.cards.links import decode
from bot.cards.lookup.role_choice_card import role_choice_card
from bot.cards.lookup.suggestions import suggestion_options
from bot.domain.errors import OutdatedCard
from bot.domain.lookup.profiles import RoleOverview
from bot.domain.lookup.requests import ShowGap, ShowRole
from bot.services.lookup.role_choice import chosen_role
from bot.services.lookup.typeahead import suggest_roles
from bot.slack.context import here_of
from bot.slack.growth.hub import recorded, role_note, show_change, show_saved
from bot.slack.growth.rung_forms import chosen_in, goal_form, role_form, role_in
from bot.slack.reply.answering import as_json, message
from bot.slack.reply.forms import form_origin, is_message, open_modal
from bot.slack.reply.home import publish_home, refresh_home
from bot.slack.reply.replies import is_own, reply

Payload = dict[str, Any]


def register(app: AsyncApp) -> None:
    """Register what Home and its role controls do."""
    app.event("app_home_opened")(opened)
    app.action(Action.CHOOSE_ROLE)(choose_role)
    app.action(re.compile(rf"^{Action.PICK_ROLE}\.\d+$"))(pick_role)
    app.action(Action.CHANGE_ROLE)(open_role_form)
    app.action(Action.RUNG_ROLE)(turn_form)
    app.view(Callback.ROLE)(save_role)
    app.options(re.compile(rf"^({Action.CHOOSE_ROLE}|{Action.RUNG_ROLE})$"))(suggest)


async def opened(
    ack: AsyncAck, event: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Publish the Home that was opened."""
    await ack()
    if event.get("tab") == "home":
        refresh_home(here_of(context), client)


async def choose_role(
    ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Ask for the level of the chosen role, where the role was chosen."""
    here = here_of(context)
    role = role_in(here, action.get("selected_option"))
    await ack()
    if is_message(body):
        answer = chosen_role(here.shelf.catalogue, ShowRole(role.key), here.viewer)
        card = role_choice_card(answer, here.tr)
        await reply(body.get("response_url"), **message(card), replace_original=is_own(body))
    else:
        here.later(publish_home(here, client, choosing=role.key))


async def pick_role(
    ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Record the role and level that a button names; without a level, ask for it."""
    here = here_of(context)
    request = decode(action.get("value", ""))
    if not isinstance(request, ShowRole):
        raise OutdatedCard
    answer = chosen_role(here.shelf.catalogue, request, here.viewer)
    if not isinstance(answer.body, RoleOverview) or answer.body.level is None:
        await ack()
        card = role_choice_card(answer, here.tr)
        await reply(body.get("response_url"), **message(card), replace_original=is_own(body))
        return
    here = await recorded(here, answer.body.role.key, answer.body.level.key)
    await ack()
    await show_change(here, client, body, role_note(here))


async def open_role_form(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Open the form for role and level."""
    here = here_of(context)
    await open_modal(client, body, role_view(role_form(here, form_origin(body)), here.tr))
    await ack()


async def turn_form(
    ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Offer the levels of the role that was chosen in a form."""
    here, view = here_of(context), body.get("view") or {}
    role = role_in(here, action.get("selected_option"))
    origin = view.get("private_metadata", "")
    if view.get("callback_id") == Callback.GOAL:
        turned = goal_view(goal_form(here, origin, ShowGap(), role), here.tr)
    else:
        turned = role_view(role_form(here, origin, role), here.tr)
    await client.views_update(view_id=view["id"], hash=view.get("hash"), view=as_json(turned))
    await ack()


async def save_role(
    ack: AsyncAck, view: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Record the role and level of a form."""
    here = here_of(context)
    role, level = chosen_in(here, view)
    if level is None:
        turned = role_view(role_form(here, view.get("private_metadata", ""), role), here.tr)
        await ack(response_action="update", view=as_json(turned))
        return
    here = await recorded(here, role.key, level)
    await ack()
    show_saved(here, client, view.get("private_metadata", ""), role_note(here))


async def suggest(ack: AsyncAck, payload: Payload, context: AsyncBoltContext) -> None:
    """Suggest roles for what was typed so far."""
    here = here_of(context)
    offers = suggest_roles(here.shelf, payload.get("value") or "")
    await ack(options=[as_json(each) for each in suggestion_options(offers, here.tr)])
