"""Words between the two halves of a promotion gap: "lead from senior", "senior to lead"."""

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.domain.typed_phrases import is_plain
from bot.domain.typed_words import TypedWords
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class Connecting:
    """Patterns for the words before where somebody stands, and before where they want to be."""

    origin: re.Pattern[str]
    target: re.Pattern[str]
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
    return Connecting(_between(origins), _between(targets), every)


def _between(words: Iterable[str]) -> re.Pattern[str]:
    """Match a word between blanks; signs, and words of scripts without blanks, need none."""
    patterns = [
        rf"(?:^|\s+){word}(?:\s+|$)" if is_plain(word) else rf"\s*{re.escape(word)}\s*"
        for word in words
    ]
    return re.compile("|".join(patterns) or r"(?!)", re.IGNORECASE)
