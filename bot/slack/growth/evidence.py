"""Evidence: added, changed and deleted in a form, and listed. All of it is the member's own."""

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.cards.error_card import error_card
from bot.cards.growth.cell_options import cell_option, cells_chosen
from bot.cards.growth.evidence_views import (
    CELLS,
    LINK,
    NOTE,
    deleted_view,
    gone_text,
    gone_view,
    vanished_text,
)
from bot.cards.ids import Action, Callback
from bot.cards.links import decode
from bot.domain.errors import NextrungError, OutdatedCard, UnusableLink
from bot.domain.framework import CellKey, key_of
from bot.domain.growth.requests import AddEvidence, EditEvidence, ShowEvidence
from bot.services.growth.cache import HeldGrowth
from bot.slack.context import Here, here_of
from bot.slack.growth.evidence_forms import (
    cells_of,
    form_to_add,
    form_to_edit,
    kept_modal,
    list_modal,
    nudge_answered,
    show_changed,
    shows_itself,
)
from bot.slack.reply.answering import as_json
from bot.slack.reply.form_values import field_in
from bot.slack.reply.forms import open_modal
from bot.slack.reply.home import refresh_home

Payload = dict[str, Any]


def register(app: AsyncApp) -> None:
    """Register what the controls of evidence do."""
    app.action(re.compile(rf"^{Action.ADD_EVIDENCE}\.\d+$"))(open_to_add)
    app.action(re.compile(rf"^{Action.EDIT_EVIDENCE}\.\d+$"))(open_to_edit)
    app.action(re.compile(rf"^{Action.LIST_EVIDENCE}\.\d+$"))(show_list)
    app.action(Action.DELETE_EVIDENCE)(delete)
    app.options(Action.EVIDENCE_CELLS)(suggest)
    app.view(Callback.EVIDENCE)(save)


async def open_to_add(
    ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Open the empty form, for the expectation that the button names."""
    request = decode(action.get("value", ""))
    if not isinstance(request, AddEvidence):
        raise OutdatedCard
    view = await form_to_add(here_of(context), request, body)
    await open_modal(client, body, as_json(view))
    await ack()


async def open_to_edit(
    ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Open a piece in the form; for one that the member does not have, say that it is gone."""
    here, request = here_of(context), _piece(action.get("value", ""))
    try:
        piece = await here.services.evidence.find(here.member, request.evidence_id)
        view = await form_to_edit(here, piece, body)
    except OutdatedCard:
        view = gone_view(here.tr)
        refresh_home(here, client)
    await open_modal(client, body, as_json(view))
    await ack()


async def show_list(
    ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Open the list of all evidence, or turn the open one to another page."""
    request = decode(action.get("value", ""))
    if not isinstance(request, ShowEvidence):
        raise OutdatedCard
    shown = as_json(await list_modal(here_of(context), request.page))
    view = body.get("view") or {}
    if view.get("callback_id") == Callback.EVIDENCE_LIST:
        await client.views_update(view_id=view["id"], hash=view.get("hash"), view=shown)
    else:
        await open_modal(client, body, shown)
    await ack()


async def suggest(ack: AsyncAck, payload: Payload, context: AsyncBoltContext) -> None:
    """Suggest expectations for what was typed so far."""
    here = here_of(context)
    found = (await cells_of(here)).suggest(payload.get("value") or "")
    await ack(options=[as_json(cell_option(key_of(each), each, here.tr)) for each in found])


async def save(
    ack: AsyncAck, view: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Keep what was filled in; what is wrong is told at its field, and nothing typed is lost."""
    here, metadata = here_of(context), view.get("private_metadata", "")
    try:
        held = await _keep(here, view)
    except NextrungError as error:
        await ack(response_action="errors", errors=_told(error, metadata, here))
        return
    if shows_itself(metadata, client):
        await ack()
    else:
        await ack(response_action="update", view=as_json(await kept_modal(here, held, metadata)))
    show_changed(here, client, view)


async def delete(
    ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Delete the piece that the form shows; Slack has asked once more before."""
    here, view = here_of(context), body.get("view") or {}
    request = _piece(action.get("value", ""))
    await here.services.evidence.delete(here.member, request.evidence_id)
    show_changed(here, client, view)
    shown = as_json(deleted_view(here.tr))
    await client.views_update(view_id=view.get("id"), hash=view.get("hash"), view=shown)
    await ack()


async def _keep(here: Here, view: Payload) -> HeldGrowth:
    """Add or change a piece as the form says. The form's own id names the submission."""
    request = decode(view.get("private_metadata", ""))
    note, link = _typed(view, NOTE), _typed(view, LINK)
    supports = await _chosen(here, view)
    keeping, member = here.services.evidence, here.member
    match request:
        case AddEvidence():
            token = str(view["id"])
            held = await keeping.add(member, note=note, link=link, supports=supports, token=token)
            await nudge_answered(here, request)
            return held
        case EditEvidence(number):
            return await keeping.edit(member, number, note=note, link=link, supports=supports)
        case _:
            raise OutdatedCard


async def _chosen(here: Here, view: Payload) -> frozenset[CellKey]:
    options = field_in(view, CELLS).get("selected_options") or []
    values = [str(each.get("value") or "") for each in options]
    cells = await cells_of(here)
    try:
        return cells_chosen(values, cells.known_cells)
    except OutdatedCard:
        raise _Vanished from None


class _Vanished(OutdatedCard):
    """What was chosen stands for nothing any more."""


def _told(error: NextrungError, metadata: str, here: Here) -> dict[str, str]:
    """Return the words for an error by the block of the field that they concern."""
    tr = here.tr
    match error:
        case _Vanished():
            return {CELLS: vanished_text(tr)}
        case OutdatedCard() if metadata.startswith("piece?"):
            return {NOTE: gone_text(tr)}
    at_link = isinstance(error, UnusableLink) or error.params.get("field") == "link"
    return {LINK if at_link else NOTE: error_card(error.code, error.params, tr).text}


def _piece(value: str) -> EditEvidence:
    request = decode(value)
    if not isinstance(request, EditEvidence):
        raise OutdatedCard
    return request


def _typed(view: Payload, block_id: str) -> str:
    return str(field_in(view, block_id).get("value") or "")
