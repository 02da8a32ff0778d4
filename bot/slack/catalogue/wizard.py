"""The way of an upload to members: gone on with from Home, answered, published or dropped."""

from bot.cards.card import Card
from bot.cards.catalogue.links import draft_number
from bot.cards.catalogue.outcomes import publishing_card
from bot.cards.catalogue.publish_view import Asking, decode_asking
from bot.cards.catalogue.views import told_view
from bot.cards.catalogue.wizard import answers_in, dropped_card, reach_view, understood_view
from bot.cards.ids import Action, Callback
from bot.slack.catalogue.background import publish_later
from bot.slack.catalogue.examining import examine_later, reading_view, tell_in_message
from bot.slack.catalogue.opening import confirmed_in
from bot.slack.context import Here
from bot.slack.press import Form, Press, Turned, Wrong
from bot.slack.reply.forms import open_modal, turn
from bot.slack.reply.home import refresh_home
from bot.slack.reply.telling import telling_at, updating_modal
from bot.slack.routes import FormAnswer, Routes


def register(on: Routes) -> None:
    """Register what is done with an upload on its way."""
    on.press(Action.CATALOGUE_CONTINUE, draft_number, go_on)
    on.press(Action.CATALOGUE_DROP, draft_number, drop)
    on.press(Action.CATALOGUE_ASK_AGAIN, draft_number, ask_again)
    on.form(Callback.CATALOGUE_UNDERSTOOD, draft_number, take_answers)
    on.form(Callback.CATALOGUE_PUBLISH_HERE, decode_asking, publish_here)


async def go_on(press: Press[int], here: Here) -> None:
    """Show where an upload stands: at once where that is at hand, else once it is read again."""
    upload = await here.services.uploads.get(here.member, press.request)
    read = await here.services.uploads.at_hand(here.member, upload)
    if read is not None:
        await open_modal(here, press, understood_view(upload, *read, here.tr))
        return
    view_id = await open_modal(here, press, reading_view(here))
    await examine_later(here, upload, view_id)


async def take_answers(form: Form[int], here: Here) -> Turned:
    """Take what was answered and read the file again, or show what publishing would do."""
    uploads = here.services.uploads
    given = answers_in({block: each.choice for block, each in form.view.fields.items()})
    upload = await uploads.answer(here.member, form.request, given)
    read = await uploads.at_hand(here.member, upload)
    if read is None:
        await examine_later(here, upload, form.view.id, onward=not given)
        return Turned(reading_view(here))
    result, preview = read
    if preview is None:
        return Turned(understood_view(upload, result, preview, here.tr))
    return Turned(reach_view(upload, preview, here.tr))


async def ask_again(press: Press[int], here: Here) -> None:
    """Ask everything again that the member answered."""
    upload = await here.services.uploads.ask_again(here.member, press.request)
    await turn(here, press.surface, reading_view(here))
    await examine_later(here, upload, press.surface.id)


async def drop(press: Press[int], here: Here) -> None:
    """Drop an upload."""
    upload = await here.services.uploads.current(here.member)
    await here.services.uploads.drop(here.member, press.request)
    refresh_home(here)
    if upload is not None and upload.id == press.request:
        here.later(tell_in_message(here, upload, dropped_card(here.tr)))


async def publish_here(form: Form[Asking], here: Here) -> FormAnswer:
    """Publish from the last page; what comes of it stands there and in the upload's message."""
    await here.services.own_catalogue.check(here.member)
    confirmed = confirmed_in(form, here)
    if isinstance(confirmed, Wrong):
        return confirmed
    asking = form.request
    show, title = updating_modal(here, form.view.id), here.tr("Publish")
    in_message = telling_at(here, asking.channel, asking.ts)

    async def tell(card: Card) -> bool:
        shown = await show(told_view(title, card, here.tr))
        told = bool(asking.ts) and await in_message(card)
        return told or (shown and not asking.ts)

    await publish_later(here, asking.draft, tell, confirmed)
    return Turned(told_view(title, publishing_card(here.tr), here.tr))
