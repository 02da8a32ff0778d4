"""What a member holds, taken along or deleted: packet, all data, chart, forget me."""

from bot.cards.ids import Action, Callback
from bot.cards.members.export_cards import preparing_card, told_card
from bot.cards.members.forget_view import forgotten_card
from bot.domain.lookup.requests import ShowGap
from bot.slack.context import Here
from bot.slack.members.forget import open_forget
from bot.slack.members.parcels import chart_parcel, my_data_parcel, packet_parcel
from bot.slack.press import Form, Press, Turned, as_it_is
from bot.slack.reply.answering import notice_view
from bot.slack.reply.delivering import send_later
from bot.slack.reply.forms import open_modal
from bot.slack.reply.home import refresh_home
from bot.slack.reply.telling import telling
from bot.slack.routes import Routes


def register(on: Routes) -> None:
    """Register what sends files and what forgets."""
    on.press(Action.EXPORT_PACKET, ShowGap, export_packet)
    on.press(Action.EXPORT_DATA, as_it_is, export_data)
    on.press(Action.SHOW_CHART, as_it_is, show_chart)
    on.press(Action.FORGET_ME, as_it_is, ask_to_forget)
    on.form(Callback.FORGET_ME, as_it_is, forget)


async def export_packet(press: Press[ShowGap], here: Here) -> None:
    """Send the packet for the gap that the button names."""
    parcel = await packet_parcel(here, press.request)
    tell = await telling(here, press, preparing_card(here.tr), back=press.request)
    await send_later(here, parcel, tell)


async def export_data(press: Press[str], here: Here) -> None:
    """Send everything held about the member."""
    parcel = await my_data_parcel(here)
    await send_later(here, parcel, await telling(here, press, preparing_card(here.tr)))


async def show_chart(press: Press[str], here: Here) -> None:
    """Send the chart of the member's progress, or say that there is none yet."""
    parcel = await chart_parcel(here)
    if isinstance(parcel, str):
        await open_modal(here, press, notice_view(told_card(parcel), here.tr))
    else:
        await send_later(here, parcel, await telling(here, press, preparing_card(here.tr)))


async def ask_to_forget(press: Press[str], here: Here) -> None:
    """Ask whether everything is to be deleted."""
    await open_forget(here, press)


async def forget(_form: Form[str], here: Here) -> Turned:
    """Delete everything held about the member and say what that was."""
    records = here.services.records
    gone = await records.forget(here.member)
    refresh_home(here)
    here.later(records.scrub())
    return Turned(notice_view(forgotten_card(gone, here.tr), here.tr))
