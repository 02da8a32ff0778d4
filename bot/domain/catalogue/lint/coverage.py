"""Rules about what is there for some and not for all: growth prompts and translations."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.domain.catalogue.lint.finding import LintFinding, LintPlace, LintRule, LintSeverity, quoted
from bot.domain.catalogue.lint.survey import Survey
from bot.domain.catalogue.lint.words import normal, size
from bot.domain.framework import Skill, SkillGroup
from bot.domain.said import Said, listed, said, together
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
            message = said(
                "No skill of the domain {domain} has growth prompts.", domain=domain_name
            )
            yield _no_prompts(LintPlace(domain=key), message)
        else:
            yield from (_skill_without_prompts(survey, skill) for skill in skills)


def _skill_without_prompts(survey: Survey, skill: Skill) -> LintFinding:
    cells = survey.by_skill[skill.key]
    bare = [each for each in cells if not each.growth_prompts]
    if len(bare) == len(cells):
        message = said("{skill} has no growth prompt.", skill=skill.name.base)
        return _no_prompts(LintPlace(skill=skill.key), message)
    first = bare[0]
    place = LintPlace(role=first.role.key, level=first.level.key, skill=skill.key)
    message = said(
        "{skill}: {count} of {all} expectations have none, first for {role} at {level}.",
        skill=skill.name.base,
        count=len(bare),
        all=len(cells),
        role=first.role.name.base,
        level=first.level.name.base,
    )
    return _no_prompts(place, message)


def _no_prompts(place: LintPlace, message: Said) -> LintFinding:
    advice = said("Without one a nudge has nothing to suggest: give the skill one or two.")
    told = together(message, advice)
    return LintFinding(LintRule.NO_PROMPTS, LintSeverity.WARNING, place, told)


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
                    said(
                        "{thing} has no {texts} in {language}. Translate it.",
                        thing=noun,
                        texts=listed(lacking),
                        language=locale,
                    ),
                )
        yield from _copied(survey, locale)
        yield from _texts_of_groups(survey, locale)


_Fields = Iterable[tuple[Said, LocalText | None]]

_NAME, _SUMMARY = said("name"), said("summary")


def _named(survey: Survey) -> Iterator[tuple[Said, _Fields, LintPlace]]:
    content = survey.content
    yield said("The catalogue"), [(_NAME, content.name)], LintPlace()
    for proficiency in content.proficiencies:
        thing = said("The proficiency {key}", key=proficiency.key)
        yield thing, [(_NAME, proficiency.name)], LintPlace()
    for ladder in content.ladders:
        thing = said("The ladder {key}", key=ladder.key)
        yield thing, [(_NAME, ladder.name)], LintPlace(ladder=ladder.key)
        for level in ladder.levels:
            place = LintPlace(ladder=ladder.key, level=level.key)
            yield said("The level {key}", key=level.key), [(_NAME, level.name)], place
    for domain in content.domains:
        thing = said("The domain {key}", key=domain.key)
        yield thing, [(_NAME, domain.name)], LintPlace(domain=domain.key)
    for family in content.families:
        thing = said("The role family {key}", key=family.key)
        yield thing, [(_NAME, family.name)], LintPlace()
    for group in content.groups:
        described = [(_NAME, group.name), (_SUMMARY, group.summary)]
        thing = said("The group {key}", key=group.key)
        yield thing, described, LintPlace(group=group.key)
    for role in content.roles:
        texts = [(_NAME, role.name), (_SUMMARY, role.summary)]
        texts += [(said("focus of {level}", level=key), each) for key, each in role.focus.items()]
        yield said("The role {key}", key=role.key), texts, LintPlace(role=role.key)
    for skill in content.skills:
        described = [(_NAME, skill.name), (_SUMMARY, skill.summary)]
        yield said("The skill {key}", key=skill.key), described, LintPlace(skill=skill.key)


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
                    said(
                        "{text} is the same in {language} as in the base language. Translate it, or"
                        " leave the translation out.",
                        text=quoted(copied),
                        language=locale,
                    ),
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
            told = said(
                "{group}: None of its {all} texts and growth prompts have a translation into"
                " {language}; members who read it see the base language there.",
                group=name,
                all=total,
                language=locale,
            )
            if done:
                told = said(
                    "{group}: {count} of its {all} texts and growth prompts have no translation"
                    " into {language}; members who read it see the base language there.",
                    group=name,
                    count=total - done,
                    all=total,
                    language=locale,
                )
            yield LintFinding(
                LintRule.UNTRANSLATED,
                LintSeverity.WARNING if done else LintSeverity.INFO,
                LintPlace(group=key, locale=locale),
                told,
            )


def _texts(survey: Survey, skill: Skill) -> Iterator[LocalText]:
    yield from skill.depths.values()
    yield from skill.prompts
    for each in survey.by_skill[skill.key]:
        if each.text is not None:
            yield each.text
        yield from each.prompts
