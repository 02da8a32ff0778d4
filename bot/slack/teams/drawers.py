"""Which drawer draws which kind of letter."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.teams.letter import LetterKind
from bot.slack.teams.letter_post import Drawer
from bot.slack.teams.pair_letter import draw_pair

DRAWERS: Mapping[LetterKind, Drawer] = MappingProxyType(
    {
        LetterKind.PAIR: draw_pair,
    }
)
"""A new kind needs a line here: a letter that nobody draws is withheld."""
