"""Rules about how a text is written: words that can be assessed, few of them."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.domain.catalogue.lint.finding import LintFinding, LintPlace, LintRule, LintSeverity, quoted
from bot.domain.catalogue.lint.prose import NAME_NOUN, place_of
from bot.domain.catalogue.lint.survey import Survey
from bot.domain.catalogue.lint.terms import LanguageTerms, Terms
from bot.domain.catalogue.lint.words import found, needles
from bot.domain.said import Said, listed, said
from bot.domain.text import LocalText

SENTENCES = 2
_END = re.compile(r"[.!?]+[\"')\]”’]*(?=\s|$)|[。！？]+")


def unassessable(survey: Survey, terms: Terms) -> Iterator[LintFinding]:
    """Phrases that nobody can assess, in any text; a name may have them."""
    for each in survey.prose:
        if each.noun == NAME_NOUN:
            continue
        for language, locale, version in survey.versions(each.text):
            phrases = terms.of(language).unassessable
            vague = found(needles(phrases), survey.padded(version)) if phrases else []
            if vague:
                words = listed([quoted(phrase) for phrase in vague])
                yield LintFinding(
                    LintRule.UNASSESSABLE,
                    LintSeverity.WARNING,
                    replace(each.place, locale=locale),
                    said(
                        "The {what} {text} says {words}, which nobody can assess. Say what one"
                        " would see.",
                        what=each.noun,
                        text=quoted(version, 40),
                        words=words,
                    ),
                )


def wordy(survey: Survey, terms: Terms) -> Iterator[LintFinding]:
    """Texts of expectations, or of skills for them, that are longer than a reader takes in."""
    for text, place in _texts(survey):
        for language, locale, version in survey.versions(text):
            told = _too_much(version, terms.of(language))
            if told:
                yield LintFinding(
                    LintRule.WORDY,
                    LintSeverity.WARNING,
                    replace(place, locale=locale),
                    said(
                        "The text {text} has {much}. Keep the one thing to be seen.",
                        text=quoted(version, 40),
                        much=told,
                    ),
                )


def _texts(survey: Survey) -> Iterator[tuple[LocalText, LintPlace]]:
    for skill in survey.content.skills:
        for text in skill.depths.values():
            yield text, LintPlace(skill=skill.key)
    for each in survey.content.expectations:
        if each.text is not None:
            yield each.text, place_of(each)


def _too_much(text: str, words: LanguageTerms) -> Said | None:
    sentences = sentence_count(text, words.abbreviations)
    if sentences > SENTENCES:
        return said("{count} sentences, where two are enough", count=sentences)
    if len(text) > words.longest:
        return said(
            "{count} characters, where {most} are enough", count=len(text), most=words.longest
        )
    return None


def sentence_count(text: str, abbreviations: tuple[str, ...] = ()) -> int:
    """Return how many sentences a text has; a line of its own is one, with or without an end."""
    for each in abbreviations:
        text = text.replace(each, each.replace(".", ""))
    count = 0
    for line in filter(None, map(str.strip, text.splitlines())):
        ends = list(_END.finditer(line))
        count += len(ends) + (not ends or ends[-1].end() < len(line))
    return count
