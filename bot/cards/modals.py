"""What modals have in common: forms, and the way between pages."""

from collections.abc import Sequence

from bot.cards import limits
from bot.cards.blocks import Block, View
from bot.cards.elements import Element, button, plain
from bot.cards.ids import Action, numbered
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


def page_buttons(action: Action, page: int, total: int, size: int, tr: Translator) -> list[Element]:
    """Return the buttons to the pages of `size` items before and after `page`, from 0 on.

    Their value is the number of the page that they lead to.
    """
    found: list[Element] = []
    if page:
        label = tr.plural("Previous {count}", "Previous {count}", size)
        found.append(button(numbered(action, 0), label, str(page - 1)))
    coming = min(size, total - (page + 1) * size)
    if coming > 0:
        label = tr.plural("Next {count}", "Next {count}", coming)
        found.append(button(numbered(action, 1), label, str(page + 1)))
    return found
