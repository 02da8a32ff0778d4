"""The promotion gap card as a modal, as it opens from Home, where there is no message to redraw."""

from bot.cards import limits
from bot.cards.blocks import Block, View
from bot.cards.card import Card
from bot.cards.elements import Element, plain
from bot.cards.ids import Action, Callback
from bot.text.translator import Translator


def gap_view(card: Card, tr: Translator, metadata: str) -> View:
    """Build the modal; `metadata` comes back with it.

    It leaves out what only a message can do: sharing, and cards with a table.
    """
    return {
        "type": "modal",
        "callback_id": Callback.GAP,
        "title": plain(tr("Promotion gap"), limits.VIEW_TITLE),
        "close": plain(tr("Close"), limits.VIEW_TITLE),
        "private_metadata": metadata,
        "blocks": [each for each in map(_for_modal, card.blocks) if each is not None],
    }


def _for_modal(block: Block) -> Block | None:
    if block["type"] == "table":
        return None
    if block["type"] != "actions":
        return block
    elements = [each for each in map(_control, block["elements"]) if each is not None]
    return {**block, "elements": elements} if elements else None


def _control(element: Element) -> Element | None:
    if element["type"] != "overflow":
        return element
    options = [
        each
        for each in element["options"]
        if each["value"] != Action.SHARE and "?" not in each["value"]
    ]
    return {**element, "options": options} if options else None
