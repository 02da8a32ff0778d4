"""Counting what some skills ask for. Pure."""

from collections.abc import Iterable

from bot.domain.framework import Skill
from bot.domain.lookup.profiles import Figures
from bot.domain.revision import Catalogue


def figures_of(catalogue: Catalogue, skills: Iterable[Skill]) -> Figures:
    """Count roles, levels and requirements over the defined cells of some skills."""
    asking = [catalogue.asking_for(skill) for skill in skills]
    # A skill may be asked for in fifty places, and each profile counts them: each is there once.
    alone = len(asking) == 1
    rungs = asking[0].rungs if alone else set[int]().union(*(each.rungs for each in asking))
    required = sum(each.required.count(1) for each in asking)
    return Figures(
        skills=len(asking),
        roles=len(set(map(catalogue.role_numbers.__getitem__, rungs))),
        levels=len(set(map(catalogue.ranks.__getitem__, rungs))),
        required=required,
        optional=sum(len(each.required) for each in asking) - required,
    )
