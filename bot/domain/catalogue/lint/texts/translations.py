"""The rule about terms: one word for one thing in a translation, looked at from both sides."""

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.catalogue.lint.finding import LintFinding, LintRule, LintSeverity, quoted
from bot.domain.catalogue.lint.prose import Prose
from bot.domain.catalogue.lint.survey import Survey
from bot.domain.catalogue.lint.terms import Terms, WantedTerm
from bot.domain.catalogue.lint.words import any_found, found, needles, normal
from bot.domain.said import Said, as_it_is, listed, said, together

_FROM = "en"


def translated_terms(survey: Survey, terms: Terms) -> Iterator[LintFinding]:
    """English terms whose translation lacks the wanted word, and words that are not used for them.

    A text is looked at alone where it has no English.
    """
    lists = {
        language: _TermList(wanted)
        for language in (survey.content.base_locale, *survey.locales)
        if (wanted := terms.of(language).terms)
    }
    if not lists:
        return
    for each in survey.prose:
        texts = list(survey.versions(each.text))
        source = next((text for language, _, text in texts if language == _FROM), None)
        english = "" if source is None else survey.padded(source)
        for language, locale, text in texts:
            if language in lists:
                for problem in lists[language].problems(each, english, survey.padded(text)):
                    yield LintFinding(
                        LintRule.TERM,
                        LintSeverity.WARNING,
                        replace(each.place, locale=locale),
                        said(
                            "In the {what} {text} {problem}",
                            what=each.noun,
                            text=quoted(text, 40),
                            problem=problem,
                        ),
                    )


class _TermList:
    """The terms of one language, arranged so that a text without any costs little."""

    def __init__(self, terms: tuple[WantedTerm, ...]) -> None:
        self._terms = terms
        self._never = needles(tuple(word for term in terms for word in term.never))
        self._english: dict[str, list[WantedTerm]] = {}
        for term in terms:
            for first in {normal(phrase).split(" ")[0] for phrase in term.english}:
                self._english.setdefault(first, []).append(term)

    def problems(self, each: Prose, english: str, text: str) -> Iterator[Said]:
        """Yield what is wrong with one translation; both texts are padded."""
        told: list[WantedTerm] = []
        if any_found(self._never, text):
            for term in self._terms:
                unused = found(needles(term.never), text)
                if unused and _holds(term, each):
                    told.append(term)
                    yield _not_used(unused, term)
        for word in self._english.keys() & english.split():
            for term in self._english[word]:
                problem = None if term in told else _mistranslated(term, english, text)
                if problem and _holds(term, each):
                    told.append(term)
                    yield problem


def _mistranslated(term: WantedTerm, english: str, text: str) -> Said | None:
    meant = found(needles(term.english), english)
    if not meant:
        return None
    confused = found(needles(term.confused), text)
    if confused and not any_found(needles(term.unless), english):
        return _not_used(confused, term, quoted(meant[0]))
    if term.wanted and not any_found(needles(term.wanted), text):
        missing = said("no word stands for {term}.", term=quoted(meant[0]))
        return together(missing, _advice(term))
    return None


def _not_used(words: list[str], term: WantedTerm, what_for: str = "") -> Said:
    names = listed([quoted(word) for word in words])
    told = said("{words} are not used.", words=names)
    if what_for:
        told = said("{words} are not used for {term}.", words=names, term=what_for)
    if len(words) == 1:
        told = said("{word} is not used.", word=names)
        if what_for:
            told = said("{word} is not used for {term}.", word=names, term=what_for)
    return together(told, _advice(term))


def _advice(term: WantedTerm) -> Said:
    if not term.wanted:
        return said("Choose another word.")
    first, *others = (as_it_is(quoted(word)) for word in term.wanted)
    for each in others:
        first = said("{first} or {second}", first=first, second=each)
    return said("Write {words}.", words=first)


def _holds(term: WantedTerm, each: Prose) -> bool:
    keys = (each.place.skill, each.place.group, each.place.role, each.group)
    return not any(part in key for part in term.outside for key in keys if key)
