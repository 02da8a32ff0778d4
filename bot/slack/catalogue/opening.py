"""A modal about a preview: opened at once or once it is read again, and what is filled in there."""

from bot.cards.blocks import View
from bot.cards.catalogue.outcomes import reading_card
from bot.cards.catalogue.publish_view import NAME_FIELD, Asking
from bot.cards.catalogue.views import told_view
from bot.cards.errors.card import error_card
from bot.domain.catalogue.workspace_catalogue import NameNotTyped, UploadedDraft
from bot.services.catalogue.releases import same_name
from bot.slack.catalogue.background import Confirmed, Draw, show_later
from bot.slack.context import Here
from bot.slack.press import Form, Press, Wrong
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


def confirmed_in(form: Form[Asking], here: Here) -> Confirmed | Wrong:
    """Return what was filled in before publishing, or that the name was not typed."""
    asking, view = form.request, form.view
    typed = view.at(NAME_FIELD).text
    if NAME_FIELD in view.fields and not same_name(typed, asking.name):
        error = NameNotTyped(name=asking.name)
        return Wrong({NAME_FIELD: error_card(error.code, error.params, here.tr).text})
    return Confirmed({block: each.choice for block, each in view.fields.items()}, typed)
