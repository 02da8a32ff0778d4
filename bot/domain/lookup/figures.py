"""Counting what some skills ask for. Pure."""

from collections.abc import Iterable
from operator import attrgetter

from bot.domain.framework import Skill
from bot.domain.lookup.profiles import Figures
from bot.domain.revision import Catalogue

# A skill may be asked for in fifty places, and each profile counts them.
_KEY, _RANK = attrgetter("key"), attrgetter("rank")


def figures_of(catalogue: Catalogue, skills: Iterable[Skill]) -> Figures:
    """Count roles, levels and requirements over the defined cells of some skills."""
    chosen = tuple(skills)
    places = [each for skill in chosen for each in catalogue.places_of(skill)]
    if not places:
        return Figures(len(chosen), 0, 0, 0, 0)
    roles, levels, required = zip(*places, strict=True)
    return Figures(
        skills=len(chosen),
        roles=len(set(map(_KEY, roles))),
        levels=len(set(map(_RANK, levels))),
        required=sum(required),
        optional=len(places) - sum(required),
    )
