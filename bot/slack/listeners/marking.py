"""Marks: *Met* and the other statuses, from cards, from Home and from the Details modal."""

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.cards.error_card import error_card
from bot.cards.ids import Action, Callback
from bot.cards.links import decode
from bot.cards.own import marked_block, with_lead
from bot.domain.assessment import CellKey, Status
from bot.domain.errors import NextrungError, OutdatedCard
from bot.domain.requests import MarkCell, MarkOtherwise, ShowDetails
from bot.services.assessing import Marked
from bot.slack.answering import as_json, card_for, message, requested_details
from bot.slack.celebrating import celebration
from bot.slack.context import Here, here_of
from bot.slack.detailing import details_modal, status_of
from bot.slack.home import refresh_home
from bot.slack.replies import is_own, reply
from bot.slack.return_path import redraw_behind, return_url

Payload = dict[str, Any]


def register(app: AsyncApp) -> None:
    """Register what marks an expectation."""
    app.action(re.compile(rf"^{Action.MARK}\.\d+$"))(mark)
    app.action(re.compile(rf"^{Action.MARK_MENU}\.\d+$"))(mark_otherwise)
    app.view(Callback.DETAILS)(save_note)


async def mark(
    ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Mark what the button names, and redraw what it stands on."""
    request = decode(action.get("value", ""))
    if not isinstance(request, MarkCell):
        raise OutdatedCard
    await _mark(ack, body, client, here_of(context), request)


async def mark_otherwise(
    ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Mark with the status chosen in an item's menu; the menu's block names the item."""
    waiting = decode(action.get("block_id", ""))
    chosen = (action.get("selected_option") or {}).get("value", "")
    if not isinstance(waiting, MarkOtherwise) or chosen not in set(Status):
        raise OutdatedCard
    request = MarkCell(waiting.cell, Status(chosen), waiting.back)
    await _mark(ack, body, client, here_of(context), request)


async def save_note(
    ack: AsyncAck, view: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Keep the note with the status as it is; the modal stays, and shows it."""
    here = here_of(context)
    metadata = view.get("private_metadata", "")
    request = requested_details(metadata)
    block_id, note = _typed_note(view)
    if not note:
        await ack()
        return
    cell = CellKey(request.role, request.level, request.skill)
    try:
        status = await status_of(here, cell)
        marked = await here.services.assessing.mark(
            here.member, here.shelf, cell, status, note=note
        )
    except NextrungError as error:
        # Told at the field, where what was typed stays.
        text = error_card(error.code, error.params, here.tr).text
        await ack(response_action="errors", errors={block_id: text})
        return
    shown = await details_modal(
        here, request, url=return_url(metadata, client), lead=celebration(here, marked)
    )
    await ack(response_action="update", view=as_json(shown))
    refresh_home(here, client)
    redraw_behind(here, client, metadata, request.back)


async def _mark(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, here: Here, request: MarkCell
) -> None:
    view = body.get("view") or {}
    before = await status_of(here, request.cell)
    marked = await here.services.assessing.mark(
        here.member, here.shelf, request.cell, request.status, note=_typed_note(view)[1]
    )
    refresh_home(here, client)
    if view.get("callback_id") == Callback.DETAILS:
        await _redraw_details(client, here, view, marked)
    await ack()
    if not view and request.back:
        card = await card_for(here, request.back)
        lead = marked_block(request, marked.expectation.skill, before, here.tr)
        card = with_lead(card, [*celebration(here, marked), lead])
        await reply(body.get("response_url"), **message(card), replace_original=is_own(body))


async def _redraw_details(
    client: AsyncWebClient, here: Here, view: Payload, marked: Marked
) -> None:
    metadata = view.get("private_metadata", "")
    request: ShowDetails = requested_details(metadata)
    shown = await details_modal(
        here, request, url=return_url(metadata, client), lead=celebration(here, marked)
    )
    redraw_behind(here, client, metadata, request.back)
    await client.views_update(view_id=view["id"], hash=view.get("hash"), view=as_json(shown))


def _typed_note(view: Payload) -> tuple[str, str]:
    """Return (block id, what was typed) of a modal's note; two empty texts where it has none."""
    for block_id, fields in ((view.get("state") or {}).get("values") or {}).items():
        if Action.MARK_NOTED in fields:
            return block_id, (fields[Action.MARK_NOTED].get("value") or "").strip()
    return "", ""
