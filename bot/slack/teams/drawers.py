"""Which drawer draws which kind of letter."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.teams.letter import LetterKind
from bot.slack.teams.letter_post import Drawer

DRAWERS: Mapping[LetterKind, Drawer] = MappingProxyType({})
"""A new kind needs a line here: a letter that nobody draws is withheld."""
