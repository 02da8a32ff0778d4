"""Texts: in several languages, as they can be stored, and what is remembered of them."""

from collections.abc import Callable, Mapping
from dataclasses import field
from functools import lru_cache, wraps
from types import MappingProxyType
from typing import TypeVar

from bot.values import dataclass

T = TypeVar("T")

NO_TRANSLATIONS: Mapping[str, str] = MappingProxyType({})

LONGEST_REMEMBERED = 100
"""Characters of the longest text that is remembered: names and words have fewer."""


def storable(text: str) -> str:
    """Return what a member typed without the characters that no database keeps.

    These are U+0000 and halves of surrogate pairs, which no keyboard types.
    """
    return text.replace("\0", "").encode(errors="ignore").decode()


@lru_cache(maxsize=64)
def _language(locale: str) -> str:
    return locale.replace("_", "-").split("-", 1)[0]


@dataclass(frozen=True, slots=True)
class LocalText:
    """A text in the catalogue's base language, with optional translations.

    `by_locale` maps a language tag such as ``zh`` to the translated text. Most texts of a large
    catalogue have no translation, so they all share one empty mapping.
    """

    base: str
    by_locale: Mapping[str, str] = field(default_factory=lambda: NO_TRANSLATIONS, hash=False)

    def in_locale(self, locale: str) -> str:
        """Return the text for `locale` (``zh-CN`` falls back to ``zh``), else the base text."""
        translations = self.by_locale
        if not translations:
            return self.base
        return translations.get(locale) or translations.get(_language(locale)) or self.base

    def all_languages(self) -> tuple[str, ...]:
        """Return the base text and every translation, in that order."""
        return (self.base, *self.by_locale.values())


def remembered(most: int) -> Callable[[Callable[[str], T]], Callable[[str], T]]:
    """Remember what a function returns for the last `most` texts it was asked about.

    Names come again and again; what is longer than `LONGEST_REMEMBERED` hardly does, and is worked
    out each time. A number alone would be no bound: cells may have 100,000 characters.
    """

    def of(function: Callable[[str], T]) -> Callable[[str], T]:
        kept = lru_cache(maxsize=most)(function)

        @wraps(function)
        def told(text: str) -> T:
            return kept(text) if len(text) <= LONGEST_REMEMBERED else function(text)

        return told

    return of
