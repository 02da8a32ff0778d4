"""Which drawer draws which kind of letter."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.teams.letter import LetterKind
from bot.slack.teams.action_due import draw_action_due
from bot.slack.teams.confirmation_drawers import draw_confirm_answer, draw_confirm_ask
from bot.slack.teams.helping.pair_letter import draw_pair
from bot.slack.teams.letter_post import Drawer
from bot.slack.teams.mark_drawers import draw_marks, draw_reply
from bot.slack.teams.share_drawers import draw_answer, draw_ask, draw_renewal
from bot.slack.teams.talk_letters import draw_agreed, draw_brief
from bot.slack.teams.team_view.drawers import draw_file, draw_picture, draw_table

DRAWERS: Mapping[LetterKind, Drawer] = MappingProxyType(
    {
        LetterKind.SHARE_ASK: draw_ask,
        LetterKind.SHARE_ANSWER: draw_answer,
        LetterKind.SHARE_RENEW: draw_renewal,
        LetterKind.CONFIRM_ASK: draw_confirm_ask,
        LetterKind.CONFIRM_ANSWER: draw_confirm_answer,
        LetterKind.PAIR: draw_pair,
        LetterKind.ACTION_DUE: draw_action_due,
        LetterKind.AGREED_PROPOSED: draw_agreed,
        LetterKind.BRIEF: draw_brief,
        LetterKind.MARKS_SENT: draw_marks,
        LetterKind.MARK_REPLY: draw_reply,
        LetterKind.TEAM_TABLE: draw_table,
        LetterKind.TEAM_PICTURE: draw_picture,
        LetterKind.TEAM_FILE: draw_file,
    }
)
"""A new kind needs a line here: a letter that nobody draws is withheld."""
