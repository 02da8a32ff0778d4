"""Lint: everything about a catalogue that a reader would stumble over, in one call."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from bot.domain.catalogue.lint.cells import falls, missing_cells, no_text
from bot.domain.catalogue.lint.coverage import no_prompts, untranslated
from bot.domain.catalogue.lint.finding import LintFinding, LintRule, LintSeverity
from bot.domain.catalogue.lint.lengths import too_long
from bot.domain.catalogue.lint.names import name_clashes, similar_skills
from bot.domain.catalogue.lint.references import empty_things, repeated_keys, unknown_references
from bot.domain.catalogue.lint.survey import Survey
from bot.domain.catalogue.lint.wording import Phrases, boilerplate, repeated_levels
from bot.domain.framework import CatalogueContent
from bot.domain.typed_words import TypedWords

_SEVERITIES = tuple(LintSeverity)
_RULES = tuple(LintRule)


def lint(content: CatalogueContent, typed: TypedWords) -> tuple[LintFinding, ...]:
    """Return what every rule finds: gravest first, then by rule, then in catalogue order.

    Pure, the same for the same content; names are compared by `typed`, as they are when they are
    looked up. Time grows with the content's size and no faster.
    """
    found = list(_findings(Survey(content), typed))
    found.sort(key=lambda each: (_SEVERITIES.index(each.severity), _RULES.index(each.rule)))
    return tuple(found)


def _findings(survey: Survey, typed: TypedWords) -> Iterator[LintFinding]:
    yield from unknown_references(survey)
    yield from repeated_keys(survey)
    yield from empty_things(survey)
    yield from missing_cells(survey)
    yield from falls(survey)
    yield from no_text(survey)
    yield from repeated_levels(survey)
    phrases = Phrases(survey)
    yield from boilerplate(phrases)
    yield from similar_skills(survey, phrases, typed)
    yield from name_clashes(survey, typed)
    yield from no_prompts(survey)
    yield from too_long(survey)
    yield from untranslated(survey)


def severity_counts(findings: Iterable[LintFinding]) -> Mapping[LintSeverity, int]:
    """Return how many findings there are of each severity, zeros included."""
    counts = Counter(each.severity for each in findings)
    return {severity: counts[severity] for severity in LintSeverity}
