"""Rules about growth prompts and guides: enough of them for a year, and no two the same."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from math import ceil

from bot.domain.catalogue.lint.finding import LintFinding, LintPlace, LintRule, LintSeverity, quoted
from bot.domain.catalogue.lint.prose import place_of, prompts_of
from bot.domain.catalogue.lint.survey import Survey
from bot.domain.catalogue.lint.terms import Terms
from bot.domain.catalogue.lint.words import word_set
from bot.domain.framework import Skill
from bot.domain.guidance import NO_GUIDE, Band
from bot.domain.said import Said, listed, said, together

PROMPTS = 3
SIMILAR = 0.7
"""From this share of common words on, two prompts are nearly the same."""
_ROUNDING = 1e-9
_BANDS = {Band.EARLY: said("early"), Band.LATER: said("later")}


def few_prompts(survey: Survey) -> Iterator[LintFinding]:
    """Required expectations with fewer than three prompts of their own; one finding a role."""
    for role in survey.content.roles:
        required = [each for each in survey.by_role.get(role.key, ()) if each.required]
        few = [each for each in required if len(each.prompts) < PROMPTS]
        if few:
            first = few[0]
            yield LintFinding(
                LintRule.FEW_PROMPTS,
                LintSeverity.INFO,
                place_of(first),
                said(
                    "{role}: {count} of {all} required expectations have fewer than three growth"
                    " prompts of their own, first {skill} at {level}. With three a nudge need not"
                    " repeat itself.",
                    role=role.name.base,
                    count=len(few),
                    all=len(required),
                    skill=first.skill.name.base,
                    level=first.level.name.base,
                ),
            )


def no_guides(survey: Survey) -> Iterator[LintFinding]:
    """Skills without prompts or evidence for a band that asks for them; one where none has any."""
    skills = [skill for skill in survey.content.skills if survey.by_skill[skill.key]]
    if skills and not any(skill.guides for skill in skills):
        message = said("No skill has prompts or example evidence for a band of levels.")
        yield _no_guide(LintPlace(), message)
        return
    for skill in skills:
        lacking = [each for band in _bands(survey, skill) for each in _lacks(skill, band)]
        if lacking:
            message = said(
                "{skill} has no {lacking}.", skill=skill.name.base, lacking=listed(lacking)
            )
            yield _no_guide(LintPlace(skill=skill.key), message)


def _bands(survey: Survey, skill: Skill) -> list[Band]:
    asked = {each.role.ladder.band_of(each.level) for each in survey.by_skill[skill.key]}
    return [band for band in Band if band in asked]


def _lacks(skill: Skill, band: Band) -> Iterator[Said]:
    guide = skill.guides.get(band, NO_GUIDE)
    if not guide.prompts:
        yield said("growth prompts for the {band} levels", band=_BANDS[band])
    if not guide.evidence:
        yield said("example evidence for the {band} levels", band=_BANDS[band])


def _no_guide(place: LintPlace, message: Said) -> LintFinding:
    told = together(message, said("They help in every role that asks for the skill."))
    return LintFinding(LintRule.NO_GUIDE, LintSeverity.INFO, place, told)


def similar_prompts(survey: Survey, terms: Terms) -> Iterator[LintFinding]:
    """Prompts of one role, or of one skill's guides, that share nearly all their words."""
    common = terms.of(survey.content.base_locale).common
    for skill in survey.content.skills:
        own = [(text.base, LintPlace(skill=skill.key)) for text in prompts_of(skill)]
        yield from _similar(own, said("Of {skill}", skill=skill.name.base), common)
    for role in survey.content.roles:
        cells = survey.by_role.get(role.key, ())
        own = [(text.base, place_of(each)) for each in cells for text in each.prompts]
        yield from _similar(own, said("For {role}", role=role.name.base), common)


def _similar(
    prompts: Iterable[tuple[str, LintPlace]], whose: Said, common: frozenset[str]
) -> Iterator[LintFinding]:
    """Yield one finding for each prompt that is like an earlier one."""
    texts = list(prompts)
    sets = [word_set(text) - common for text, _ in texts]
    for at, earlier in _first_alike(sets):
        text, place = texts[at]
        other = texts[earlier][0]
        how = said("is nearly {other}", other=quoted(other, 60))
        if text == other:
            how = said("stands twice")
        yield LintFinding(
            LintRule.SIMILAR_PROMPTS,
            LintSeverity.WARNING,
            place,
            said(
                "{whose} the growth prompt {text} {how}. Ask for another thing.",
                whose=whose,
                text=quoted(text, 60),
                how=how,
            ),
        )


def _first_alike(sets: list[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Yield (index, index of the first earlier set that is alike), for those that have one.

    Two sets with a share of 0.7 in common have one of each one's rarest words in common: only those
    are looked up, so that not every set need be compared with every other one.
    """
    counts = Counter(word for words in sets for word in words)
    seen: dict[str, list[int]] = defaultdict(list)
    for at, words in enumerate(sets):
        rare = sorted(words, key=lambda word: (counts[word], word))
        prefix = rare[: len(rare) - ceil(SIMILAR * len(rare) - _ROUNDING) + 1]
        candidates = sorted({other for word in prefix for other in seen[word]})
        alike = next((other for other in candidates if _alike(words, sets[other])), None)
        if alike is not None:
            yield at, alike
        for word in prefix:
            seen[word].append(at)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= SIMILAR * len(one | other)
