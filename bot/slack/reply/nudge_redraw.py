"""A nudge's message, brought up to date from elsewhere."""

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.cards.nudges.card import nudge_card
from bot.domain.errors import NextrungError
from bot.slack.client import refusal_code
from bot.slack.context import Here
from bot.slack.reply.answering import message

log = structlog.get_logger()


async def redraw_nudge(here: Here, client: AsyncWebClient, nudge_id: int) -> None:
    """Bring a nudge's message up to date where nothing was pressed in it, such as after a form."""
    try:
        place = await here.services.nudges.place(here.member, nudge_id)
        if place is None:
            return
        shown = await here.services.nudges.shown(here.member, here.shelf, nudge_id)
        card = nudge_card(shown, here.tr)
        await client.chat_update(channel=place.channel, ts=place.ts, **message(card))
    except NextrungError as error:
        log.info("nudge_not_redrawn", outbox_id=nudge_id, reason=error.code)
    except SlackApiError as error:
        log.info("nudge_not_redrawn", outbox_id=nudge_id, reason=refusal_code(error))
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        log.info("nudge_not_redrawn", outbox_id=nudge_id, reason=type(error).__name__)
