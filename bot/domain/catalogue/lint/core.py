"""The rule about a role's core: enough skills to describe it, few enough to grow in."""

from collections import Counter
from collections.abc import Iterator

from bot.domain.catalogue.lint.finding import LintFinding, LintPlace, LintRule, LintSeverity
from bot.domain.catalogue.lint.survey import Survey
from bot.domain.framework import Role

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
    told = f"{role.name.base} requires {required or 'no'} skill{'' if required == 1 else 's'}"
    if required < FEWEST:
        advice = f"Require what the role cannot do without, {FEWEST} to {MOST} skills."
        yield _finding(LintPlace(role=role.key), f"{told}. {advice}")
    elif required > MOST:
        advice = f"Keep the {FEWEST} to {MOST} that make the role, and let the others be optional."
        yield _finding(LintPlace(role=role.key), f"{told}. {advice}")


def _of_levels(role: Role, required: Counter[tuple[str, str]]) -> Iterator[LintFinding]:
    for level in role.ladder.levels:
        count = required[role.key, level.key]
        if count > MOST:
            yield _finding(
                LintPlace(role=role.key, level=level.key),
                f"{role.name.base} requires {count} skills at {level.name.base}. "
                f"Nobody grows in more than {MOST} at once: let some be optional there.",
            )


def _finding(place: LintPlace, message: str) -> LintFinding:
    return LintFinding(LintRule.CORE_SIZE, LintSeverity.WARNING, place, message)
