"""Rules about what refers to what: nothing unknown, nothing twice, nothing empty."""

from collections import Counter
from collections.abc import Iterable, Iterator

from bot.domain.catalogue.lint.finding import LintFinding, LintPlace, LintRule, LintSeverity
from bot.domain.catalogue.lint.survey import Survey
from bot.domain.framework import CatalogueContent, Expectation
from bot.domain.said import Said, listed, said, together
from bot.values import dataclass


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
            yield _unknown(said("domain"), group.domain.key, LintPlace(group=group.key))
    for skill in content.skills:
        if skill.group.key not in known.groups:
            yield _unknown(said("skill group"), skill.group.key, LintPlace(skill=skill.key))
        for key in skill.depths:
            if key not in known.proficiencies:
                yield _unknown(said("proficiency"), key, LintPlace(skill=skill.key))
    yield from _unknown_of_roles(content, known)
    yield from _unknown_in_cells(content, known)


def _unknown_of_roles(content: CatalogueContent, known: _Known) -> Iterator[LintFinding]:
    for role in content.roles:
        place = LintPlace(role=role.key)
        if role.family.key not in known.families:
            yield _unknown(said("role family"), role.family.key, place)
        if role.ladder.key not in known.ladders:
            yield _unknown(said("ladder"), role.ladder.key, place)
        for key in role.focus:
            if key not in known.ladders.get(role.ladder.key, role.focus):
                yield _unknown(said("level"), key, place)


def _unknown_in_cells(content: CatalogueContent, known: _Known) -> Iterator[LintFinding]:
    for each in content.expectations:
        role, level, skill = each.role.key, each.level.key, each.skill.key
        ladder = known.roles.get(role)
        place = LintPlace(role=role, level=level, skill=skill)
        if ladder is None:
            yield _unknown(said("role"), role, place)
        elif level not in known.ladders.get(ladder, (level,)):
            yield _unknown(said("level"), level, place)
        if skill not in known.skills:
            yield _unknown(said("skill"), skill, place)
        if each.proficiency is not None and each.proficiency.key not in known.proficiencies:
            yield _unknown(said("proficiency"), each.proficiency.key, place)


def _unknown(noun: Said, key: str, place: LintPlace) -> LintFinding:
    message = said(
        "There is no {kind} “{key}”. Add it to the catalogue, or correct the reference.",
        kind=noun,
        key=key,
    )
    return LintFinding(LintRule.UNKNOWN_REFERENCE, LintSeverity.ERROR, place, message)


def repeated_keys(survey: Survey) -> Iterator[LintFinding]:
    """Keys that two things of a kind share, and cells with two expectations."""
    content = survey.content
    yield from _twice(
        said("skill"), [(each.key, LintPlace(skill=each.key)) for each in content.skills]
    )
    yield from _twice(
        said("role"), [(each.key, LintPlace(role=each.key)) for each in content.roles]
    )
    yield from _twice(
        said("group"), [(each.key, LintPlace(group=each.key)) for each in content.groups]
    )
    yield from _twice(
        said("domain"), [(each.key, LintPlace(domain=each.key)) for each in content.domains]
    )
    yield from _twice(
        said("ladder"), [(each.key, LintPlace(ladder=each.key)) for each in content.ladders]
    )
    for ladder in content.ladders:
        places = [
            (each.key, LintPlace(ladder=ladder.key, level=each.key)) for each in ladder.levels
        ]
        yield from _twice(said("level"), places)
    if sum(map(len, survey.rungs.values())) < len(content.expectations):
        yield from _twice(said("expectation"), [_cell(each) for each in content.expectations])


def _cell(each: Expectation) -> tuple[str, LintPlace]:
    role, level, skill = each.role.key, each.level.key, each.skill.key
    return f"{role}/{level}/{skill}", LintPlace(role=role, level=level, skill=skill)


def _twice(noun: Said, places: Iterable[tuple[str, LintPlace]]) -> Iterator[LintFinding]:
    listed_places = list(places)
    counts = Counter(key for key, _ in listed_places)
    for key, place in dict(listed_places).items():
        if counts[key] > 1:
            message = said(
                "The {kind} “{key}” stands {count} times. Keep one of them.",
                kind=noun,
                key=key,
                count=counts[key],
            )
            yield LintFinding(LintRule.REPEATED_KEY, LintSeverity.ERROR, place, message)


def empty_things(survey: Survey) -> Iterator[LintFinding]:
    """Things that nothing belongs to, and levels of a role at which nothing is asked for."""
    content = survey.content
    grouped = {each.group.key for each in content.skills}
    for group in content.groups:
        if group.key not in grouped:
            message = said("The group {name} has no skill.", name=group.name.base)
            yield _empty(LintPlace(group=group.key), message)
    filled = {each.domain.key for each in content.groups}
    for domain in content.domains:
        if domain.key not in filled:
            message = said("The domain {name} has no group.", name=domain.name.base)
            yield _empty(LintPlace(domain=domain.key), message)
    for skill in content.skills:
        if not survey.by_skill[skill.key]:
            message = said("No role asks for the skill {name}.", name=skill.name.base)
            yield _empty(LintPlace(skill=skill.key), message)
    climbed = {each.ladder.key for each in content.roles}
    for ladder in content.ladders:
        if ladder.key not in climbed:
            message = said("No role has the ladder {name}.", name=ladder.name.base)
            yield _empty(LintPlace(ladder=ladder.key), message)
    yield from _empty_levels(survey)


def _empty_levels(survey: Survey) -> Iterator[LintFinding]:
    asked: dict[str, set[str]] = {}
    for (role_key, _), rungs in survey.rungs.items():
        asked.setdefault(role_key, set()).update(rungs)
    for role in survey.content.roles:
        levels = [each for each in role.ladder.levels if each.key not in asked.get(role.key, ())]
        if len(levels) == len(role.ladder.levels):
            message = said("The role {name} asks for no skill.", name=role.name.base)
            yield _empty(LintPlace(role=role.key), message)
        elif levels:
            names = listed([each.name.base for each in levels])
            place = LintPlace(role=role.key, level=levels[0].key)
            message = said(
                "The role {name} asks for nothing at {levels}.", name=role.name.base, levels=names
            )
            yield _empty(place, message)


def _empty(place: LintPlace, message: Said) -> LintFinding:
    told = together(message, said("Fill it, or take it out of the catalogue."))
    return LintFinding(LintRule.EMPTY, LintSeverity.WARNING, place, told)
