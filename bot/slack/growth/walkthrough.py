"""The assessment walk-through: one press a step."""

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.cards.blocks import Block
from bot.cards.growth.walkthrough_view import changed_meanwhile
from bot.cards.ids import Action, Callback
from bot.domain.errors import NextrungError, OutdatedCard
from bot.domain.growth.assessment import Status
from bot.domain.growth.requests import Assess
from bot.slack.context import Here, here_of
from bot.slack.growth.walkthrough_view import (
    assessment_modal,
    next_modal,
    open_assessment,
    requested_step,
    step_cell,
)
from bot.slack.reply.answering import as_json, told_at
from bot.slack.reply.celebration import celebration
from bot.slack.reply.form_values import field_of
from bot.slack.reply.home import refresh_home
from bot.slack.reply.replies import is_own
from bot.slack.reply.return_path import redraw_behind, return_url

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
    here, metadata = here_of(context), view.get("private_metadata", "")
    request, url = requested_step(metadata), return_url(metadata, client)
    block_id, chosen = _chosen(view)
    try:
        lead = await _mark(here, request, chosen) if chosen else []
        shown = await next_modal(here, request, url=url, lead=lead)
    except NextrungError as error:
        await ack(**told_at(block_id, error, here.tr))
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
    block_id, field = field_of(view, Action.ASSESS_STATUS)
    value = (field.get("selected_option") or {}).get("value")
    return block_id, Status(value) if value in set(Status) else None
