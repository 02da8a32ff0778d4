"""The words that lint knows, as values: `data/terms/<tag>.yaml` has those of a language."""

from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType

from bot.domain.guidance import Scope
from bot.values import dataclass

LONGEST = 240
"""Most characters of an expectation's text in a language that says nothing else."""

NO_SCOPES: Mapping[Scope, tuple[str, ...]] = MappingProxyType({})
NO_SPELLINGS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class WantedTerm:
    """What one English term is called in another language.

    A text with one of `english` wants one of `wanted` in its translation, and none of `confused`,
    which are right where it has one of `unless` too. No text at all has one of `never`. Nothing of
    this holds where the key of a skill, its group or a role has one of `outside` in it.
    """

    english: tuple[str, ...]
    wanted: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    confused: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LanguageTerms:
    """What lint knows of one language; whatever is empty is not looked for.

    Attributes:
        knowing: first words of a text that asks for knowing, and of no other text.
        either: first words that fit knowing and doing.
        skipped: words that are passed over before the first one is looked at.
        scopes: phrases that name how far work reaches.
        unassessable: phrases that nobody can assess.
        spellings: British to American spelling; a star stands for the same ending of both.
        common: words that say nothing about what a growth prompt asks.
        abbreviations: full stops that end no sentence.
        longest: most characters of an expectation's text.
        terms: what English terms are called in this language.
    """

    knowing: frozenset[str] = frozenset()
    either: frozenset[str] = frozenset()
    skipped: frozenset[str] = frozenset()
    scopes: Mapping[Scope, tuple[str, ...]] = field(default_factory=lambda: NO_SCOPES, hash=False)
    unassessable: tuple[str, ...] = ()
    spellings: Mapping[str, str] = field(default_factory=lambda: NO_SPELLINGS, hash=False)
    common: frozenset[str] = frozenset()
    abbreviations: tuple[str, ...] = ()
    longest: int = LONGEST
    terms: tuple[WantedTerm, ...] = ()


UNKNOWN_LANGUAGE = LanguageTerms()


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """The words of all languages, by tag."""

    languages: Mapping[str, LanguageTerms]

    def of(self, locale: str) -> LanguageTerms:
        """Return the words for a language tag; ``zh-CN`` falls back to ``zh``."""
        found = self.languages.get(locale)
        return found or self.languages.get(locale.split("-", 1)[0], UNKNOWN_LANGUAGE)


NO_TERMS = Terms({})
