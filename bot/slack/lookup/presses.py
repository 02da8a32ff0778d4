"""Buttons and selects on messages. The card is redrawn in place through the response URL."""

import re
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.cards.ids import Action
from bot.cards.links import completed
from bot.cards.lookup.sharing import with_shared_note, with_sharer
from bot.domain.errors import OutdatedCard
from bot.domain.lookup.requests import ShowCatalogue, ShowDomain
from bot.slack.context import here_of
from bot.slack.lookup.details import details_modal, turned_modal
from bot.slack.reply.answering import as_json, card_for, message, requested_card, requested_details
from bot.slack.reply.forms import open_modal
from bot.slack.reply.replies import is_own, reply
from bot.slack.reply.return_path import return_url

Payload = dict[str, Any]


def register(app: AsyncApp) -> None:
    """Register what the cards' controls do."""
    app.action(re.compile(rf"^{Action.SHOW}\.\d+$"))(show_card)
    app.action(re.compile(rf"^{Action.DETAILS}\.\d+$"))(open_details)
    app.action(Action.LEVEL)(choose_level)
    app.action(re.compile(rf"^({Action.FIND}|{Action.FIND_ROLE}|{Action.FIND_TARGET})$"))(
        show_found
    )
    app.action(Action.SHARE)(share)
    app.action(re.compile(rf"^({Action.DETAILS_LEVEL}|{Action.DETAILS_ROLE})$"))(turn_details)


async def show_card(
    ack: AsyncAck, body: Payload, action: Payload, context: AsyncBoltContext
) -> None:
    """Put the card that the button names in place of this one."""
    card = await card_for(here_of(context), requested_card(action.get("value", "")))
    await ack()
    await reply(body.get("response_url"), **message(card), replace_original=is_own(body))


async def show_found(
    ack: AsyncAck, body: Payload, action: Payload, context: AsyncBoltContext
) -> None:
    """Put what was found by typing in place of this card."""
    value = (action.get("selected_option") or {}).get("value", "")
    request = completed(action.get("block_id") or "", requested_card(value))
    card = await card_for(here_of(context), request)
    await ack()
    await reply(body.get("response_url"), **message(card), replace_original=is_own(body))


async def choose_level(
    ack: AsyncAck, body: Payload, action: Payload, context: AsyncBoltContext
) -> None:
    """Redraw the card at the chosen level; the select's block carries the request."""
    level = (action.get("selected_option") or {}).get("value", "")
    request = requested_card(action.get("block_id", ""))
    if isinstance(request, ShowDomain | ShowCatalogue) or not level:
        raise OutdatedCard
    card = await card_for(here_of(context), replace(request, levels=(level,)))
    await ack()
    await reply(body.get("response_url"), **message(card), replace_original=is_own(body))


async def share(ack: AsyncAck, body: Payload, action: Payload, context: AsyncBoltContext) -> None:
    """Show the card to the channel, without controls, and note it on the member's own card."""
    here = here_of(context)
    request = requested_card(action.get("value", ""))
    shared = with_sharer(await card_for(here, request, shared=True), here.member.slack_id, here.tr)
    own = with_shared_note(await card_for(here, request), here.tr)
    await ack()
    url = body.get("response_url")
    await reply(url, **message(shared), response_type="in_channel", replace_original=False)
    await reply(url, **message(own), replace_original=is_own(body))


async def open_details(
    ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Open one cell of the catalogue in full."""
    here = here_of(context)
    request = requested_details(action.get("value", ""))
    # A channel's message must never be redrawn with what one member holds.
    url = body.get("response_url") if is_own(body) else None
    view = await details_modal(here, request, url=url)
    await open_modal(client, body, as_json(view))
    await ack()


async def turn_details(
    ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Turn the open modal to another level or role."""
    here = here_of(context)
    view = body.get("view") or {}
    metadata = view.get("private_metadata", "")
    chosen = (action.get("selected_option") or {}).get("value", "")
    by_level = action.get("action_id") == Action.DETAILS_LEVEL
    turned = await turned_modal(
        here,
        requested_details(metadata),
        url=return_url(metadata, client),
        level=chosen if by_level else None,
        role=None if by_level else chosen,
    )
    await client.views_update(view_id=view["id"], hash=view.get("hash"), view=as_json(turned))
    await ack()
