"""How work that goes on beside the answer tells what came of it: in a message, or in a modal."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.cards.card import Card
from bot.cards.members.export_cards import sent_directly_text
from bot.cards.standing_lines import with_lead
from bot.domain.lookup.requests import ShowCard
from bot.log import get_logger
from bot.slack.context import Here
from bot.slack.places import conversation_link
from bot.slack.press import Asked
from bot.slack.refusals import CALL_FAILED, NOT_SHOWN, reason_of
from bot.slack.reply.answering import card_for, message, notice_view
from bot.slack.reply.forms import open_modal
from bot.slack.reply.replies import reply

# Tells it, and whether it could be told.
Tell = Callable[[Card], Awaitable[bool]]
Show = Callable[[Card], Awaitable[None]]
Draw = Callable[[Card], Mapping[str, Any]]

log = get_logger()


async def telling(here: Here, asked: Asked, first: Card, *, back: ShowCard | None = None) -> Tell:
    """Say something where a press was made; return how to tell the rest there.

    On a message the card `back` is redrawn under what is told; on Home and in modals a modal opens.
    """
    if asked.view is not None:
        view_id = await open_modal(here, asked, notice_view(first, here.tr))
        return telling_in(here, view_id, lambda card: notice_view(card, here.tr))

    async def show(card: Card) -> None:
        own = back is not None and asked.is_own
        shown = with_lead(await card_for(here, back), card.blocks) if own and back else card
        options = {"response_type": "ephemeral", "replace_original": own}
        await reply(here.client, asked.url, **message(shown), **options)

    await show(first)
    return _noted(here, show)


def telling_below(here: Here, asked: Asked) -> Tell:
    """Return how to tell something below what was typed or pressed."""

    async def show(card: Card) -> None:
        options = {"response_type": "ephemeral", "replace_original": False}
        await reply(here.client, asked.url, **message(card), **options)

    return _noted(here, show)


def telling_in(here: Here, view_id: str, draw: Draw) -> Tell:
    """Return what replaces a modal; one that was closed meanwhile is let be."""

    async def show(card: Card) -> None:
        await here.client.views_update(view_id=view_id, view={**draw(card)})

    return _noted(here, show)


def updating_modal(here: Here, view_id: str) -> Callable[[Mapping[str, Any]], Awaitable[bool]]:
    """Return what puts another view in place of a modal; one that was closed is let be."""

    async def show(view: Mapping[str, Any]) -> bool:
        if not view_id:
            return False
        try:
            await here.client.views_update(view_id=view_id, view={**view})
        except NOT_SHOWN as error:
            _not_shown(here, error)
            return False
        return True

    return show


def telling_at(here: Here, channel: str, ts: str) -> Tell:
    """Return what replaces a message of ours."""

    async def show(card: Card) -> None:
        await here.client.chat_update(channel=channel, ts=ts, **message(card))

    return _noted(here, show)


async def posted_directly(here: Here, card: Card) -> tuple[str, str] | None:
    """Send a direct message; return its channel and ts, None where Slack does not take it."""
    try:
        sent = await here.client.chat_postMessage(channel=here.member.slack_id, **message(card))
    except CALL_FAILED as error:
        _not_shown(here, error)
        return None
    return str(sent.get("channel")), str(sent.get("ts"))


async def show_directly(here: Here, card: Card) -> str:
    """Send a card as a direct message; return where it went, as mrkdwn.

    Raises:
        SlackApiError: Slack refused it.
    """
    sent = await here.client.chat_postMessage(channel=here.member.slack_id, **message(card))
    team = here.member.tenant.team_id
    link = conversation_link(here.client.base_url, team, str(sent.get("channel") or ""))
    return sent_directly_text(link, here.tr)


async def tell_directly(here: Here, card: Card) -> None:
    """Send an outcome as a direct message, where the place that it belongs to is gone."""
    await told_directly(here, here.member.slack_id, card)


async def told_directly(here: Here, slack_id: str, card: Card) -> bool:
    """Send somebody of the workspace a card; return whether Slack took it.

    What it tells of is done already: whoever did it is not to do it again.
    """
    try:
        await here.client.chat_postMessage(channel=slack_id, **message(card))
    except CALL_FAILED as error:
        _not_shown(here, error)
        return False
    return True


def _noted(here: Here, show: Show) -> Tell:
    """Log what could not be told: nobody waits for it."""

    async def tell(card: Card) -> bool:
        try:
            await show(card)
        except NOT_SHOWN as error:
            _not_shown(here, error)
            return False
        return True

    return tell


def _not_shown(here: Here, error: Exception) -> None:
    log.info("outcome_not_shown", team=here.member.tenant.team_id, reason=reason_of(error))
