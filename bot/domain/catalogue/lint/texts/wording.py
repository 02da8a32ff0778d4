"""Rules about texts that say the same again: at the next level, or in another skill."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain

from bot.domain.catalogue.lint.finding import LintFinding, LintPlace, LintRule, LintSeverity, quoted
from bot.domain.catalogue.lint.survey import Survey
from bot.domain.catalogue.lint.terms import Terms
from bot.domain.catalogue.lint.words import (
    alike,
    needles,
    normal,
    opening,
    sentences,
    size,
    word_set,
)
from bot.domain.framework import Expectation, Skill
from bot.domain.said import listed, said
from bot.domain.text import LocalText

SENTENCE_WORDS = 5
"""A shorter sentence may be the same in several skills by chance."""
SENTENCE_SKILLS = 3
OPENING_WORDS = 5
OPENING_SKILLS = 4
_HEAD = 200


def repeated_levels(survey: Survey) -> Iterator[LintFinding]:
    """Texts that are (nearly) those of the level below, each language by itself."""
    for role, _, rungs in survey.columns():
        sets: dict[str, frozenset[str]] = {}
        for lower, upper in survey.steps(role, rungs):
            finding = _repeats(lower, upper, sets)
            if finding:
                yield finding


def _repeats(
    lower: Expectation, upper: Expectation, sets: dict[str, frozenset[str]]
) -> LintFinding | None:
    below, above = lower.text, upper.text
    if below is None or above is None:
        return _nothing_new(lower, upper)
    pairs: list[tuple[str | None, str, str]] = [(None, below.base, above.base)]
    pairs += [
        (locale, below.by_locale[locale], text)
        for locale, text in above.by_locale.items()
        if locale in below.by_locale
    ]
    for locale, one, other in pairs:
        for text in (one, other):
            if text not in sets:
                sets[text] = word_set(text)
        if sets[one] == sets[other] and normal(one) == normal(other):
            return _repeat_finding(LintRule.SAME_AS_BELOW, lower, upper, locale)
        if alike(sets[one], sets[other]):
            return _repeat_finding(LintRule.LIKE_BELOW, lower, upper, locale)
    return None


def _place(each: Expectation, locale: str | None = None) -> LintPlace:
    return LintPlace(role=each.role.key, level=each.level.key, skill=each.skill.key, locale=locale)


def _repeat_finding(
    rule: LintRule, lower: Expectation, upper: Expectation, locale: str | None
) -> LintFinding:
    above, below = upper.level.name.base, lower.level.name.base
    same = rule is LintRule.SAME_AS_BELOW
    text = said("the same text") if same else said("nearly the same text")
    as_below = said("as {below}", below=below)
    if locale:
        as_below = said("as {below} in {language}", below=below, language=locale)
    return LintFinding(
        rule,
        LintSeverity.WARNING,
        _place(upper, locale),
        said(
            "{skill} for {role}: {above} has {text} {as_below}. Say what {above} does that {below}"
            " does not.",
            skill=upper.skill.name.base,
            role=upper.role.name.base,
            above=above,
            text=text,
            as_below=as_below,
            below=below,
        ),
    )


def _nothing_new(lower: Expectation, upper: Expectation) -> LintFinding | None:
    same = (lower.wording, lower.proficiency, lower.requirement) == (
        upper.wording,
        upper.proficiency,
        upper.requirement,
    )
    if not same or upper.wording is None:
        return None
    above, below = upper.level.name.base, lower.level.name.base
    return LintFinding(
        LintRule.NOTHING_NEW,
        LintSeverity.INFO,
        _place(upper),
        said(
            "{skill} for {role}: {above} asks for exactly what {below} does. That is fine where"
            " nothing changes; else give {above} a text of its own.",
            skill=upper.skill.name.base,
            role=upper.role.name.base,
            above=above,
            below=below,
        ),
    )


Shared = tuple[str, list[Skill]]
"""A phrase as one of its skills has it, and all skills that say it."""


class Phrases:
    """Which skills share sentences and openings.

    Two passes: the first counts by hash, so that what stands in one skill only, which is nearly
    everything, takes little room; the second collects what is shared.
    """

    def __init__(self, survey: Survey, terms: Terms) -> None:
        self._survey = survey
        self._scopes = {
            locale: needles(tuple(chain.from_iterable(terms.of(locale).scopes.values())))
            for locale in (survey.content.base_locale, *survey.locales)
        }
        counts: Counter[int] = Counter()
        openings: Counter[int] = Counter()
        self.sizes: dict[str, int] = {}
        for skill in survey.content.skills:
            whole, begun = self._of(skill)
            self.sizes[skill.key] = len(whole)
            counts.update(whole.keys())
            openings.update(begun.keys())
        self.sentences: dict[int, Shared] = {}
        self.openings: dict[int, Shared] = {}
        self._collect(
            {each for each, count in counts.items() if count > 1},
            {each for each, count in openings.items() if count >= OPENING_SKILLS},
        )

    def _collect(self, sentences: set[int], openings: set[int]) -> None:
        if not sentences and not openings:
            return
        for skill in self._survey.content.skills:
            whole, begun = self._of(skill)
            for wanted, phrases, found in (
                (sentences, whole, self.sentences),
                (openings, begun, self.openings),
            ):
                for each, text in phrases.items():
                    if each in wanted:
                        found.setdefault(each, (text, []))[1].append(skill)

    def _of(self, skill: Skill) -> tuple[dict[int, str], dict[int, str]]:
        """Return the skill's sentences and openings as written, by the hash of what they say.

        The skill's own name is blanked out: the same sentence with another name is the same. Words
        that name a scope do not count in an opening: `same-depth` asks for them.
        """
        whole: dict[int, str] = {}
        begun: dict[int, str] = {}
        names = sorted({normal(name) for name in skill.name.all_languages()}, key=len)
        for text, is_prompt in self._texts(skill):
            for locale, _, version in self._survey.versions(text):
                begin = None if is_prompt else self._opening(version[:_HEAD], locale, names)
                if begin:
                    begun.setdefault(hash(begin), begin)
                for sentence in (version,) if is_prompt else sentences(version):
                    blank = _blanked(sentence, names)
                    if size(blank) >= SENTENCE_WORDS:
                        whole.setdefault(hash(blank), sentence)
        return whole, begun

    def _opening(self, head: str, locale: str, names: list[str]) -> str | None:
        blank = f" {_blanked(head, names)} "
        for _, needle in self._scopes[locale]:
            if needle in blank:
                blank = blank.replace(needle, " ")
        # What is left of "the company's".
        return opening(" ".join(blank.replace(" s ", " ").split()), OPENING_WORDS)

    def _texts(self, skill: Skill) -> Iterator[tuple[LocalText, bool]]:
        for text in skill.depths.values():
            yield text, False
        for text in skill.prompts:
            yield text, True
        for each in self._survey.by_skill[skill.key]:
            if each.text is not None:
                yield each.text, False
            for text in each.prompts:
                yield text, True


def _blanked(text: str, names: list[str]) -> str:
    blank = normal(text)
    for name in reversed(names):
        if name and name in blank:
            blank = blank.replace(name, "_")
    return blank


def boilerplate(phrases: Phrases) -> Iterator[LintFinding]:
    """Sentences and prompts of several skills, and long openings of many."""
    for text, skills in phrases.sentences.values():
        if len(skills) < SENTENCE_SKILLS:
            continue
        yield LintFinding(
            LintRule.REPEATED_SENTENCE,
            LintSeverity.WARNING,
            LintPlace(skill=skills[0].key),
            said(
                "{text} stands in {count} skills: {skills}. Say in each what is particular to it.",
                text=quoted(text),
                count=len(skills),
                skills=listed([each.name.base for each in skills]),
            ),
        )
    for words, skills in phrases.openings.values():
        yield LintFinding(
            LintRule.REPEATED_OPENING,
            LintSeverity.WARNING,
            LintPlace(skill=skills[0].key),
            said(
                "Texts of {count} skills begin with {words}: {skills}. Begin with what one can see"
                " done.",
                count=len(skills),
                words=quoted(words),
                skills=listed([each.name.base for each in skills]),
            ),
        )
