"""Counting what some skills ask for. Pure."""

from collections.abc import Iterable

from bot.domain.framework import Catalogue, Skill
from bot.domain.lookup.profiles import Figures


def figures_of(catalogue: Catalogue, skills: Iterable[Skill]) -> Figures:
    """Count roles, levels and requirements over the defined cells of some skills."""
    chosen = tuple(skills)
    places = [each for skill in chosen for each in catalogue.places_of(skill)]
    required = sum(each.required for each in places)
    return Figures(
        skills=len(chosen),
        roles=len({each.role.key for each in places}),
        levels=len({each.level.rank for each in places}),
        required=required,
        optional=len(places) - required,
    )
