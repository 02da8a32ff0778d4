"""Rules about what refers to what: nothing unknown, nothing twice, nothing empty."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.catalogue.lint.finding import LintFinding, LintPlace, LintRule, LintSeverity, listed
from bot.domain.catalogue.lint.survey import Survey
from bot.domain.framework import CatalogueContent, Expectation


@dataclass(frozen=True, slots=True)
class _Known:
    domains: frozenset[str]
    groups: frozenset[str]
    skills: frozenset[str]
    families: frozenset[str]
    ladders: dict[str, frozenset[str]]
    roles: dict[str, str]
    proficiencies: frozenset[str]


def _known(content: CatalogueContent) -> _Known:
    return _Known(
        domains=frozenset(each.key for each in content.domains),
        groups=frozenset(each.key for each in content.groups),
        skills=frozenset(each.key for each in content.skills),
        families=frozenset(each.key for each in content.families),
        ladders={
            ladder.key: frozenset(each.key for each in ladder.levels) for ladder in content.ladders
        },
        roles={each.key: each.ladder.key for each in content.roles},
        proficiencies=frozenset(each.key for each in content.proficiencies),
    )


def unknown_references(survey: Survey) -> Iterator[LintFinding]:
    """References to what the content does not list. Such a content cannot be published."""
    content, known = survey.content, _known(survey.content)
    for group in content.groups:
        if group.domain.key not in known.domains:
            yield _unknown("domain", group.domain.key, LintPlace(group=group.key))
    for skill in content.skills:
        if skill.group.key not in known.groups:
            yield _unknown("skill group", skill.group.key, LintPlace(skill=skill.key))
        for key in skill.depths:
            if key not in known.proficiencies:
                yield _unknown("proficiency", key, LintPlace(skill=skill.key))
    yield from _unknown_of_roles(content, known)
    yield from _unknown_in_cells(content, known)


def _unknown_of_roles(content: CatalogueContent, known: _Known) -> Iterator[LintFinding]:
    for role in content.roles:
        place = LintPlace(role=role.key)
        if role.family.key not in known.families:
            yield _unknown("role family", role.family.key, place)
        if role.ladder.key not in known.ladders:
            yield _unknown("ladder", role.ladder.key, place)
        for key in role.focus:
            if key not in known.ladders.get(role.ladder.key, role.focus):
                yield _unknown("level", key, place)


def _unknown_in_cells(content: CatalogueContent, known: _Known) -> Iterator[LintFinding]:
    for each in content.expectations:
        role, level, skill = each.role.key, each.level.key, each.skill.key
        ladder = known.roles.get(role)
        place = LintPlace(role=role, level=level, skill=skill)
        if ladder is None:
            yield _unknown("role", role, place)
        elif level not in known.ladders.get(ladder, (level,)):
            yield _unknown("level", level, place)
        if skill not in known.skills:
            yield _unknown("skill", skill, place)
        if each.proficiency is not None and each.proficiency.key not in known.proficiencies:
            yield _unknown("proficiency", each.proficiency.key, place)


def _unknown(noun: str, key: str, place: LintPlace) -> LintFinding:
    message = f"There is no {noun} “{key}”. Add it to the catalogue, or correct the reference."
    return LintFinding(LintRule.UNKNOWN_REFERENCE, LintSeverity.ERROR, place, message)


def repeated_keys(survey: Survey) -> Iterator[LintFinding]:
    """Keys that two things of a kind share, and cells with two expectations."""
    content = survey.content
    yield from _twice("skill", [(each.key, LintPlace(skill=each.key)) for each in content.skills])
    yield from _twice("role", [(each.key, LintPlace(role=each.key)) for each in content.roles])
    yield from _twice("group", [(each.key, LintPlace(group=each.key)) for each in content.groups])
    yield from _twice(
        "domain", [(each.key, LintPlace(domain=each.key)) for each in content.domains]
    )
    yield from _twice(
        "ladder", [(each.key, LintPlace(ladder=each.key)) for each in content.ladders]
    )
    for ladder in content.ladders:
        places = [
            (each.key, LintPlace(ladder=ladder.key, level=each.key)) for each in ladder.levels
        ]
        yield from _twice("level", places)
    if sum(map(len, survey.rungs.values())) < len(content.expectations):
        yield from _twice("expectation", [_cell(each) for each in content.expectations])


def _cell(each: Expectation) -> tuple[str, LintPlace]:
    role, level, skill = each.role.key, each.level.key, each.skill.key
    return f"{role}/{level}/{skill}", LintPlace(role=role, level=level, skill=skill)


def _twice(noun: str, places: Iterable[tuple[str, LintPlace]]) -> Iterator[LintFinding]:
    listed_places = list(places)
    counts = Counter(key for key, _ in listed_places)
    for key, place in dict(listed_places).items():
        if counts[key] > 1:
            message = f"The {noun} “{key}” stands {counts[key]} times. Keep one of them."
            yield LintFinding(LintRule.REPEATED_KEY, LintSeverity.ERROR, place, message)


def empty_things(survey: Survey) -> Iterator[LintFinding]:
    """Things that nothing belongs to, and levels of a role at which nothing is asked for."""
    content = survey.content
    grouped = {each.group.key for each in content.skills}
    for group in content.groups:
        if group.key not in grouped:
            yield _empty(LintPlace(group=group.key), f"The group {group.name.base} has no skill.")
    filled = {each.domain.key for each in content.groups}
    for domain in content.domains:
        if domain.key not in filled:
            yield _empty(
                LintPlace(domain=domain.key), f"The domain {domain.name.base} has no group."
            )
    for skill in content.skills:
        if not survey.by_skill[skill.key]:
            yield _empty(
                LintPlace(skill=skill.key), f"No role asks for the skill {skill.name.base}."
            )
    climbed = {each.ladder.key for each in content.roles}
    for ladder in content.ladders:
        if ladder.key not in climbed:
            yield _empty(
                LintPlace(ladder=ladder.key), f"No role has the ladder {ladder.name.base}."
            )
    yield from _empty_levels(survey)


def _empty_levels(survey: Survey) -> Iterator[LintFinding]:
    asked: dict[str, set[str]] = {}
    for (role_key, _), rungs in survey.rungs.items():
        asked.setdefault(role_key, set()).update(rungs)
    for role in survey.content.roles:
        levels = [each for each in role.ladder.levels if each.key not in asked.get(role.key, ())]
        if len(levels) == len(role.ladder.levels):
            yield _empty(LintPlace(role=role.key), f"The role {role.name.base} asks for no skill.")
        elif levels:
            names = listed([each.name.base for each in levels])
            place = LintPlace(role=role.key, level=levels[0].key)
            yield _empty(place, f"The role {role.name.base} asks for nothing at {names}.")


def _empty(place: LintPlace, message: str) -> LintFinding:
    return LintFinding(
        LintRule.EMPTY,
        LintSeverity.WARNING,
        place,
        f"{message} Fill it, or take it out of the catalogue.",
    )
