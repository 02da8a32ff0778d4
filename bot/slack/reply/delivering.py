"""Files on their way to a member: told at once, sent beside the answer, told again at the end."""

import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.cards.card import Card
from bot.cards.error_card import error_card, incident_card
from bot.cards.members.export_cards import preparing_card, sent_card
from bot.cards.standing_lines import with_lead
from bot.domain.document import Parcel
from bot.domain.errors import NextrungError
from bot.domain.lookup.requests import ShowCard
from bot.slack.client import CALL_FAILED, reason_of
from bot.slack.context import Here
from bot.slack.reply.answering import card_for, message, notice_view
from bot.slack.reply.replies import is_own, reply

Payload = Mapping[str, Any]
Tell = Callable[[Card], Awaitable[None]]

log = structlog.get_logger()


def send_later(here: Here, parcel: Parcel, tell: Tell) -> None:
    """Make and send the files beside the answer; `tell` says how it ended."""
    here.later(_send(here, parcel, tell))


async def _send(here: Here, parcel: Parcel, tell: Tell) -> None:
    member = here.member
    try:
        await here.services.messenger.send(member.tenant, member.slack_id, parcel)
    except Exception as error:  # noqa: BLE001 - nobody waits for this task: the member is told
        card = _failure(here, error)
    else:
        card = sent_card(here.tr)
    try:
        await tell(card)
    except (NextrungError, *CALL_FAILED) as error:
        # The modal was closed, say; the files tell for themselves.
        log.info("outcome_not_shown", team=member.tenant.team_id, reason=reason_of(error))


def _failure(here: Here, error: Exception) -> Card:
    team = here.member.tenant.team_id
    if isinstance(error, NextrungError):
        reason = error.params.get("reason")
        log.warning("files_not_sent", code=error.code, team=team, reason=reason)
        return error_card(error.code, error.params, here.tr)
    incident = secrets.token_hex(4)
    log.error("files_failed", incident=incident, team=team, exc_info=error)
    return incident_card(incident, here.tr)


async def telling(
    here: Here, client: AsyncWebClient, body: Payload, *, back: ShowCard | None = None
) -> Tell:
    """Say where the press was made that files are on their way; return how to tell the outcome.

    On a message the card `back` is redrawn under what is told; on Home and in modals a modal opens.
    """
    tell = (
        await _in_modal(here, client, body) if body.get("view") else _on_message(here, body, back)
    )
    if not body.get("view"):
        await tell(preparing_card(here.tr))
    return tell


def _on_message(here: Here, body: Payload, back: ShowCard | None) -> Tell:
    async def tell(card: Card) -> None:
        own = back is not None and is_own(body)
        shown = with_lead(await card_for(here, back), card.blocks) if own and back else card
        url = body.get("response_url")
        await reply(url, **message(shown), response_type="ephemeral", replace_original=own)

    return tell


async def _in_modal(here: Here, client: AsyncWebClient, body: Payload) -> Tell:
    inside = body["view"].get("type") == "modal"
    show = client.views_push if inside else client.views_open
    first = notice_view(preparing_card(here.tr), here.tr)
    opened = await show(trigger_id=str(body.get("trigger_id") or ""), view=first)
    view_id = (opened.get("view") or {}).get("id")

    async def tell(card: Card) -> None:
        await client.views_update(view_id=view_id, view=notice_view(card, here.tr))

    return tell


def only_failures(here: Here, body: Payload) -> Tell:
    """Return how to tell the outcome of a command: its files tell of success themselves."""
    succeeded = sent_card(here.tr)

    async def tell(card: Card) -> None:
        if card != succeeded:
            url = body.get("response_url")
            await reply(url, **message(card), response_type="ephemeral", replace_original=False)

    return tell
