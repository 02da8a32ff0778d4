"""The languages of an installation: what it says in them, and what it understands in them."""

from functools import cache
from pathlib import Path

from bot.domain.typed_words import TypedWords
from bot.text.translator import LOCALES, Translators, load_translators
from bot.text.typed_lists import TYPED, load_typed_words
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class Languages:
    """Texts by language, and the typed words of all languages at once."""

    translators: Translators
    typed_words: TypedWords


@cache
def load_languages(locales: Path = LOCALES, typed: Path = TYPED) -> Languages:
    """Read the two files of every language, once per process.

    Raises:
        BrokenWordList: a list of typed words cannot be used.
    """
    return Languages(load_translators(locales), load_typed_words(typed))
