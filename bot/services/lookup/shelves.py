"""One published revision as it is held in memory, with what was already worked out from it."""

from dataclasses import field
from typing import Any
from weakref import WeakKeyDictionary

from bot.domain.lookup.cell_codes import CellCodes
from bot.domain.lookup.names.index import build_index
from bot.domain.lookup.names.lexicon import Lexicon
from bot.domain.lookup.names.query import Grammar, Resolution
from bot.domain.lookup.names.reading import resolve
from bot.domain.revision import Catalogue
from bot.domain.typed_words import TypedWords
from bot.pauses import Pause, no_pause
from bot.services.lookup.matching import nearest
from bot.services.lookup.weights import weight_of_catalogue, weight_of_names, weight_of_work
from bot.services.memo import Memo, Tally
from bot.values import dataclass

BUILT_IN = "built-in"
MEMORY = 256_000_000
"""Bytes that all catalogues may take together, where nothing else is set."""
_REMEMBERED = 1024
_RESOLUTION = 2_000
# Cards of one member that are remembered.
_OF_ONE = 16
# More than this of all memory the cards of one catalogue do not take.
_CARDS_SHARE = 8
# Bytes from which on nobody should wait for its texts to be indexed: that would take 0.1 s.
_MUCH_TEXT = 2_000_000


@dataclass(frozen=True, slots=True)
class Tallies:
    """How often shelves had at hand what was asked for: finished cards, and typed texts."""

    cards: Tally = field(default_factory=Tally)
    typed: Tally = field(default_factory=Tally)


class Shelf:
    """One revision with its lexicon, and what was already worked out from it.

    `memo` is for callers: anything that depends on this revision and the memo's key alone. It is
    dropped with the shelf when a newer revision takes its place, or others need the room.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        typed: TypedWords,
        *,
        memory: int = MEMORY,
        tallies: "Tallies | None" = None,
        pause: Pause = no_pause,
    ) -> None:
        tallies = tallies or Tallies()
        self.catalogue = catalogue
        self.typed = typed
        self._tallies = tallies
        self._index = build_index(catalogue, typed, nearest, pause)
        # Now, so that nobody waits for them.
        catalogue.lasting(CellCodes, using=lambda: CellCodes(catalogue, pause))
        pause()
        most = memory // _CARDS_SHARE // 2
        self.memo: Memo[Any] = Memo(_REMEMBERED, tallies.cards, weigh=weight_of_work, heaviest=most)
        self._most = most
        self._own: WeakKeyDictionary[object, Memo[Any]] = WeakKeyDictionary()
        self._resolved: Memo[Resolution] = Memo(
            _REMEMBERED, tallies.typed, weigh=lambda _: _RESOLUTION
        )
        self._lasting = catalogue.lasting(weight_of_catalogue) + weight_of_names(self._index)
        if self._lasting >= _MUCH_TEXT:
            self._index.search_texts()

    @property
    def weight(self) -> int:
        """What all of it takes in memory, in bytes, as estimated."""
        searched = self._index.searched
        lasting = self._lasting + (searched.weight if searched else 0)
        return lasting + self.memo.weight + self._weight_of_own + self._resolved.weight

    @property
    def _weight_of_own(self) -> int:
        return sum(each.weight for each in self._own.values())

    def own(self, held: object) -> Memo[Any]:
        """Return the memo for what also depends on what a member holds; it goes with `held`."""
        found = self._own.get(held)
        if found is None:
            if self._weight_of_own >= self._most:
                self._own.clear()
            found = self._own[held] = Memo(_OF_ONE, self._tallies.cards, weigh=weight_of_work)
        return found

    @property
    def lexicon(self) -> Lexicon:
        """Every name of the revision."""
        return self._index.lexicon

    def resolve(self, text: str, grammar: Grammar) -> Resolution:
        """Resolve a typed text; the same text is worked out once per revision."""
        return self._resolved.get((text, grammar), lambda: resolve(text, self._index, grammar))
