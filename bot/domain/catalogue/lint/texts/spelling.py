"""The rule about spelling: a framework is British or American, not both."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.domain.catalogue.lint.finding import LintFinding, LintPlace, LintRule, LintSeverity, quoted
from bot.domain.catalogue.lint.settings import Spelling
from bot.domain.catalogue.lint.survey import Survey
from bot.domain.catalogue.lint.terms import Terms
from bot.domain.said import said
from bot.values import dataclass

_HEAD = 3
_CALLED = {Spelling.BRITISH: said("British"), Spelling.AMERICAN: said("American")}


@dataclass(slots=True)
class _Use:
    """A word that is spelt in one of the two ways: where first, and in how many texts."""

    spelling: Spelling
    other: str
    place: LintPlace
    texts: int = 0


def mixed_spelling(
    survey: Survey, terms: Terms, spelling: Spelling | None
) -> Iterator[LintFinding]:
    """Words that are not spelt as the rest is: as `spelling`, else as most words of the language.

    Where as many words are British as American, the British ones are named.
    """
    for language in (survey.content.base_locale, *survey.locales):
        pairs = terms.of(language).spellings
        uses = _uses(survey, language, _Speller(pairs)) if pairs else {}
        counts = dict.fromkeys(Spelling, 0)
        for use in uses.values():
            counts[use.spelling] += use.texts
        most = Spelling.AMERICAN
        if counts[Spelling.BRITISH] > counts[Spelling.AMERICAN]:
            most = Spelling.BRITISH
        kept = spelling or most
        for word, use in uses.items():
            if use.spelling is not kept:
                yield _finding(word, use, kept)


def _finding(word: str, use: _Use, kept: Spelling) -> LintFinding:
    where = said("{count} texts", count=use.texts)
    if use.texts == 1:
        where = said("one text")
    return LintFinding(
        LintRule.MIXED_SPELLING,
        LintSeverity.WARNING,
        use.place,
        said(
            "{word} is {spelling} and stands in {where}; the framework is written in {kept}"
            " spelling. Write {other}.",
            word=quoted(word),
            spelling=_CALLED[use.spelling],
            where=where,
            kept=_CALLED[kept],
            other=quoted(use.other),
        ),
    )


def _uses(survey: Survey, language: str, speller: "_Speller") -> Mapping[str, _Use]:
    uses: dict[str, _Use] = {}
    neither: set[str] = set()
    for each in survey.prose:
        for spoken, locale, version in survey.versions(each.text):
            if spoken != language:
                continue
            for word in set(survey.padded(version).split()) - neither:
                told = speller.of(word)
                if told is None:
                    neither.add(word)
                else:
                    place = replace(each.place, locale=locale)
                    uses.setdefault(word, _Use(*told, place)).texts += 1
    return uses


class _Speller:
    """Tells how a word is spelt, and how it is spelt the other way."""

    def __init__(self, pairs: Mapping[str, str]) -> None:
        self._whole: dict[str, tuple[Spelling, str]] = {}
        # By their first letters: most words are then settled by one look.
        self._stems: dict[str, list[tuple[str, Spelling, str]]] = {}
        for british, american in pairs.items():
            one, other = british.rstrip("*"), american.rstrip("*")
            for spelling, this, that in (
                (Spelling.BRITISH, one, other),
                (Spelling.AMERICAN, other, one),
            ):
                if british.endswith("*"):
                    self._stems.setdefault(this[:_HEAD], []).append((this, spelling, that))
                else:
                    self._whole[this] = (spelling, that)

    def of(self, word: str) -> tuple[Spelling, str] | None:
        """Return (spelling, the other way), or None for a word that has one spelling only."""
        if word in self._whole:
            return self._whole[word]
        for stem, spelling, other in self._stems.get(word[:_HEAD], ()):
            if word.startswith(stem):
                return spelling, other + word[len(stem) :]
        return None
