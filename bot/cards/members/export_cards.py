"""What a member reads while their files are made, sent, or not sent."""

from bot.cards.blocks import Block, context, section
from bot.cards.card import NAME, Card
from bot.cards.mrkdwn import address_link, bold, safe
from bot.domain.document import Sent
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


def nothing_to_show_card(tr: Translator) -> Card:
    """Build the answer where there is no progress to draw yet."""
    return _card(nothing_to_show_text(tr))


def nothing_to_show_text(tr: Translator) -> str:
    """Return why there is no chart yet, and what to do for one."""
    return tr(
        "There is no progress to show yet. Set a goal, mark what you already meet, "
        "and the chart grows from there."
    )


def packet_text(target: Rung, tr: Translator) -> str:
    """Return what the message with a packet says, as mrkdwn."""
    return tr(
        "Your growth packet for {rung}: HTML to read and print, Markdown to paste, CSV as a table. "
        "I sent it to you alone; whom you show it to is up to you.",
        rung=bold(rung_name(target, tr), NAME * 2),
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
