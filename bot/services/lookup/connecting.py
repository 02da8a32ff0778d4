"""Words between the two halves of a promotion gap: "lead from senior", "senior to lead"."""

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.domain.typed_phrases import is_plain
from bot.domain.typed_words import TypedWords
from bot.values import dataclass

_SIGNS = r"[-\u2013\u2014/|,;:~]|\.\.+"


@dataclass(frozen=True, slots=True)
class Connecting:
    """Patterns for the words before where somebody stands, and before where they want to be.

    `between` are signs and words that stand between two levels, and between much else.
    """

    origin: re.Pattern[str]
    target: re.Pattern[str]
    between: re.Pattern[str]
    words: tuple[str, ...]

    def any_in(self, text: str) -> bool:
        """Tell quickly that there is none of the words, as in most texts."""
        folded = text.lower()
        return any(word in folded for word in self.words)


@lru_cache(maxsize=8)
def connecting(typed: TypedWords) -> Connecting:
    """Return the patterns for these words, made once."""
    words = typed.lookup
    origins, targets = words.get("from", ()), words.get("to", ())
    every = tuple(each.lower() for each in (*origins, *targets))
    between = f"{_SIGNS}|{_between(words.get('between', ())).pattern}"
    return Connecting(
        _between(origins), _between(targets), re.compile(between, re.IGNORECASE), every
    )


def _between(words: Iterable[str]) -> re.Pattern[str]:
    """Match a word between blanks; signs, and words of scripts without blanks, need none."""
    longest_first = sorted(words, key=len, reverse=True)
    plain = "|".join(word for word in longest_first if is_plain(word))
    signs = "|".join(re.escape(word) for word in longest_first if not is_plain(word))
    patterns = [rf"(?:^|\s+)(?:{plain})(?:\s+|$)"] if plain else []
    # Few of them, and none that begins with blanks: there is one at each place of a text.
    patterns += [rf"(?:{signs})"] if signs else []
    return re.compile("|".join(patterns) or r"(?!)", re.IGNORECASE)
