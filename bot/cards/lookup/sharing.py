"""Sharing: what the channel sees, and what stays on the member's own card."""

from dataclasses import replace

from bot.cards.blocks import Actions, Block, context
from bot.cards.card import Card
from bot.cards.elements import Element
from bot.cards.ids import Action
from bot.text.translator import Translator


def with_sharer(card: Card, slack_id: str, tr: Translator) -> Card:
    """Add who shared the card, and how to get one's own."""
    line = tr("Shared by {member}. Type `/skill` for your own view.", member=f"<@{slack_id}>")
    return replace(card, blocks=[*card.blocks, context(line)])


def with_shared_note(card: Card, tr: Translator) -> Card:
    """Note that the card was shared, in place of the button that did it."""
    kept = [each for each in map(_unshared, card.blocks) if each is not None]
    return replace(card, blocks=[*kept, context(tr("Shared in this channel."))])


def _unshared(block: Block) -> Block | None:
    if block["type"] != "actions":
        return block
    elements = [each for each in map(_without_share, block["elements"]) if each is not None]
    built: Actions = {**block, "elements": elements}
    return built if elements else None


def _without_share(element: Element) -> Element | None:
    if element["type"] != "overflow":
        return None if element["action_id"] == Action.SHARE else element
    options = [each for each in element["options"] if each["value"] != Action.SHARE]
    return {**element, "options": options} if options else None
