"""Buttons and selects on messages. The card is redrawn in place through the response URL."""

from dataclasses import replace

from bot.cards.choosers import completed
from bot.cards.ids import Action
from bot.cards.lookup.sharing import with_shared_note, with_sharer
from bot.domain.errors import OutdatedCard
from bot.domain.lookup.requests import ShowCard, ShowCatalogue, ShowDetails, ShowDomain
from bot.slack.context import Here
from bot.slack.lookup.details import details_modal, turned_modal
from bot.slack.press import Press, as_it_is, card_request, requested
from bot.slack.reply.answering import card_for, message
from bot.slack.reply.forms import open_modal, turn
from bot.slack.reply.replies import held_briefly, redraw, reply
from bot.slack.reply.return_path import return_url
from bot.slack.routes import Routes


def register(on: Routes) -> None:
    """Register what the cards' controls do."""
    on.presses(Action.SHOW, card_request, show_card)
    on.presses(Action.DETAILS, ShowDetails, open_details)
    on.choice(Action.LEVEL, card_request, choose_level)
    for finder in (Action.FIND, Action.FIND_ROLE, Action.FIND_TARGET):
        on.press(finder, card_request, show_found)
    on.press(Action.SHARE, card_request, share)
    on.press(Action.DETAILS_LEVEL, as_it_is, turn_details)
    on.press(Action.DETAILS_ROLE, as_it_is, turn_details)


async def show_card(press: Press[ShowCard], here: Here) -> None:
    """Put the card that the button names in place of this one."""
    await redraw(here, press, await card_for(here, press.request))


async def show_found(press: Press[ShowCard], here: Here) -> None:
    """Put what was found by typing in place of this card."""
    await redraw(here, press, await card_for(here, completed(press.block_id, press.request)))


async def choose_level(press: Press[ShowCard], here: Here) -> None:
    """Redraw the card at the chosen level."""
    request = press.request
    if isinstance(request, ShowDomain | ShowCatalogue) or not press.chosen:
        raise OutdatedCard
    await redraw(here, press, await card_for(here, replace(request, levels=(press.chosen,))))


async def share(press: Press[ShowCard], here: Here) -> None:
    """Show the card to the channel, without controls, and note it on the member's own card."""
    shared = await card_for(here, press.request, shared=True)
    shared = with_sharer(shared, here.member.slack_id, here.tr)
    own = with_shared_note(await card_for(here, press.request), here.tr)

    async def share_and_note() -> None:
        # The note says that it is shared: it waits for that, however long Slack takes.
        options = {"response_type": "in_channel", "replace_original": False}
        await reply(here.client, press.url, **message(shared), **options)
        await redraw(here, press, own)

    await held_briefly(here, share_and_note())


async def open_details(press: Press[ShowDetails], here: Here) -> None:
    """Open one cell of the catalogue in full."""
    await open_modal(here, press, await details_modal(here, press.request, url=press.own_url))


async def turn_details(press: Press[str], here: Here) -> None:
    """Turn the open modal to another level or role."""
    metadata = press.surface.metadata
    request, url = requested(ShowDetails, metadata), return_url(here, metadata)
    by_level = press.action == Action.DETAILS_LEVEL
    level, role = (press.chosen, None) if by_level else (None, press.chosen)
    shown = await turned_modal(here, request, url=url, level=level, role=role)
    await turn(here, press.surface, shown)
