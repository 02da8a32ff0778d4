"""Which drawer draws which kind of letter."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.teams.letter import LetterKind
from bot.slack.teams.letter_post import Drawer
from bot.slack.teams.mark_drawers import draw_marks, draw_reply
from bot.slack.teams.share_drawers import draw_answer, draw_ask, draw_renewal

DRAWERS: Mapping[LetterKind, Drawer] = MappingProxyType(
    {
        LetterKind.SHARE_ASK: draw_ask,
        LetterKind.SHARE_ANSWER: draw_answer,
        LetterKind.SHARE_RENEW: draw_renewal,
        LetterKind.MARKS_SENT: draw_marks,
        LetterKind.MARK_REPLY: draw_reply,
    }
)
"""A new kind needs a line here: a letter that nobody draws is withheld."""
