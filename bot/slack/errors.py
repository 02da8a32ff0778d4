"""The one error handler: a typed error becomes a kind text, any other an incident number."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from slack_bolt.async_app import AsyncBoltContext, AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError

from bot.cards.card import Card
from bot.cards.error_card import error_card, incident_card
from bot.domain.errors import NextrungError, NotShown, OutdatedCard, QueryTooLong, TooSlow
from bot.services.bundle import Services
from bot.slack.client import refusal_code
from bot.slack.context import translator_of
from bot.slack.reply.answering import message, notice_view
from bot.slack.reply.replies import reply
from bot.text.translator import Translator

_QUIET = (OutdatedCard, QueryTooLong, TooSlow)
_RESPOND_SECONDS = 2
# Slack's words for "this modal or trigger is past": the member only needs a fresh card.
_PAST = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id", "not_found"})

log = structlog.get_logger()

ErrorHandler = Callable[..., Awaitable[BoltResponse]]


def handle_errors(services: Services) -> ErrorHandler:
    """Build Bolt's error handler for middleware and listeners alike."""

    async def handle(
        error: Exception, request: AsyncBoltRequest, context: AsyncBoltContext
    ) -> BoltResponse:
        return await answer_error(error, request.body, context, services)

    return handle


async def answer_error(
    error: Exception, body: dict[str, Any], context: AsyncBoltContext, services: Services
) -> BoltResponse:
    """Tell the member what happened, in the way that this kind of request can show it."""
    if _slack_code(error) == "hash_conflict":
        # The modal was turned twice at once, and shows the later turn: nothing to tell.
        return BoltResponse(status=200, body="")
    tr = translator_of(context, services)
    card = _card_of(error, context, tr)
    if "command" in body:
        return BoltResponse(status=200, body={"response_type": "ephemeral", **message(card)})
    kind = body.get("type")
    if kind == "block_suggestion":
        return BoltResponse(status=200, body={"options": []})
    if kind == "view_submission":
        return BoltResponse(status=200, body=_refusal(body.get("view") or {}, card, tr))
    if body.get("response_url"):
        await _respond(body["response_url"], card)
    elif body.get("trigger_id"):
        view, inside = notice_view(card, tr), (body.get("view") or {}).get("type") == "modal"
        await _open(str(body["trigger_id"]), view, context, inside=inside)
    return BoltResponse(status=200, body="")


def _refusal(view: dict[str, Any], card: Card, tr: Translator) -> dict[str, Any]:
    """Tell it at the first field of a form, where what was typed stays; else in its place."""
    fields = [each["block_id"] for each in view.get("blocks") or [] if each.get("type") == "input"]
    if fields:
        return {"response_action": "errors", "errors": {fields[0]: card.text}}
    return {"response_action": "update", "view": notice_view(card, tr)}


def _slack_code(error: Exception) -> str | None:
    return refusal_code(error) if isinstance(error, SlackApiError) else None


def _card_of(error: Exception, context: AsyncBoltContext, tr: Translator) -> Card:
    if _slack_code(error) in _PAST:
        error = OutdatedCard()
    if isinstance(error, NextrungError):
        level = log.info if isinstance(error, _QUIET) else log.warning
        level("request_refused", code=error.code, team=context.team_id)
        return error_card(error.code, error.params, tr)
    incident = secrets.token_hex(4)
    log.error("request_failed", incident=incident, team=context.team_id, exc_info=error)
    return incident_card(incident, tr)


async def _respond(url: str, card: Card) -> None:
    """Show the card beside the message that was pressed; losing it must not fail the ack."""
    try:
        await reply(url, **message(card), response_type="ephemeral", replace_original=False)
    except NotShown as error:
        log.warning("error_card_not_shown", reason=error.params["reason"])


async def _open(
    trigger_id: str, view: dict[str, Any], context: AsyncBoltContext, *, inside: bool
) -> None:
    """Open a modal, `inside` one on top of it; losing it must not fail the ack."""
    client = context.client
    try:
        async with asyncio.timeout(_RESPOND_SECONDS):
            show = client.views_push if inside else client.views_open
            await show(trigger_id=trigger_id, view=view)
    except Exception as error:  # noqa: BLE001 - whatever happens here, the ack still goes out
        log.warning("error_card_not_shown", reason=type(error).__name__)
