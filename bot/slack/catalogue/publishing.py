"""Before and after publishing: every change, what takes over, and the way back."""

from bot.cards.blocks import View
from bot.cards.catalogue.change_view import PAGE, Reading, changes_view, decode_reading
from bot.cards.catalogue.links import decode_draft
from bot.cards.catalogue.outcomes import publishing_card, warnings_view
from bot.cards.catalogue.publish_view import (
    Asking,
    decode_asking,
    publish_view,
)
from bot.cards.catalogue.take_back import TakeBack, decode_take_back
from bot.cards.ids import Action, Callback
from bot.domain.catalogue.change_list import change_page
from bot.domain.catalogue.workspace_catalogue import UploadedDraft, UploadPreview
from bot.formats.imports.report import ImportResult
from bot.slack.catalogue.background import (
    Confirmed,
    Draw,
    publish_later,
    rollback_later,
)
from bot.slack.catalogue.opening import confirmed_in, open_about, turn_about
from bot.slack.context import Here
from bot.slack.press import Form, Press, Wrong, as_it_is
from bot.slack.reply.telling import telling_at
from bot.slack.routes import FormAnswer, Routes


def register(on: Routes) -> None:
    """Register what a preview and a receipt do."""
    on.press(Action.CATALOGUE_PUBLISH, decode_draft, publish)
    on.press(Action.CATALOGUE_DECIDE, decode_draft, decide)
    on.form(Callback.CATALOGUE_PUBLISH, decode_asking, publish_decided)
    on.press(Action.CATALOGUE_CHANGES, decode_draft, open_changes)
    on.press(Action.CATALOGUE_FILTER, as_it_is, filter_changes)
    on.presses(Action.CATALOGUE_PAGE, as_it_is, turn_page)
    on.press(Action.CATALOGUE_WARNINGS, decode_draft, open_warnings)
    on.press(Action.CATALOGUE_TAKE_BACK, decode_take_back, take_back)


async def publish(press: Press[UploadedDraft], here: Here) -> None:
    """Publish what a message previews, where nothing goes."""
    tell = telling_at(here, press.channel, press.ts)
    await publish_later(here, press.request, tell, Confirmed())


async def decide(press: Press[UploadedDraft], here: Here) -> None:
    """Ask what takes over from what goes, before it is published."""

    def draw(_: ImportResult, preview: UploadPreview) -> View:
        return publish_view(preview, press.channel, press.ts, here.tr)

    await open_about(press, here, draw)


async def publish_decided(form: Form[Asking], here: Here) -> FormAnswer:
    """Publish, once it is said what takes over and the name is typed."""
    await here.services.own_catalogue.check(here.member)
    confirmed = confirmed_in(form, here)
    if isinstance(confirmed, Wrong):
        return confirmed
    asking = form.request
    tell = telling_at(here, asking.channel, asking.ts)
    await publish_later(here, asking.draft, tell, confirmed)
    return None


async def open_changes(press: Press[UploadedDraft], here: Here) -> None:
    """Show every change of a preview."""
    await open_about(press, here, _drawing(Reading(press.request), here))


async def filter_changes(press: Press[str], here: Here) -> None:
    """Show some of the changes only."""
    shown = press.surface
    await here.services.own_catalogue.check(here.member)
    reading = decode_reading(shown.metadata).filtered(press.chosen)
    await turn_about(shown, here, reading.draft, _drawing(reading, here))


async def turn_page(press: Press[str], here: Here) -> None:
    """Show another page of the changes."""
    shown = press.surface
    await here.services.own_catalogue.check(here.member)
    before = decode_reading(shown.metadata)
    number = int(press.request) if press.request.isdecimal() else 1
    reading = Reading(before.draft, before.chosen, number)
    await turn_about(shown, here, reading.draft, _drawing(reading, here))


async def open_warnings(press: Press[UploadedDraft], here: Here) -> None:
    """Show every warning of an uploaded file."""
    await open_about(press, here, lambda result, preview: warnings_view(result, preview, here.tr))


async def take_back(press: Press[TakeBack], here: Here) -> None:
    """Take back what a receipt tells of."""
    back = press.request
    tell = telling_at(here, press.channel, press.ts)
    await here.services.own_catalogue.check(here.member)
    await tell(publishing_card(here.tr))
    note = here.tr("Back to revision {number}", number=back.number)
    await rollback_later(here, back.number, note, back.base, tell, typed_name=None)


def _drawing(reading: Reading, here: Here) -> Draw:
    def draw(_: ImportResult, preview: UploadPreview) -> View:
        page = change_page(preview.changes, reading.chosen, reading.page, PAGE)
        return changes_view(page, preview.goings, reading, here.tr)

    return draw
