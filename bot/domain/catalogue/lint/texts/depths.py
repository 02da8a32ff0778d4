"""Rules about depth and scope: the words keep what the label says, and a step up asks for more."""

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.catalogue.lint.finding import LintFinding, LintPlace, LintRule, LintSeverity, quoted
from bot.domain.catalogue.lint.prose import place_of
from bot.domain.catalogue.lint.survey import Survey
from bot.domain.catalogue.lint.terms import LanguageTerms, Terms
from bot.domain.catalogue.lint.words import any_found, needles, normal
from bot.domain.framework import CatalogueContent, Expectation, Proficiency
from bot.domain.guidance import Scope
from bot.domain.said import Said, listed, said
from bot.domain.text import LocalText

_HEAD = 80


def depth_anchors(survey: Survey, terms: Terms) -> Iterator[LintFinding]:
    """Texts that begin with doing at the depth that means knowing, or the other way round.

    Only described depths are looked at. The lowest of them means knowing where its description
    begins with a word of knowing; then those above it mean doing, and otherwise nothing is told.
    """
    depths, knowing = _described(survey.content, terms)
    if knowing is None:
        return
    for text, key, place in _texts_for_depths(survey.content):
        depth = depths.get(key)
        if depth is not None:
            for language, locale, version in survey.versions(text):
                problem = _contradiction(version, depth, terms.of(language), knows=depth is knowing)
                if problem:
                    yield LintFinding(
                        LintRule.DEPTH_ANCHOR,
                        LintSeverity.WARNING,
                        replace(place, locale=locale),
                        problem,
                    )


def _described(
    content: CatalogueContent, terms: Terms
) -> tuple[dict[str, Proficiency], Proficiency | None]:
    """Return the described depths by key, and the one that means knowing."""
    described = [each for each in content.proficiencies if each.summary is not None]
    lowest = min(described, key=lambda each: each.rank, default=None)
    if lowest is None or lowest.summary is None:
        return {}, None
    words = terms.of(content.base_locale)
    knows = _first_word(lowest.summary.base, words) in words.knowing
    return {each.key: each for each in described}, lowest if knows else None


def _texts_for_depths(content: CatalogueContent) -> Iterator[tuple[LocalText, str, LintPlace]]:
    """Yield (text, key of its depth, place) of skills, then of expectations with their own text."""
    for skill in content.skills:
        for key, text in skill.depths.items():
            yield text, key, LintPlace(skill=skill.key)
    for each in content.expectations:
        if each.text is not None and each.proficiency is not None:
            yield each.text, each.proficiency.key, place_of(each)


def _first_word(text: str, words: LanguageTerms) -> str:
    beginning = normal(text[:_HEAD]).split()
    return next((word for word in beginning if word not in words.skipped), "")


def _contradiction(
    text: str, depth: Proficiency, words: LanguageTerms, *, knows: bool
) -> Said | None:
    first = _first_word(text, words) if words.knowing else ""
    name = depth.name.base
    if first and knows and first not in words.knowing and first not in words.either:
        return said(
            "{text} begins with doing, and {depth} means knowing. Begin with what somebody knows or"
            " notices, or ask for more depth.",
            text=quoted(text, 40),
            depth=name,
        )
    if not knows and first in words.knowing:
        return said(
            "{text} begins with knowing, and {depth} means doing. Begin with what somebody is seen"
            " doing, or ask for less depth.",
            text=quoted(text, 40),
            depth=name,
        )
    return None


def same_depth(survey: Survey, terms: Terms) -> Iterator[LintFinding]:
    """Required expectations at the depth of the level below, whose text names no wider scope.

    A text names it with a word for the scope of its level, or for a wider one; where the level
    states none, with a word for a team or more. Without a text of its own an expectation is the
    business of `nothing-new`, and with that of the level below of `same-as-below`.
    """
    for role, _, rungs in survey.columns():
        for lower, upper in survey.steps(role, rungs):
            if upper.text is None or not upper.required or not _equally_deep(lower, upper):
                continue
            if lower.text is not None and lower.text.base == upper.text.base:
                continue
            for language, locale, version in survey.versions(upper.text):
                scopes = _allowed(upper, terms.of(language))
                if scopes and not any_found(needles(scopes), survey.padded(version)):
                    yield _same_depth(lower, upper, locale, scopes)


def _equally_deep(lower: Expectation, upper: Expectation) -> bool:
    one, other = lower.proficiency, upper.proficiency
    return one is not None and other is not None and one.rank == other.rank


def _allowed(upper: Expectation, words: LanguageTerms) -> tuple[str, ...]:
    """Return the phrases that name the scope of a level or a wider one, narrowest first."""
    least = (upper.level.scope or Scope.TEAM).reach
    wide = [scope for scope in Scope if scope.reach >= least]
    return tuple(phrase for scope in wide for phrase in words.scopes.get(scope, ()))


def _same_depth(
    lower: Expectation, upper: Expectation, locale: str | None, scopes: tuple[str, ...]
) -> LintFinding:
    above, below = upper.level.name.base, lower.level.name.base
    depth = upper.proficiency.name.base if upper.proficiency else ""
    its_text = said("its text in {language}", language=locale) if locale else said("its text")
    words = listed([quoted(each.rstrip("*")) for each in scopes], most=3)
    return LintFinding(
        LintRule.SAME_DEPTH,
        LintSeverity.WARNING,
        place_of(upper, locale),
        said(
            "{skill} for {role}: {above} asks for {depth}, as {below} does, and {text} names no"
            " wider scope. Say who is reached now, with a word such as {words}, or ask for more"
            " depth.",
            skill=upper.skill.name.base,
            role=upper.role.name.base,
            above=above,
            depth=depth,
            below=below,
            text=its_text,
            words=words,
        ),
    )


def no_scope(survey: Survey) -> Iterator[LintFinding]:
    """Levels without a scope, on a ladder where others state theirs."""
    for ladder in survey.content.ladders:
        silent = [level for level in ladder.levels if level.scope is None]
        if silent and len(silent) < len(ladder.levels):
            names = listed([level.name.base for level in silent])
            told = said("{levels} do not say how far the work reaches", levels=names)
            if len(silent) == 1:
                told = said("{level} does not say how far the work reaches", level=names)
            yield LintFinding(
                LintRule.NO_SCOPE,
                LintSeverity.WARNING,
                LintPlace(ladder=ladder.key, level=silent[0].key),
                said(
                    "On the ladder {ladder}, {told}. State the scope: {scopes}.",
                    ladder=ladder.name.base,
                    told=told,
                    scopes=", ".join(Scope),
                ),
            )
