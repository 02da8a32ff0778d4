"""What a member takes along: the packet, all their data, and the chart of their progress."""

from bot.cards.card import Card
from bot.cards.links import encode
from bot.cards.members.export_cards import (
    chart_text,
    my_data_text,
    no_chart_text,
    no_pdf_text,
    packet_text,
    preparing_card,
)
from bot.cards.mrkdwn import safe
from bot.domain.document import Document, Parcel
from bot.domain.growth.progress_history import NoHistory
from bot.domain.lookup.requests import ShowGap
from bot.domain.members.effects import EffectKind
from bot.slack.context import Here
from bot.slack.press import Command
from bot.slack.reply.delivering import send_below

FIRST_WORDS = 900


async def packet_parcel(here: Here, request: ShowGap) -> Parcel:
    """Gather the packet for the target of a gap.

    Raises:
        LeftCatalogue: the request names something that the catalogue does not have.
        NoGoalThere: no way leads to that target.
        StoreUnavailable: the store does not answer.
    """
    packet = await here.services.packets.packet(here.member, here.shelf, request)
    rungs = [rung for rung in (packet.gap.origin, packet.gap.target) if rung]
    name = " ".join(["packet", *(f"{rung.role.key}/{rung.level.key}" for rung in rungs)])
    text = packet_text(packet.gap.target, here.tr)

    def write() -> tuple[Document, ...]:
        # Loaded where it is used, in a thread: a start needs no documents.
        from bot.documents.packet.files import packet_documents

        return packet_documents(packet, here.tr)

    return Parcel(
        name,
        text,
        write,
        EffectKind.PACKET,
        encode(request),
        left_out=lambda files: no_pdf_text(files, here.tr),
    )


async def my_data_parcel(here: Here) -> Parcel:
    """Gather everything held about the member.

    Raises:
        StoreUnavailable: the store does not answer.
    """
    record = await here.services.records.everything(here.member)

    def write() -> tuple[Document, ...]:
        from bot.documents.my_data.files import my_data_documents

        return my_data_documents(record)

    return Parcel("my data", my_data_text(here.tr), write, EffectKind.MY_DATA)


async def chart_parcel(here: Here) -> Parcel | str:
    """Gather the chart of the member's progress; else say why there is none yet: mrkdwn.

    Raises:
        StoreUnavailable: the store does not answer.
    """
    from bot.documents.progress_chart import alt_text, first_words, progress_chart

    history = await here.services.packets.history(here.member, here.shelf)
    if isinstance(history, NoHistory):
        return no_chart_text(history, here.tr)
    if not history.drawable:
        return safe(first_words(history, here.tr), FIRST_WORDS)
    text = chart_text(alt_text(history, here.tr))
    return Parcel("chart", text, lambda: (progress_chart(history, here.tr),), EffectKind.CHART)


async def send_my_data(here: Here, command: Command) -> Card:
    """Send everything held about the member beside the answer, which is returned.

    Raises:
        StoreUnavailable: the store does not answer.
    """
    await send_below(here, command, await my_data_parcel(here))
    return preparing_card(here.tr)


async def send_chart(here: Here, command: Command) -> str:
    """Send the chart of the member's progress beside the answer; return what to say of it: mrkdwn.

    Raises:
        StoreUnavailable: the store does not answer.
    """
    parcel = await chart_parcel(here)
    if isinstance(parcel, str):
        return parcel
    await send_below(here, command, parcel)
    return here.tr("The chart of your progress comes as a direct message.")
