"""Everybody who sees the member's goal, a page at a time: as Home says it, where there are more."""

from bot.cards import limits
from bot.cards.blocks import View, actions, section
from bot.cards.elements import plain
from bot.cards.ids import Action, Callback
from bot.cards.modals import page_buttons
from bot.cards.teams.home_lines import own_lines
from bot.domain.teams.home import OwnPage
from bot.text.translator import Translator


def own_shares_view(page: OwnPage, size: int, tr: Translator) -> View:
    """Build a page of the modal."""
    blocks = own_lines(page.shares, tr) or [section(tr("You share nothing just now."))]
    turning = page_buttons(Action.SHARE_MINE, page.page, page.total, size, tr)
    return {
        "type": "modal",
        "callback_id": Callback.SHARED_MINE,
        "title": plain(tr("Who sees my goal"), limits.VIEW_TITLE),
        "close": plain(tr("Close"), limits.VIEW_TITLE),
        "private_metadata": str(page.page),
        "blocks": [*blocks, *([actions(turning)] if turning else [])],
    }
