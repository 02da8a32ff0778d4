"""Adoption, for who owns the catalogue or administers the workspace: shown, and sent as a file."""

from bot.cards.ids import Action
from bot.cards.members.export_cards import preparing_card
from bot.cards.teams.helping.adoption_view import adoption_view
from bot.slack.context import Here
from bot.slack.press import Press, as_it_is
from bot.slack.reply.delivering import send_later
from bot.slack.reply.forms import open_modal
from bot.slack.reply.telling import telling
from bot.slack.routes import Routes
from bot.slack.teams.helping.adoption_file import adoption_parcel


def register(on: Routes) -> None:
    """Register the buttons."""
    on.press(Action.ADOPTION, as_it_is, show_adoption)
    on.press(Action.ADOPTION_FILE, as_it_is, send_adoption)


async def show_adoption(press: Press[str], here: Here) -> None:
    """Open the figures."""
    catalogue = here.shelf.catalogue
    months = await here.services.adoption.of(here.member, catalogue)
    await open_modal(here, press, adoption_view(months, catalogue, here.tr))


async def send_adoption(press: Press[str], here: Here) -> None:
    """Send them as a file."""
    parcel = await adoption_parcel(here)
    tell = await telling(here, press, preparing_card(here.tr))
    await send_later(here, parcel, tell)
