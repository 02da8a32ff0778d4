"""A modal about a preview: opened at once or once it is read again, and what is filled in there."""

from bot.cards.blocks import View
from bot.cards.catalogue.outcomes import reading_card
from bot.cards.catalogue.publish_view import NAME_FIELD, Asking
from bot.cards.catalogue.views import told_view
from bot.cards.errors.card import card_of
from bot.domain.catalogue.publication import same_name
from bot.domain.catalogue.workspace_catalogue import NameNotTyped, UploadedDraft
from bot.slack.catalogue.background import Confirmed, Draw, show_later
from bot.slack.context import Here
from bot.slack.press import Form, Press, Surface, Wrong
from bot.slack.reply.forms import open_modal, turn


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
    view_id = await open_modal(here, press, _meanwhile(here))
    show_later(here, press.request, view_id, draw)


async def turn_about(shown: Surface, here: Here, draft: UploadedDraft, draw: Draw) -> None:
    """Put something else about a preview in place of what an open modal shows of it."""
    kept = here.services.own_catalogue.kept(draft)
    if kept is not None:
        await turn(here, shown, draw(*kept))
        return
    await turn(here, shown, _meanwhile(here))
    show_later(here, draft, shown.id, draw)


def _meanwhile(here: Here) -> View:
    """Build what the modal shows while the file is read."""
    return told_view("Nextrung", reading_card(0, here.tr), here.tr)


def confirmed_in(form: Form[Asking], here: Here) -> Confirmed | Wrong:
    """Return what was filled in before publishing, or that the name was not typed."""
    wrong = name_not_typed(form.view, form.request.name, here)
    if wrong:
        return Wrong(wrong)
    view = form.view
    chosen = {block: each.choice for block, each in view.fields.items()}
    return Confirmed(chosen, view.at(NAME_FIELD).text)


def name_not_typed(view: Surface, name: str, here: Here) -> dict[str, str]:
    """Return what is wrong at the field for the catalogue's name; nothing where it is not asked."""
    if NAME_FIELD not in view.fields or same_name(view.at(NAME_FIELD).text, name):
        return {}
    error = NameNotTyped(name=name)
    return {NAME_FIELD: card_of(error, here.tr).text}
