"""Counting what some skills ask for. Pure."""

from collections.abc import Iterable, Sequence

from bot.domain.framework import Skill
from bot.domain.lookup.profiles import Figures
from bot.domain.revision import Catalogue


def figures_of(catalogue: Catalogue, skills: Iterable[Skill]) -> Figures:
    """Count roles, levels and requirements over the defined cells of some skills."""
    asking = [catalogue.asking_for(skill) for skill in skills]
    required = sum([each.required.count(1) for each in asking])
    return Figures(
        skills=len(asking),
        roles=_distinct([each.roles for each in asking]),
        levels=_distinct([each.levels for each in asking]),
        required=required,
        optional=sum([len(each.required) for each in asking]) - required,
    )


def _distinct(numbers: Sequence[Sequence[int]]) -> int:
    """Count the numbers of all; those of one skill are each there once."""
    if len(numbers) == 1:
        return len(numbers[0])
    every: set[int] = set()
    return len(every.union(*numbers))
