"""A modal about a preview: at once where that is at hand, else once it is read again."""

from bot.cards.blocks import View
from bot.cards.catalogue.outcomes import reading_card
from bot.cards.catalogue.views import told_view
from bot.domain.catalogue.workspace_catalogue import UploadedDraft
from bot.slack.catalogue.background import Draw, show_later
from bot.slack.context import Here
from bot.slack.press import Press
from bot.slack.reply.forms import open_modal


async def open_about(press: Press[UploadedDraft], here: Here, draw: Draw) -> None:
    """Open it.

    Raises:
        NotCatalogueOwner: the member does not own the catalogue.
    """
    own = here.services.own_catalogue
    await own.check(here.member)
    kept = own.kept(press.request)
    if kept is not None:
        await open_modal(here, press, draw(*kept))
        return
    first = told_view("Nextrung", reading_card(0, here.tr), here.tr)
    view_id = await open_modal(here, press, first)

    async def show(view: View) -> None:
        await here.client.views_update(view_id=view_id, view={**view})

    show_later(here, press.request, show, draw)
