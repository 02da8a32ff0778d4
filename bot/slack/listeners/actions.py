"""Buttons and selects on messages. The card is redrawn in place through the response URL."""

import re
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.cards.details_view import details_view
from bot.cards.error_card import unknown_action_card
from bot.cards.ids import Action
from bot.cards.links import completed
from bot.cards.sharing import with_shared_note, with_sharer
from bot.domain.errors import OutdatedCard
from bot.domain.requests import ShowCatalogue, ShowDomain
from bot.services.lookups import show_details, turn_details_to
from bot.slack.answering import (
    as_json,
    card_for,
    message,
    notice_view,
    requested_card,
    requested_details,
)
from bot.slack.context import here_of
from bot.slack.replies import reply

Payload = dict[str, Any]


def register(app: AsyncApp) -> None:
    """Register what the cards' controls do, and a kind answer to any other control."""
    app.action(re.compile(rf"^{Action.SHOW}\.\d+$"))(show_card)
    app.action(re.compile(rf"^{Action.DETAILS}\.\d+$"))(open_details)
    app.action(Action.LEVEL)(choose_level)
    app.action(re.compile(rf"^({Action.FIND}|{Action.FIND_ROLE}|{Action.FIND_TARGET})$"))(
        show_found
    )
    app.action(Action.SHARE)(share)
    app.action(re.compile(rf"^({Action.DETAILS_LEVEL}|{Action.DETAILS_ROLE})$"))(turn_details)
    app.action(re.compile(".*"))(unknown)


async def show_card(
    ack: AsyncAck, body: Payload, action: Payload, context: AsyncBoltContext
) -> None:
    """Put the card that the button names in place of this one."""
    card = card_for(here_of(context), requested_card(action.get("value", "")))
    await ack()
    await reply(body.get("response_url"), **message(card), replace_original=_is_own(body))


async def show_found(
    ack: AsyncAck, body: Payload, action: Payload, context: AsyncBoltContext
) -> None:
    """Put what was found by typing in place of this card."""
    value = (action.get("selected_option") or {}).get("value", "")
    request = completed(action.get("block_id") or "", requested_card(value))
    card = card_for(here_of(context), request)
    await ack()
    await reply(body.get("response_url"), **message(card), replace_original=_is_own(body))


async def choose_level(
    ack: AsyncAck, body: Payload, action: Payload, context: AsyncBoltContext
) -> None:
    """Redraw the card at the chosen level; the select's block carries the request."""
    level = (action.get("selected_option") or {}).get("value", "")
    request = requested_card(action.get("block_id", ""))
    if isinstance(request, ShowDomain | ShowCatalogue) or not level:
        raise OutdatedCard
    card = card_for(here_of(context), replace(request, levels=(level,)))
    await ack()
    await reply(body.get("response_url"), **message(card), replace_original=_is_own(body))


async def share(ack: AsyncAck, body: Payload, action: Payload, context: AsyncBoltContext) -> None:
    """Show the card to the channel, without controls, and note it on the member's own card."""
    here = here_of(context)
    request = requested_card(action.get("value", ""))
    shared = with_sharer(card_for(here, request, shared=True), here.member.slack_id, here.tr)
    own = with_shared_note(card_for(here, request), here.tr)
    await ack()
    url = body.get("response_url")
    await reply(url, **message(shared), response_type="in_channel", replace_original=False)
    await reply(url, **message(own), replace_original=_is_own(body))


async def open_details(
    ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Open one cell of the catalogue in full."""
    here = here_of(context)
    request = requested_details(action.get("value", ""))
    view = as_json(details_view(show_details(here.shelf.catalogue, request), here.tr))
    await client.views_open(trigger_id=body["trigger_id"], view=view)
    await ack()


async def turn_details(
    ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Turn the open modal to another level or role."""
    here = here_of(context)
    view = body.get("view") or {}
    request = requested_details(view.get("private_metadata", ""))
    chosen = (action.get("selected_option") or {}).get("value", "")
    field = "level" if action.get("action_id") == Action.DETAILS_LEVEL else "role"
    found = turn_details_to(here.shelf.catalogue, request, **{field: chosen})
    await client.views_update(
        view_id=view["id"], hash=view.get("hash"), view=as_json(details_view(found, here.tr))
    )
    await ack()


async def unknown(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Answer a control that this version does not have."""
    await ack()
    card = unknown_action_card(here_of(context).tr)
    if body.get("response_url"):
        await reply(body["response_url"], **message(card), replace_original=False)
    elif body.get("view") and body.get("trigger_id"):
        await client.views_push(trigger_id=body["trigger_id"], view=notice_view(card))


def _is_own(body: Payload) -> bool:
    """Tell whether the message is the presser's alone; a channel's message stays as it is."""
    return bool((body.get("container") or {}).get("is_ephemeral"))
