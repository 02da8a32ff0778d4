"""Everything of one revision that a typed text is searched in."""

from dataclasses import dataclass

from bot.domain.lookup.names.lexicon import Lexicon, build_lexicon
from bot.domain.lookup.names.near_names import Nearest
from bot.domain.lookup.names.wordings import Wordings
from bot.domain.revision import Catalogue
from bot.domain.typed_words import TypedWords


@dataclass(frozen=True, slots=True)
class Index:
    """The names, the texts, and how nearly alike names are found."""

    lexicon: Lexicon
    wordings: Wordings
    nearest: Nearest


def build_index(catalogue: Catalogue, typed: TypedWords, nearest: Nearest) -> Index:
    """Index the names and texts of a catalogue once per revision."""
    return Index(build_lexicon(catalogue, typed), Wordings(catalogue), nearest)
