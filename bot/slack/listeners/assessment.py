"""The assessment walk-through: one press a step."""

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.cards.assessment_view import changed_meanwhile
from bot.cards.blocks import Block
from bot.cards.error_card import error_card
from bot.cards.ids import Action, Callback
from bot.domain.assessment import Status
from bot.domain.errors import NextrungError, OutdatedCard
from bot.domain.requests import Assess
from bot.slack.answering import as_json
from bot.slack.assessing import (
    assessment_modal,
    next_modal,
    open_assessment,
    requested_step,
    step_cell,
)
from bot.slack.celebrating import celebration
from bot.slack.context import Here, here_of
from bot.slack.home import refresh_home
from bot.slack.replies import is_own
from bot.slack.return_path import redraw_behind, return_url

Payload = dict[str, Any]


def register(app: AsyncApp) -> None:
    """Register the walk-through."""
    app.action(Action.ASSESS)(start)
    app.action(re.compile(rf"^{Action.ASSESS_TO}\.\d+$"))(move)
    app.view(Callback.ASSESSMENT)(answer)
    app.view_closed(Callback.ASSESSMENT)(stop)


async def start(
    ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Open the walk-through."""
    target = requested_step(action.get("value", "")).target
    url = body.get("response_url") if is_own(body) else None
    await open_assessment(here_of(context), client, body["trigger_id"], target, url=url)
    await ack()


async def move(
    ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Go back, skip, or take up what is left."""
    view = body.get("view") or {}
    url = return_url(view.get("private_metadata", ""), client)
    request = requested_step(action.get("value", ""))
    shown = await assessment_modal(here_of(context), request, url=url)
    await client.views_update(view_id=view["id"], hash=view.get("hash"), view=as_json(shown))
    await ack()


async def answer(
    ack: AsyncAck, view: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Keep the answer and show the next step in its place."""
    here = here_of(context)
    metadata = view.get("private_metadata", "")
    request = requested_step(metadata)
    block_id, chosen = _chosen(view)
    url = return_url(metadata, client)
    try:
        lead = await _mark(here, request, chosen) if chosen else []
        shown = await next_modal(here, request, url=url, lead=lead)
    except NextrungError as error:
        # Told at the choice, so that the walk goes on from here.
        text = error_card(error.code, error.params, here.tr).text
        await ack(response_action="errors", errors={block_id: text})
        return
    await ack(response_action="update", view=as_json(shown))
    refresh_home(here, client)
    if requested_step(shown["private_metadata"]).ended:
        redraw_behind(here, client, metadata, request.target)


async def stop(
    ack: AsyncAck, view: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Show on the card below what was answered before the member stopped."""
    await ack()
    metadata = view.get("private_metadata", "")
    redraw_behind(here_of(context), client, metadata, requested_step(metadata).target)


async def _mark(here: Here, request: Assess, status: Status) -> list[Block]:
    """Mark the step's expectation and return what to say about it above the next one."""
    try:
        cell = await step_cell(here, request)
        marked = await here.services.assessing.mark(here.member, here.shelf, cell, status)
    except OutdatedCard:
        return [changed_meanwhile(here.tr)]
    return celebration(here, marked)


def _chosen(view: Payload) -> tuple[str, Status | None]:
    """Return (block id, status) of the choice; None where none that we know was made."""
    for block_id, fields in ((view.get("state") or {}).get("values") or {}).items():
        value = ((fields.get(Action.ASSESS_STATUS) or {}).get("selected_option") or {}).get("value")
        if Action.ASSESS_STATUS in fields:
            return block_id, Status(value) if value in set(Status) else None
    return "", None
