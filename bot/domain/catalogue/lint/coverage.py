"""Rules about what is there for some and not for all: growth prompts and translations."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.domain.catalogue.lint.finding import (
    LintFinding,
    LintPlace,
    LintRule,
    LintSeverity,
    listed,
    quoted,
)
from bot.domain.catalogue.lint.survey import Survey
from bot.domain.catalogue.lint.words import normal, size
from bot.domain.framework import Skill, SkillGroup
from bot.domain.text import LocalText

_PHRASE = 4


def no_prompts(survey: Survey) -> Iterator[LintFinding]:
    """Expectations without a growth prompt, of their own or of the skill.

    One finding per skill; one for a whole domain that has none at all.
    """
    lacking: dict[str, list[Skill]] = {}
    asked: dict[str, int] = {}
    for skill in survey.content.skills:
        cells = survey.by_skill[skill.key]
        if cells:
            domain = skill.group.domain.key
            asked[domain] = asked.get(domain, 0) + 1
            if any(not each.growth_prompts for each in cells):
                lacking.setdefault(domain, []).append(skill)
    for key, skills in lacking.items():
        domain_name = skills[0].group.domain.name.base
        has_any = any(
            each.growth_prompts for skill in skills for each in survey.by_skill[skill.key]
        )
        if len(skills) == asked[key] > 1 and not has_any:
            message = f"No skill of the domain {domain_name} has growth prompts."
            yield _no_prompts(LintPlace(domain=key), message)
        else:
            yield from (_skill_without_prompts(survey, skill) for skill in skills)


def _skill_without_prompts(survey: Survey, skill: Skill) -> LintFinding:
    cells = survey.by_skill[skill.key]
    bare = [each for each in cells if not each.growth_prompts]
    if len(bare) == len(cells):
        return _no_prompts(LintPlace(skill=skill.key), f"{skill.name.base} has no growth prompt.")
    first = bare[0]
    place = LintPlace(role=first.role.key, level=first.level.key, skill=skill.key)
    where = f"first for {first.role.name.base} at {first.level.name.base}"
    message = f"{skill.name.base}: {len(bare)} of {len(cells)} expectations have none, {where}."
    return _no_prompts(place, message)


def _no_prompts(place: LintPlace, message: str) -> LintFinding:
    advice = "Without one a nudge has nothing to suggest: give the skill one or two."
    return LintFinding(LintRule.NO_PROMPTS, LintSeverity.WARNING, place, f"{message} {advice}")


def untranslated(survey: Survey) -> Iterator[LintFinding]:
    """What lacks a translation into a language that the catalogue uses elsewhere.

    Names and summaries thing by thing, texts and growth prompts group by group.
    """
    for locale in survey.locales:
        for noun, fields, place in _named(survey):
            lacking = [name for name, text in fields if text and locale not in text.by_locale]
            if lacking:
                yield LintFinding(
                    LintRule.UNTRANSLATED,
                    LintSeverity.WARNING,
                    replace(place, locale=locale),
                    f"{noun} has no {listed(lacking)} in {locale}. Translate it.",
                )
        yield from _copied(survey, locale)
        yield from _texts_of_groups(survey, locale)


_Fields = Iterable[tuple[str, LocalText | None]]


def _named(survey: Survey) -> Iterator[tuple[str, _Fields, LintPlace]]:
    content = survey.content
    yield "The catalogue", [("name", content.name)], LintPlace()
    for proficiency in content.proficiencies:
        yield f"The proficiency {proficiency.key}", [("name", proficiency.name)], LintPlace()
    for ladder in content.ladders:
        yield f"The ladder {ladder.key}", [("name", ladder.name)], LintPlace(ladder=ladder.key)
        for level in ladder.levels:
            place = LintPlace(ladder=ladder.key, level=level.key)
            yield f"The level {level.key}", [("name", level.name)], place
    for domain in content.domains:
        yield f"The domain {domain.key}", [("name", domain.name)], LintPlace(domain=domain.key)
    for family in content.families:
        yield f"The role family {family.key}", [("name", family.name)], LintPlace()
    for group in content.groups:
        described = [("name", group.name), ("summary", group.summary)]
        yield f"The group {group.key}", described, LintPlace(group=group.key)
    for role in content.roles:
        texts = [("name", role.name), ("summary", role.summary)]
        texts += [(f"focus of {key}", text) for key, text in role.focus.items()]
        yield f"The role {role.key}", texts, LintPlace(role=role.key)
    for skill in content.skills:
        described = [("name", skill.name), ("summary", skill.summary)]
        yield f"The skill {skill.key}", described, LintPlace(skill=skill.key)


def _copied(survey: Survey, locale: str) -> Iterator[LintFinding]:
    """Translations that repeat the base text; a name may well be the same in both."""
    for skill in survey.content.skills:
        for text in _texts(survey, skill):
            copied = text.by_locale.get(locale) if text.by_locale else None
            if copied is not None and copied == text.base and size(normal(copied)) > _PHRASE:
                yield LintFinding(
                    LintRule.UNTRANSLATED,
                    LintSeverity.WARNING,
                    LintPlace(skill=skill.key, locale=locale),
                    f"{quoted(copied)} is the same in {locale} as in the base language. "
                    "Translate it, or leave the translation out.",
                )


def _texts_of_groups(survey: Survey, locale: str) -> Iterator[LintFinding]:
    counts: dict[str, list[int]] = {}
    groups: dict[str, SkillGroup] = {}
    for skill in survey.content.skills:
        groups.setdefault(skill.group.key, skill.group)
        count = counts.setdefault(skill.group.key, [0, 0])
        for text in _texts(survey, skill):
            count[0] += 1
            count[1] += bool(text.by_locale) and locale in text.by_locale
    any_translated = any(done for _, done in counts.values())
    for key, (total, done) in counts.items():
        if done < total and any_translated:
            name = groups[key].name.base
            how_many = f"{total - done} of its {total}" if done else f"None of its {total}"
            told = f"{name}: {how_many} texts and growth prompts have"
            verb = "no translation into" if done else "a translation into"
            yield LintFinding(
                LintRule.UNTRANSLATED,
                LintSeverity.WARNING if done else LintSeverity.INFO,
                LintPlace(group=key, locale=locale),
                f"{told} {verb} {locale}; members who read it see the base language there.",
            )


def _texts(survey: Survey, skill: Skill) -> Iterator[LocalText]:
    yield from skill.depths.values()
    yield from skill.prompts
    for each in survey.by_skill[skill.key]:
        if each.text is not None:
            yield each.text
        yield from each.prompts
