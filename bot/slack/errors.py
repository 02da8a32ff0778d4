"""The one error handler: a typed error becomes a kind text, any other an incident number."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, cast

from slack_bolt.async_app import AsyncBoltContext, AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError

from bot.cards.card import Card
from bot.domain.errors import (
    LeftCatalogue,
    ModalClosed,
    NextrungError,
    NotShown,
    OutdatedCard,
    QueryTooLong,
    SlackForbids,
    SlackSilent,
    TooMuchAtOnce,
    TooSlow,
    TriggerPast,
)
from bot.domain.installs.moves import (
    NotOfThisWorkspace,
    WorkspaceMoving,
    WorkspaceRefused,
)
from bot.log import get_logger
from bot.services.bundle import Services
from bot.services.figures.requests import Watch
from bot.slack.client import SlackClient
from bot.slack.context import Here, here_in, translator_of, watch_in
from bot.slack.press import Asked
from bot.slack.reading import Unfit, misfit, way_back
from bot.slack.refusals import (
    CALL_FAILED,
    SILENT,
    UNREADABLE,
    WhyRefused,
    reason_of,
    refusal_code,
    why_refused,
)
from bot.slack.reply.answering import message, notice_view
from bot.slack.reply.failures import failure_of
from bot.slack.reply.forms import show_modal
from bot.slack.reply.in_place import InPlace
from bot.slack.reply.replies import reply, show
from bot.store.errors import StoreUnavailable
from bot.text.translator import Translator
from bot.time_left import time_left

_QUIET = (
    OutdatedCard,
    QueryTooLong,
    TooMuchAtOnce,
    TooSlow,
    NotOfThisWorkspace,
    WorkspaceMoving,
    WorkspaceRefused,
)
_RESPOND_SECONDS = 2
# Nothing else tells of these soon, so Slack is to, where the database did not take them. All other
# events are answered: whoever fails most of them is sent none any more.
_TOLD_ONCE = frozenset(
    {
        *("app_uninstalled", "tokens_revoked", "grid_migration_started", "grid_migration_finished"),
        *("team_access_granted", "team_access_revoked"),
    }
)
# With one of these somebody is no ordinary member any more: nudges and shares of theirs end.
_LEFT = ("deleted", "is_restricted", "is_ultra_restricted")

log = get_logger()

ErrorHandler = Callable[..., Awaitable[BoltResponse]]


def handle_errors(services: Services) -> ErrorHandler:
    """Build Bolt's error handler, for what goes wrong before our own door."""

    async def handle(
        error: Exception, request: AsyncBoltRequest, context: AsyncBoltContext
    ) -> BoltResponse:
        return await answer_error(error, request.body, context, services)

    return handle


async def answer_error(
    error: Exception, body: Mapping[str, Any], context: AsyncBoltContext, services: Services
) -> BoltResponse:
    """Tell the member what happened, in the way that this kind of request can show it."""
    replaces = isinstance(error, InPlace)
    error = error.error if isinstance(error, InPlace) else error
    if why_refused(error) is WhyRefused.TWICE:
        return BoltResponse(status=200, body="")
    tr = translator_of(context, services)
    if isinstance(error, LeftCatalogue) and (here := here_in(context)):
        error = await services.former_names.named(here.member.catalogue_key, error)
    card = _card_of(_at_fault(error, body), context, tr)
    if _is_told_once(body) and isinstance(error, (StoreUnavailable, TooSlow)):
        return BoltResponse(status=503, body="")
    if "command" in body:
        return BoltResponse(status=200, body={"response_type": "ephemeral", **message(card)})
    way = way_back(body)
    match body.get("type"):
        case "block_suggestion":
            return BoltResponse(status=200, body={"options": []})
        case "view_submission":
            return BoltResponse(status=200, body=_refusal(way, card, tr))
    if way.url:
        await _respond(way.url, card, here_in(context), context, replaces=replaces)
    elif way.trigger:
        await _open(way, card, tr, context)
    return BoltResponse(status=200, body="")


