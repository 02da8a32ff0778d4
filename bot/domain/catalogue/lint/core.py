"""The rule about a role's core: enough skills to describe it, few enough to grow in."""

from collections import Counter
from collections.abc import Iterator

from bot.domain.catalogue.lint.finding import LintFinding, LintPlace, LintRule, LintSeverity
from bot.domain.catalogue.lint.survey import Survey
from bot.domain.framework import Role
from bot.domain.said import Said, said, together

FEWEST = 8
MOST = 14
"""Of skills that a role requires somewhere, and the most that one of its levels requires."""


def core_sizes(survey: Survey) -> Iterator[LintFinding]:
    """Roles that require fewer than 8 or more than 14 skills, and levels that require more."""
    core: dict[str, set[str]] = {}
    at_level: Counter[tuple[str, str]] = Counter()
    asking: set[str] = set()
    for each in survey.content.expectations:
        asking.add(each.role.key)
        if each.required:
            core.setdefault(each.role.key, set()).add(each.skill.key)
            at_level[each.role.key, each.level.key] += 1
    for role in survey.content.roles:
        # A role that asks for nothing at all is `empty`.
        if role.key in asking:
            yield from _of_role(role, len(core.get(role.key, ())))
            yield from _of_levels(role, at_level)


def _of_role(role: Role, required: int) -> Iterator[LintFinding]:
    name = role.name.base
    told = said("{role} requires {count} skills.", role=name, count=required)
    if required < 2:
        told = said("{role} requires one skill.", role=name)
    if not required:
        told = said("{role} requires no skills.", role=name)
    if required < FEWEST:
        advice = said(
            "Require what the role cannot do without, {fewest} to {most} skills.",
            fewest=FEWEST,
            most=MOST,
        )
        yield _finding(LintPlace(role=role.key), together(told, advice))
    elif required > MOST:
        advice = said(
            "Keep the {fewest} to {most} that make the role, and let the others be optional.",
            fewest=FEWEST,
            most=MOST,
        )
        yield _finding(LintPlace(role=role.key), together(told, advice))


def _of_levels(role: Role, required: Counter[tuple[str, str]]) -> Iterator[LintFinding]:
    for level in role.ladder.levels:
        count = required[role.key, level.key]
        if count > MOST:
            yield _finding(
                LintPlace(role=role.key, level=level.key),
                said(
                    "{role} requires {count} skills at {level}. Nobody grows in more than {most} at"
                    " once: let some be optional there.",
                    role=role.name.base,
                    count=count,
                    level=level.name.base,
                    most=MOST,
                ),
            )


def _finding(place: LintPlace, message: Said) -> LintFinding:
    return LintFinding(LintRule.CORE_SIZE, LintSeverity.WARNING, place, message)
