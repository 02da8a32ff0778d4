"""What a member reads while their files are made, sent, or not sent."""

from collections.abc import Sequence

from bot.cards.blocks import Block, context, section
from bot.cards.card import NAME, Card
from bot.cards.mrkdwn import address_link, named, safe
from bot.domain.document import Document, Sent
from bot.domain.growth.progress_history import NoHistory
from bot.domain.lookup.rung import Rung
from bot.text.translator import Translator
from bot.text.words import rung_name

FILE = 120


def preparing_card(tr: Translator) -> Card:
    """Build what stands there until the files are sent."""
    return _card(tr("I am preparing your files. They come to you as a direct message."))


def sent_card(sent: Sent, tr: Translator) -> Card:
    """Build what stands there once the files are sent: where they are, each a press away."""
    told = sent_directly_text(sent.place, tr)
    links = [address_link(url, name) for name, url in sent.files]
    named = [safe(name, FILE) for name, _ in sent.files]
    files = " · ".join(link or name for link, name in zip(links, named, strict=True))
    blocks: list[Block] = [section(told), *([context(files)] if files else [])]
    return Card(text=told, blocks=blocks)


def sent_directly_text(place: str, tr: Translator) -> str:
    """Say that something went to the member's direct messages, as mrkdwn with a link to them."""
    link = address_link(place, tr("your direct messages with Nextrung"))
    if link:
        return tr("Sent: see {link}.", link=link)
    return tr("Sent: look into your direct messages with Nextrung.")


def told_card(text: str) -> Card:
    """Build a card that only says something; `text` is mrkdwn."""
    return _card(text)


def no_chart_text(why: NoHistory, tr: Translator) -> str:
    """Return why there is no chart, and what to do for one."""
    match why:
        case NoHistory.NO_GOAL:
            return tr(
                "There is no progress to show yet. Set a goal, mark what you already meet, "
                "and the chart grows from there."
            )
        case NoHistory.NO_WAY:
            return tr(
                "The catalogue no longer leads to your goal, so there is nothing to draw. "
                "Choose another goal; your marks stay."
            )
        case NoHistory.NOTHING_MARKED:
            return tr(
                "Nothing on the way to your goal is marked yet, so there is nothing to draw. "
                "Begin with *Assess Myself*: the chart grows with each day on which you mark "
                "something."
            )


def packet_text(target: Rung, tr: Translator) -> str:
    """Return what the message with a packet says, as mrkdwn."""
    return tr(
        "Your growth packet for *{rung}*: HTML to read, PDF to print, Markdown to paste, CSV as a "
        "table. "
        "I sent it to you alone; whom you show it to is up to you.",
        rung=named(rung_name(target, tr), NAME * 2),
    )


def no_pdf_text(files: Sequence[Document], tr: Translator) -> str:
    """Say why there is no PDF among the files of a packet, as mrkdwn; empty where there is one."""
    if any(each.name.endswith(".pdf") for each in files):
        return ""
    return tr(
        "The PDF is missing: Nextrung has no font here for all signs of this language. "
        "Open the HTML file in a browser and print it from there; whoever runs Nextrung can "
        "install a font."
    )


def my_data_text(tr: Translator) -> str:
    """Return what the message with all of a member's data says, as mrkdwn."""
    return tr(
        "Everything that Nextrung holds about you: a JSON file with all of it, "
        "and the same as CSV tables in a ZIP archive."
    )


def chart_text(alt_text: str) -> str:
    """Return what the message with a chart says, as mrkdwn: what the chart shows."""
    return safe(alt_text, 600)


def _card(text: str) -> Card:
    return Card(text=text, blocks=[section(text)])