def _is_told_once(body: Mapping[str, Any]) -> bool:
    event = body.get("event")
    if not isinstance(event, Mapping):
        return False
    user = event.get("user")
    left = isinstance(user, Mapping) and any(user.get(each) is True for each in _LEFT)
    return event.get("type") in _TOLD_ONCE or (event.get("type") == "user_change" and left)


def _at_fault(error: Exception, body: Mapping[str, Any]) -> Exception:
    """Return what went wrong: not we, where Bolt fails on a payload that Slack never sends."""
    if isinstance(error, SlackApiError):
        match why_refused(error):
            case WhyRefused.PAST:
                return TriggerPast(reason=refusal_code(error))
            case WhyRefused.CLOSED:
                return ModalClosed()
            case WhyRefused.SCOPE | WhyRefused.TOKEN | WhyRefused.TOKEN_TYPE | WhyRefused.WORKSPACE:
                return SlackForbids(reason=refusal_code(error))
            case WhyRefused.LATER | WhyRefused.LIMITED | WhyRefused.UNKNOWN:
                return SlackSilent(reason=refusal_code(error))
        return SlackSilent(reason=UNREADABLE) if refusal_code(error) == UNREADABLE else error
    if isinstance(error, SILENT):
        return SlackSilent(reason=type(error).__name__)
    if isinstance(error, NextrungError):
        return error
    return misfit(body) or error


def _refusal(way: Asked, card: Card, tr: Translator) -> dict[str, Any]:
    """Tell it at the first field of a form, where what was typed stays; else in its place."""
    if way.view and way.view.first_input:
        return {"response_action": "errors", "errors": {way.view.first_input: card.text}}
    return {"response_action": "update", "view": notice_view(card, tr)}


def _card_of(error: Exception, context: AsyncBoltContext, tr: Translator) -> Card:
    failure, team = failure_of(error, tr), context.team_id
    _count(error, watch_in(context))
    match error:
        case Unfit():
            log.warning("payload_unfit", part=error.params["part"], team=team)
        case NextrungError():
            level = log.info if isinstance(error, _QUIET) else log.warning
            level("request_refused", code=error.code, team=team)
        case _:
            log.error("request_failed", incident=failure.incident, team=team, exc_info=error)
    return failure.card


def _count(error: Exception, watch: Watch | None) -> None:
    if watch is None:
        return
    if isinstance(error, TooSlow):
        watch.late()
    elif isinstance(error, NextrungError):
        watch.refused(error.code)
    else:
        watch.faulty()


async def _respond(
    url: str, card: Card, here: Here | None, context: AsyncBoltContext, *, replaces: bool
) -> None:
    """Show the card beside the message that was pressed; losing it must not fail the ack.

    `replaces` puts it in the message's place.
    """
    beside = {"response_type": "ephemeral", "replace_original": False}
    shown = {**message(card), **({"replace_original": True} if replaces else beside)}
    try:
        if here:
            await show(here, url, **shown)
        else:
            async with asyncio.timeout(time_left(_RESPOND_SECONDS)):
                await reply(cast("SlackClient", context.client), url, **shown)
    except TimeoutError as error:
        log.warning("error_card_not_shown", reason=reason_of(error))
    except NotShown as error:
        log.warning("error_card_not_shown", reason=error.params["reason"])


async def _open(way: Asked, card: Card, tr: Translator, context: AsyncBoltContext) -> None:
    """Show the card in a modal, else in a direct message; losing it must not fail the ack."""
    try:
        async with asyncio.timeout(time_left(_RESPOND_SECONDS)):
            try:
                client = cast("SlackClient", context.client)
                await show_modal(client, way, notice_view(card, tr))
            except CALL_FAILED:
                await _write(card, context)
    except Exception as error:  # noqa: BLE001 - whatever happens here, the ack still goes out
        log.warning("error_card_not_shown", reason=reason_of(error))


async def _write(card: Card, context: AsyncBoltContext) -> None:
    """Send the card to who pressed, where no modal opens: a trigger that is past, say."""
    if isinstance(context.user_id, str):
        await context.client.chat_postMessage(channel=context.user_id, **message(card))
