"""Every text that an owner wrote, with its place: what the rules about words walk over."""

from collections.abc import Iterator

from bot.domain.catalogue.lint.finding import LintPlace
from bot.domain.framework import CatalogueContent, Expectation, Skill
from bot.domain.said import Said, said
from bot.domain.text import LocalText
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class Prose:
    """One text. `noun` says what it is; of a name it is "name". `group` is that of a skill."""

    text: LocalText
    noun: Said
    place: LintPlace
    group: str | None = None


NAME_NOUN = said("name")
_SUMMARY, _FOCUS, _TEXT = said("summary"), said("focus"), said("text")
_EVIDENCE, _PROMPT = said("example evidence"), said("growth prompt")


def prose(content: CatalogueContent) -> Iterator[Prose]:
    """Yield the names and texts of groups, roles, skills and expectations, in this order."""
    for group in content.groups:
        place = LintPlace(group=group.key)
        yield from _described(group.name, group.summary, place)
    for role in content.roles:
        yield from _described(role.name, role.summary, LintPlace(role=role.key))
        for level, focus in role.focus.items():
            yield Prose(focus, _FOCUS, LintPlace(role=role.key, level=level))
    for skill in content.skills:
        yield from _of_skill(skill)
    for each in content.expectations:
        yield from _of_cell(each)


def _described(
    name: LocalText, summary: LocalText | None, place: LintPlace, group: str | None = None
) -> Iterator[Prose]:
    yield Prose(name, NAME_NOUN, place, group)
    if summary is not None:
        yield Prose(summary, _SUMMARY, place, group)


def _of_skill(skill: Skill) -> Iterator[Prose]:
    place, group = LintPlace(skill=skill.key), skill.group.key
    yield from _described(skill.name, skill.summary, place, group)
    for key, text in skill.depths.items():
        yield Prose(text, said("text for {depth}", depth=key), place, group)
    for guide in skill.guides.values():
        for text in guide.evidence:
            yield Prose(text, _EVIDENCE, place, group)
    for text in prompts_of(skill):
        yield Prose(text, _PROMPT, place, group)


def _of_cell(each: Expectation) -> Iterator[Prose]:
    place = place_of(each)
    if each.text is not None:
        yield Prose(each.text, _TEXT, place, each.skill.group.key)
    for text in each.prompts:
        yield Prose(text, _PROMPT, place, each.skill.group.key)


def place_of(each: Expectation, locale: str | None = None) -> LintPlace:
    """Return the place of a cell."""
    return LintPlace(role=each.role.key, level=each.level.key, skill=each.skill.key, locale=locale)


def prompts_of(skill: Skill) -> tuple[LocalText, ...]:
    """Return all growth prompts of a skill, whichever band they are for."""
    return tuple(text for guide in skill.guides.values() for text in guide.prompts) + skill.prompts
