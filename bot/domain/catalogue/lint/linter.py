"""Lint: everything about a catalogue that a reader would stumble over, in one call."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from bot.domain.catalogue.lint.cells import falls, missing_cells, no_text
from bot.domain.catalogue.lint.core import core_sizes
from bot.domain.catalogue.lint.coverage import no_prompts, untranslated
from bot.domain.catalogue.lint.finding import LintFinding, LintRule, LintSeverity
from bot.domain.catalogue.lint.lengths import too_long
from bot.domain.catalogue.lint.names import name_clashes, similar_skills
from bot.domain.catalogue.lint.references import empty_things, repeated_keys, unknown_references
from bot.domain.catalogue.lint.settings import DEFAULT_SETTINGS, LintSettings, Spelling
from bot.domain.catalogue.lint.survey import Survey
from bot.domain.catalogue.lint.terms import Terms
from bot.domain.catalogue.lint.texts.depths import depth_anchors, no_scope, same_depth
from bot.domain.catalogue.lint.texts.prompts import few_prompts, no_guides, similar_prompts
from bot.domain.catalogue.lint.texts.spelling import mixed_spelling
from bot.domain.catalogue.lint.texts.style import unassessable, wordy
from bot.domain.catalogue.lint.texts.translations import translated_terms
from bot.domain.catalogue.lint.texts.wording import Phrases, boilerplate, repeated_levels
from bot.domain.framework import CatalogueContent
from bot.domain.typed_words import TypedWords

_SEVERITIES = tuple(LintSeverity)
_RULES = tuple(LintRule)


def lint(
    content: CatalogueContent,
    typed: TypedWords,
    terms: Terms,
    settings: LintSettings = DEFAULT_SETTINGS,
) -> tuple[LintFinding, ...]:
    """Return what every rule finds: gravest first, then by rule, then in catalogue order.

    Pure, the same for the same content; names are compared by `typed`, as they are when they are
    looked up, and words by `terms`. Time grows with the content's size and no faster.
    """
    survey = Survey(content)
    every = chain(_structure(survey), _words(survey, typed, terms, settings.spelling))
    found = list(settings.judged(every))
    found.sort(key=lambda each: (_SEVERITIES.index(each.severity), _RULES.index(each.rule)))
    return tuple(found)


def _structure(survey: Survey) -> Iterator[LintFinding]:
    """Rules that need no list of words."""
    yield from unknown_references(survey)
    yield from repeated_keys(survey)
    yield from empty_things(survey)
    yield from missing_cells(survey)
    yield from falls(survey)
    yield from no_scope(survey)
    yield from core_sizes(survey)
    yield from no_text(survey)
    yield from repeated_levels(survey)
    yield from no_prompts(survey)
    yield from few_prompts(survey)
    yield from no_guides(survey)
    yield from too_long(survey)
    yield from untranslated(survey)


def _words(
    survey: Survey, typed: TypedWords, terms: Terms, spelling: Spelling | None
) -> Iterator[LintFinding]:
    """Rules that go by the words of a language."""
    phrases = Phrases(survey, terms)
    yield from boilerplate(phrases)
    yield from similar_skills(survey, phrases, typed)
    yield from name_clashes(survey, typed)
    yield from same_depth(survey, terms)
    yield from depth_anchors(survey, terms)
    yield from unassessable(survey, terms)
    yield from wordy(survey, terms)
    yield from mixed_spelling(survey, terms, spelling)
    yield from similar_prompts(survey, terms)
    yield from translated_terms(survey, terms)


def severity_counts(findings: Iterable[LintFinding]) -> Mapping[LintSeverity, int]:
    """Return how many findings there are of each severity, zeros included."""
    counts = Counter(each.severity for each in findings)
    return {severity: counts[severity] for severity in LintSeverity}
