"""A nudge's message, brought up to date from elsewhere."""

from bot.cards.nudges.card import nudge_card
from bot.domain.nudges.message import NudgeMessage
from bot.log import get_logger
from bot.slack.context import Here
from bot.slack.refusals import NOT_SHOWN, reason_of
from bot.slack.reply.answering import message

log = get_logger()


async def redraw_nudge(here: Here, nudge_id: int, shown: NudgeMessage | None = None) -> None:
    """Bring a nudge's message up to date where nothing was pressed in it, such as after a form.

    `shown` is how it stands, where that is known already.
    """
    try:
        place = await here.services.nudges.place(here.member, nudge_id)
        if place is None:
            return
        if shown is None:
            shown = await here.services.nudges.shown(here.member, here.shelf, nudge_id)
        card = nudge_card(shown, here.tr)
        await here.client.chat_update(channel=place.channel, ts=place.ts, **message(card))
    except NOT_SHOWN as error:
        log.info("nudge_not_redrawn", outbox_id=nudge_id, reason=reason_of(error))
