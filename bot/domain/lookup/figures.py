"""Counting what some skills ask for. Pure."""

from collections.abc import Iterable

from bot.domain.framework import Catalogue, Skill
from bot.domain.lookup.profiles import Figures


def figures_of(catalogue: Catalogue, skills: Iterable[Skill]) -> Figures:
    """Count roles, levels and requirements over the defined cells of some skills."""
    chosen = tuple(skills)
    places = [each for skill in chosen for each in catalogue.places_of(skill)]
    required = sum(map(catalogue.required_of, chosen))
    return Figures(
        skills=len(chosen),
        roles=len({role.key for role, _ in places}),
        levels=len({level.rank for _, level in places}),
        required=required,
        optional=len(places) - required,
    )
