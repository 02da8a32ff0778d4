"""The catalogue panel on Home: upload, download, and who may."""

from bot.cards.blocks import View
from bot.cards.card import NAME, Card
from bot.cards.catalogue import views
from bot.cards.catalogue.links import decode_draft
from bot.cards.catalogue.outcomes import owners_card, taken_card
from bot.cards.catalogue.wizard import replaced_card
from bot.cards.ids import Action, Callback
from bot.cards.members.export_cards import preparing_card
from bot.cards.mrkdwn import clip
from bot.domain.catalogue.workspace_catalogue import UploadedDraft
from bot.domain.errors import OutdatedCard
from bot.services.lookup.shelves import BUILT_IN
from bot.slack.catalogue.background import compare_later
from bot.slack.catalogue.download import catalogue_parcel, format_names
from bot.slack.catalogue.examining import examine_later, tell_in_message
from bot.slack.catalogue.uploads import check_size
from bot.slack.context import Here
from bot.slack.press import Form, Press, Surface, Turned, UploadedFile, as_it_is
from bot.slack.reply.delivering import send_later
from bot.slack.reply.forms import open_modal, turn
from bot.slack.reply.home import refresh_home
from bot.slack.reply.telling import Tell, telling_at, telling_in
from bot.slack.routes import Routes


def register(on: Routes) -> None:
    """Register what the panel does."""
    on.press(Action.CATALOGUE_UPLOAD, as_it_is, open_upload)
    on.form(Callback.CATALOGUE_UPLOAD, as_it_is, take_upload)
    on.press(Action.CATALOGUE_COMPARE, decode_draft, compare)
    on.press(Action.CATALOGUE_DOWNLOAD, as_it_is, open_download)
    on.form(Callback.CATALOGUE_DOWNLOAD, as_it_is, download)
    on.press(Action.CATALOGUE_OWNERS, as_it_is, open_owners)
    on.form(Callback.CATALOGUE_OWNERS, as_it_is, save_owners)


async def open_upload(press: Press[str], here: Here) -> None:
    """Open the form that takes a file."""
    await here.services.own_catalogue.check(here.member)
    used = here.shelf.catalogue
    if used.revision.catalogue_key != BUILT_IN:
        name = used.content.name.base
    else:
        begun = await here.services.uploads.current(here.member)
        name = begun.name if begun else ""
    view = views.upload_view(name, here.tr)
    if press.is_in_modal:
        # In place of what was wrong: Slack stacks no more than three, and a file takes its tries.
        await turn(here, press.surface, view)
    else:
        await open_modal(here, press, view)


async def take_upload(form: Form[str], here: Here) -> Turned:
    """Take a file, and say where the rest is told."""
    file, mapping = _file(form.view, views.FILE), _file(form.view, views.MAPPING)
    if file is None:
        raise OutdatedCard
    note = _note(form.view) or here.tr("Uploaded {file}", file=clip(file.name, NAME))
    upload, before = await here.services.uploads.begin(
        here.member,
        file=file.id,
        file_name=clip(file.name, NAME) or here.tr("your file"),
        mapping=mapping.id if mapping else None,
        name=form.view.at(views.CALLED).text,
        note=note,
    )
    if before is not None:
        here.later(tell_in_message(here, before, replaced_card(here.tr)))
    await examine_later(here, upload, form.view.id)
    return _told(here, here.tr("Upload a catalogue"), taken_card(here.tr))


async def compare(press: Press[UploadedDraft], here: Here) -> None:
    """Preview an upload again, against what members see by now."""
    await compare_later(here, press.request.upload, telling_at(here, press.channel, press.ts))


async def open_download(press: Press[str], here: Here) -> None:
    """Ask for the format."""
    await here.services.own_catalogue.check(here.member)
    await open_modal(here, press, views.download_view(format_names(here.tr), here.tr))


async def download(form: Form[str], here: Here) -> Turned:
    """Send the catalogue as a file."""
    parcel = await catalogue_parcel(here, form.view.at(views.FORMAT).choice)
    title = here.tr("Download")
    await send_later(here, parcel, _telling(here, form, title))
    return _told(here, title, preparing_card(here.tr))


async def open_owners(press: Press[str], here: Here) -> None:
    """Ask who owns the catalogue."""
    rights = await here.services.own_catalogue.rights.of(here.member)
    rights.check_admin()
    await open_modal(here, press, views.owners_view(rights.granted, rights.named, here.tr))


async def save_owners(form: Form[str], here: Here) -> Turned:
    """Record who owns the catalogue."""
    chosen = form.view.at(views.PEOPLE).people
    await here.services.own_catalogue.rights.grant(here.member, [*chosen])
    refresh_home(here)
    return _told(here, here.tr("Catalogue owners"), owners_card(len(set(chosen)), here.tr))


def _telling(here: Here, form: Form[str], title: str) -> Tell:
    """Return how to tell in place of a form what came of it."""

    def draw(card: Card) -> View:
        return views.told_view(title, card, here.tr)

    return telling_in(here, form.view.id, draw)


def _told(here: Here, title: str, card: Card) -> Turned:
    return Turned(views.told_view(title, card, here.tr))


def _note(form: Surface) -> str:
    return clip(form.at(views.NOTE).text, views.MOST_NOTE)


def _file(form: Surface, block_id: str) -> UploadedFile | None:
    """Return the file of an input, None where there is none.

    Raises:
        UploadTooLarge: it is larger than any that is read.
    """
    file = next(iter(form.at(block_id).files), None)
    if file is not None:
        check_size(file.size)
    return file
