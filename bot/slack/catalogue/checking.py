"""The check of a catalogue, from Home: read rule by rule, with the way to each finding."""

from bot.cards.blocks import View
from bot.cards.card import Card
from bot.cards.catalogue.check_card import SIZE, check_card, checking_card, decode_page
from bot.cards.catalogue.views import told_view
from bot.cards.ids import Action
from bot.domain.catalogue.checked import checked_page
from bot.slack.catalogue.background import tell_later
from bot.slack.context import Here
from bot.slack.press import Press, as_it_is
from bot.slack.reply.forms import open_modal
from bot.slack.reply.telling import telling_in
from bot.slack.routes import Routes


def register(on: Routes) -> None:
    """Register the check and its pages."""
    on.press(Action.CATALOGUE_CHECK, as_it_is, check)
    on.press(Action.CHECK_RULE, as_it_is, choose)
    on.presses(Action.CHECK_PAGE, as_it_is, turn)


async def check(press: Press[str], here: Here) -> None:
    """Open the check at once; what it finds stands there as soon as it is done."""
    await here.services.own_catalogue.check(here.member)
    view_id = await open_modal(here, press, _drawn(here, checking_card(here.tr)))
    _show_later(here, view_id, "", 1)


async def choose(press: Press[str], here: Here) -> None:
    """Show what another rule found."""
    _show_later(here, press.surface.id, press.chosen, 1)


async def turn(press: Press[str], here: Here) -> None:
    """Turn to another page."""
    _show_later(here, press.surface.id, *decode_page(press.request))


def _show_later(here: Here, view_id: str, chosen: str, number: int) -> None:
    async def shown() -> Card:
        checked = await here.services.checking.check(here.member)
        return check_card(checked_page(checked, chosen, number, SIZE), here.tr)

    tell_later(here, telling_in(here, view_id, lambda card: _drawn(here, card)), shown)


def _drawn(here: Here, card: Card) -> View:
    return told_view(here.tr("Check of the texts"), card, here.tr)
