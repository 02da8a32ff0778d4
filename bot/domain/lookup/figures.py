"""Counting what some skills ask for. Pure."""

from collections.abc import Iterable

from bot.domain.framework import Catalogue, Requirement, Skill
from bot.domain.lookup.profiles import Figures


def figures_of(catalogue: Catalogue, skills: Iterable[Skill]) -> Figures:
    """Count roles, levels and requirements over the defined cells of some skills."""
    chosen = tuple(skills)
    cells = [each for skill in chosen for each in catalogue.expectations_of(skill)]
    required = [each.requirement for each in cells].count(Requirement.REQUIRED)
    return Figures(
        skills=len(chosen),
        roles=len({each.role.key for each in cells}),
        levels=len({each.level.rank for each in cells}),
        required=required,
        optional=len(cells) - required,
    )
