"""Answers through a response URL: sent once, and noticed when Slack refuses them."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any
from uuid import uuid4

import aiohttp
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.cards.card import Card
from bot.cards.choosers import renewed
from bot.cards.ids import Callback
from bot.cards.lookup.gap_view import gap_view
from bot.domain.errors import NextrungError, NotShown
from bot.domain.lookup.requests import ShowCard
from bot.log import get_logger
from bot.slack.client import QUIET, SlackClient
from bot.slack.context import Here
from bot.slack.press import Asked
from bot.slack.refusals import NOT_SHOWN, reason_of
from bot.slack.reply.answering import card_for, message
from bot.spans import part
from bot.time_left import time_left, unhurried

_SECONDS = 10
# Slack usually takes a tenth of this. Whoever pressed sees the press as received by then.
HOLD_SECONDS = 0.5

log = get_logger()


async def redraw(here: Here, asked: Asked, card: Card) -> None:
    """Put a card in place of the pressed one; below it where that is a channel's message.

    Raises:
        NotShown: Slack did not show it.
    """
    view = asked.view
    if view is not None and view.callback_id == Callback.GAP:
        await redraw_view(here, view.id, card, view.metadata)
    else:
        await show(here, asked.url, **message(card), replace_original=asked.is_own)


async def show(here: Here, url: str, **shown: Any) -> None:
    """Post one message to a response URL; where Slack takes its time, go on beside the answer.

    Raises:
        NotShown: Slack refused it at once. That it does so later is logged.
    """
    await held_briefly(here, reply(here.client, url, **shown))


async def held_briefly(here: Here, work: Coroutine[Any, Any, None]) -> None:
    """Wait for what comes at once; what takes longer must not hold the acknowledgement."""
    sending = asyncio.create_task(work, context=unhurried())
    try:
        done, _ = await asyncio.wait({sending}, timeout=time_left(HOLD_SECONDS))
    except asyncio.CancelledError:
        # The answer is due. What is on its way goes on, and somebody must hear how it ends.
        here.later(_noted(here, sending))
        raise
    if done:
        sending.result()
    else:
        here.later(_noted(here, sending))


async def _noted(here: Here, sending: asyncio.Task[None]) -> None:
    try:
        await sending
    except NOT_SHOWN as error:
        log.info("card_not_redrawn", team=here.member.tenant.team_id, reason=reason_of(error))


async def redraw_view(here: Here, view_id: str, card: Card, metadata: str) -> None:
    """Put a card in place of the one that a modal shows."""
    view = gap_view(card, here.tr, metadata)
    blocks = renewed(view["blocks"], uuid4().hex)
    await here.client.views_update(view_id=view_id, view={**view, "blocks": blocks})


def redraw_later(here: Here, asked: Asked, back: ShowCard) -> None:
    """Draw the pressed card again beside the answer, so that its menus show what holds."""
    here.later(_again(here, asked, back))


async def _again(here: Here, asked: Asked, back: ShowCard) -> None:
    try:
        await redraw(here, asked, await card_for(here, back))
    except NOT_SHOWN as error:
        log.info("card_not_redrawn", team=here.member.tenant.team_id, reason=reason_of(error))


async def reply(client: SlackClient, url: str, **message: Any) -> None:
    """Post one message to a response URL; never twice, also when the connection is lost.

    slack_sdk's default retries would post again where only the answer to the first was lost.

    Raises:
        NotShown: Slack refused it, or did not answer in time.
    """
    if not url:
        raise NotShown(reason="no response_url")
    if "blocks" in message:
        message["blocks"] = renewed(message["blocks"], uuid4().hex)
    network = client.network
    webhook = AsyncWebhookClient(
        url,
        timeout=_SECONDS,
        ssl=network.trusted,
        session=network.session(),
        logger=QUIET,
        retry_handlers=[],
    )
    webhook.proxy = network.proxy_for(url)
    try:
        with part("slack", method="response_url"):
            answer = await webhook.send(**message)
    except (aiohttp.ClientError, OSError) as error:
        raise NotShown(reason=type(error).__name__) from error
    if answer.status_code != 200:
        raise NotShown(reason=f"{answer.status_code} {answer.body[:80]}")


Draw = Callable[[], Awaitable[Card]]


def reply_later(
    here: Here, url: str, draw: Draw, *, otherwise: Draw | None = None, **options: Any
) -> None:
    """Show, beside the answer, what a form has changed; that it could not be shown is logged.

    Slack takes five answers to one press, for half an hour; after that the card stays as it is,
    and `otherwise` is sent as a direct message, so that who saved learns that it is saved.
    """
    if url or otherwise:
        here.later(_reply(here, url, draw, otherwise, options))


async def _reply(
    here: Here, url: str, draw: Draw, otherwise: Draw | None, options: dict[str, Any]
) -> None:
    try:
        try:
            await reply(here.client, url, **message(await draw()), **options)
        except NextrungError:
            if otherwise is None:
                raise
            card = await otherwise()
            await here.client.chat_postMessage(channel=here.member.slack_id, **message(card))
    except NOT_SHOWN as error:
        log.info("card_not_redrawn", team=here.member.tenant.team_id, reason=reason_of(error))


def redraw_view_later(here: Here, view_id: str, draw: Draw, metadata: str) -> None:
    """Show the same in a modal that holds a card; one that is closed meanwhile is let be."""
    here.later(_redraw_view(here, view_id, draw, metadata))


async def _redraw_view(here: Here, view_id: str, draw: Draw, metadata: str) -> None:
    try:
        await redraw_view(here, view_id, await draw(), metadata)
    except NOT_SHOWN as error:
        log.info("card_not_redrawn", team=here.member.tenant.team_id, reason=reason_of(error))
