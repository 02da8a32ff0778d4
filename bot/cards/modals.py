"""Modals that are filled in."""

from collections.abc import Sequence

from bot.cards import limits
from bot.cards.blocks import Block, View
from bot.cards.elements import plain
from bot.text.translator import Translator


def form_view(
    callback: str,
    tr: Translator,
    *,
    title: str,
    submit: str,
    blocks: Sequence[Block],
    metadata: str,
) -> View:
    """Build a form that can be sent or left; `metadata` comes back with it."""
    return {
        "type": "modal",
        "callback_id": callback,
        "title": plain(title, limits.VIEW_TITLE),
        "submit": plain(submit, limits.VIEW_TITLE),
        "close": plain(tr("Cancel"), limits.VIEW_TITLE),
        "private_metadata": metadata,
        "blocks": blocks,
    }
