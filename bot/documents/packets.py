"""The files of a packet."""

from bot.documents.names import file_name
from bot.documents.packet_csv import packet_csv
from bot.documents.packet_markdown import packet_markdown
from bot.documents.packet_words import packet_words
from bot.documents.progress_chart import progress_chart
from bot.domain.document import Document
from bot.domain.growth.packet import Packet
from bot.domain.local_time import local_day
from bot.text.translator import Translator


def packet_documents(packet: Packet, tr: Translator) -> tuple[Document, ...]:
    """Return a packet as HTML to read and print, Markdown to paste, and CSV to calculate with."""
    from bot.documents.packet_html import packet_html

    words, history = packet_words(packet, tr), packet.history
    drawn = progress_chart(history, tr).content if history and history.drawable else b""
    contents = {
        "html": packet_html(words, tr.locale, drawn),
        "md": packet_markdown(words),
        "csv": packet_csv(packet, tr),
    }
    target, day = packet.gap.target, local_day(packet.taken_at, packet.time_zone)
    parts = ("growth-packet", target.role.key, target.level.key)
    return tuple(
        Document(file_name(*parts, on=day, ending=ending), content)
        for ending, content in contents.items()
    )
