"""What a member holds, taken along or deleted: packet, all data, chart, forget me."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.cards.ids import Action, Callback
from bot.cards.links import decode
from bot.cards.members.export_cards import nothing_to_show_card
from bot.cards.members.forget_view import forgotten_card
from bot.domain.errors import OutdatedCard
from bot.domain.lookup.requests import ShowGap
from bot.slack.context import here_of
from bot.slack.members.forget import open_forget
from bot.slack.members.parcels import chart_parcel, my_data_parcel, packet_parcel
from bot.slack.reply.answering import notice_view
from bot.slack.reply.delivering import send_later, telling
from bot.slack.reply.forms import open_modal
from bot.slack.reply.home import refresh_home

Payload = dict[str, Any]


def register(app: AsyncApp) -> None:
    """Register what sends files and what forgets."""
    app.action(Action.EXPORT_PACKET)(export_packet)
    app.action(Action.EXPORT_DATA)(export_data)
    app.action(Action.SHOW_CHART)(show_chart)
    app.action(Action.FORGET_ME)(ask_to_forget)
    app.view(Callback.FORGET_ME)(forget)


async def export_packet(
    ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Send the packet for the gap that the button names."""
    here = here_of(context)
    request = decode(action.get("value", ""))
    if not isinstance(request, ShowGap):
        raise OutdatedCard
    parcel = await packet_parcel(here, request)
    tell = await telling(here, client, body, back=request)
    await ack()
    send_later(here, parcel, tell)


async def export_data(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Send everything held about the member."""
    here = here_of(context)
    parcel = await my_data_parcel(here)
    tell = await telling(here, client, body)
    await ack()
    send_later(here, parcel, tell)


async def show_chart(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Send the chart of the member's progress, or say that there is none yet."""
    here = here_of(context)
    parcel = await chart_parcel(here)
    if parcel is None:
        await open_modal(client, body, notice_view(nothing_to_show_card(here.tr), here.tr))
        await ack()
        return
    tell = await telling(here, client, body)
    await ack()
    send_later(here, parcel, tell)


async def ask_to_forget(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Ask whether everything is to be deleted."""
    await open_forget(here_of(context), client, body)
    await ack()


async def forget(ack: AsyncAck, client: AsyncWebClient, context: AsyncBoltContext) -> None:
    """Delete everything held about the member and say what that was."""
    here = here_of(context)
    records = here.services.records
    gone = await records.forget(here.member)
    view = notice_view(forgotten_card(gone, here.tr), here.tr)
    await ack(response_action="update", view=view)
    refresh_home(here, client)
    here.later(records.scrub())
