"""Marks: *Met* and the other statuses, from cards, from Home and from the Details modal."""

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.cards.blocks import View
from bot.cards.ids import Action, Callback
from bot.cards.links import decode
from bot.cards.standing_lines import marked_block, with_lead
from bot.domain.errors import NextrungError, OutdatedCard
from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Status
from bot.domain.growth.requests import MarkCell, MarkOtherwise
from bot.domain.lookup.requests import ShowDetails
from bot.services.growth.assessing import Marked
from bot.slack.context import Here, here_of
from bot.slack.lookup.details import details_modal, status_of
from bot.slack.reply.answering import as_json, card_for, message, requested_details, told_at
from bot.slack.reply.celebration import celebration
from bot.slack.reply.form_values import field_of
from bot.slack.reply.home import refresh_home
from bot.slack.reply.replies import is_own, reply
from bot.slack.reply.return_path import redraw_behind, return_url

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
    here, metadata = here_of(context), view.get("private_metadata", "")
    request, (block_id, note) = requested_details(metadata), _typed_note(view)
    if not note:
        await ack()
        return
    try:
        marked = await _keep_note(here, request, note)
    except NextrungError as error:
        await ack(**told_at(block_id, error, here.tr))
        return
    shown = await _after(here, client, metadata, marked)
    await ack(response_action="update", view=as_json(shown))
    refresh_home(here, client)
    redraw_behind(here, client, metadata, request.back)


async def _keep_note(here: Here, request: ShowDetails, note: str) -> Marked:
    cell = CellKey(request.role, request.level, request.skill)
    return await here.services.assessing.mark(here.member, here.shelf, cell, None, note=note)


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
    shown = await _after(here, client, metadata, marked)
    redraw_behind(here, client, metadata, requested_details(metadata).back)
    await client.views_update(view_id=view["id"], hash=view.get("hash"), view=as_json(shown))


async def _after(here: Here, client: AsyncWebClient, metadata: str, marked: Marked) -> View:
    """Build the Details modal as it is after a mark."""
    request, url = requested_details(metadata), return_url(metadata, client)
    return await details_modal(here, request, url=url, lead=celebration(here, marked))


def _typed_note(view: Payload) -> tuple[str, str]:
    """Return (block id, what was typed) of a modal's note; two empty texts where it has none."""
    block_id, field = field_of(view, Action.MARK_NOTED)
    return block_id, str(field.get("value") or "").strip()
