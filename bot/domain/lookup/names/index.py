"""Everything of one revision that a typed text is searched in."""

from functools import cached_property

from bot.domain.lookup.names.building import build_lexicon
from bot.domain.lookup.names.lexicon import Lexicon
from bot.domain.lookup.names.near_names import Nearest
from bot.domain.lookup.names.wordings import Wordings
from bot.domain.revision import Catalogue
from bot.domain.typed_words import TypedWords
from bot.pauses import Pause, no_pause


class Index:
    """The names, the texts, and how nearly alike names are found."""

    def __init__(self, catalogue: Catalogue, lexicon: Lexicon, nearest: Nearest) -> None:
        self.lexicon = lexicon
        self.nearest = nearest
        self._catalogue = catalogue

    @cached_property
    def wordings(self) -> Wordings:
        """The texts, indexed when somebody types what is no name: it takes as long as a load."""
        return Wordings(self._catalogue)

    def search_texts(self) -> None:
        """Index the texts now, so that nobody waits for it."""
        _ = self.wordings

    @property
    def searched(self) -> Wordings | None:
        """The same, where somebody has typed such a word."""
        found: Wordings | None = vars(self).get("wordings")
        return found


def build_index(
    catalogue: Catalogue, typed: TypedWords, nearest: Nearest, pause: Pause = no_pause
) -> Index:
    """Index the names of a catalogue once per revision."""
    return Index(catalogue, build_lexicon(catalogue, typed, pause), nearest)
