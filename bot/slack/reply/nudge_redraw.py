"""A nudge's message, brought up to date from elsewhere."""

from bot.cards.card import Card
from bot.cards.nudges.card import nudge_card
from bot.domain.errors import NextrungError
from bot.domain.nudges.message import NudgeMessage
from bot.log import get_logger
from bot.slack.context import Here
from bot.slack.refusals import NOT_SHOWN, reason_of
from bot.slack.reply.answering import message
from bot.slack.reply.failures import failure_of
from bot.slack.reply.in_place import is_over

log = get_logger()


async def redraw_nudge(here: Here, nudge_id: int, shown: NudgeMessage | None = None) -> None:
    """Bring a nudge's message up to date where nothing was pressed in it, such as after a form.

    `shown` is how it stands, where that is known already.
    """
    try:
        place = await here.services.nudges.place(here.member, nudge_id)
        if place is None:
            return
        card = nudge_card(shown, here.tr) if shown else await _as_it_stands(here, nudge_id)
        await here.client.chat_update(channel=place.channel, ts=place.ts, **message(card))
    except NOT_SHOWN as error:
        log.info("nudge_not_redrawn", outbox_id=nudge_id, reason=reason_of(error))


async def _as_it_stands(here: Here, nudge_id: int) -> Card:
    """Draw the nudge as it stands; of one that is past, say why, for it has nothing to press."""
    try:
        shown = await here.services.nudges.shown(here.member, here.shelf, nudge_id)
    except NextrungError as error:
        if not is_over(error):
            raise
        return failure_of(error, here.tr).card
    return nudge_card(shown, here.tr)
