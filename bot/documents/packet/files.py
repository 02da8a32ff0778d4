"""The files of a packet."""

from bot.documents.names import file_name
from bot.documents.packet.as_csv import packet_csv
from bot.documents.packet.as_markdown import packet_markdown
from bot.documents.packet.words import packet_words
from bot.documents.progress_chart import progress_chart
from bot.domain.document import Document
from bot.domain.growth.packet import Packet
from bot.domain.local_time import local_day
from bot.text.translator import Translator


def packet_documents(packet: Packet, tr: Translator) -> tuple[Document, ...]:
    """Return a packet as HTML to read, PDF to print, Markdown to paste, CSV to calculate with.

    The PDF is left out where no font here has the signs of the language.
    """
    from bot.documents.packet.as_html import packet_html
    from bot.documents.packet.as_pdf import packet_pdf

    words, history = packet_words(packet, tr), packet.history
    drawn = progress_chart(history, tr).content if history and history.drawable else b""
    note = tr("Signs that no font here can print are named in brackets; the HTML file has them.")
    pdf = packet_pdf(words, tr.locale, at=packet.taken_at, note=note, picture=drawn)
    contents = {
        "html": packet_html(words, tr.locale, drawn),
        **({"pdf": pdf} if pdf else {}),
        "md": packet_markdown(words),
        "csv": packet_csv(packet, tr),
    }
    target, day = packet.gap.target, local_day(packet.taken_at, packet.time_zone)
    parts = ("growth-packet", target.role.key, target.level.key)
    return tuple(
        Document(file_name(*parts, on=day, ending=ending), content)
        for ending, content in contents.items()
    )
