"""A goal whose role or level has gone from the catalogue: what is nearest to it there."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from bot.domain.framework import Level, Role
from bot.domain.growth.goal import Goal
from bot.domain.lookup.gone import gone_rung
from bot.domain.lookup.rung import Rung
from bot.domain.revision import Catalogue

# Below this a name is another one: "LLM Engineer" and "ML Engineer" have 0.96, "Data Scientist"
# and "Data Engineer" 0.74, "Data Scientist" and "Backend Engineer" 0.33.
_LIKE = 0.6


def is_lost(goal: Goal, newest: Catalogue) -> bool:
    """Tell whether the newest revision lacks the goal's role or level."""
    return gone_rung(newest, goal.role, goal.level) is not None


def nearest(goal: Goal, pinned: Catalogue, newest: Catalogue) -> tuple[Rung, ...]:
    """Return what could take the goal's place in the newest revision, nearest first.

    The same role comes first where only its level has gone. Other roles follow by the share of
    skills that both ask for and by their names; what has neither is left out.
    """
    role = pinned.role(goal.role)
    level = role.ladder.level(goal.level) if role else None
    if role is None or level is None:
        return ()
    return tuple(Rung(each, _like(level, each)) for each in _ranked(role, pinned, newest))


def _like(level: Level, role: Role) -> Level:
    """Return the role's level that stands for a level, else the nearest in height."""
    ladder = role.ladder
    height = level.rank
    return ladder.counterpart(level) or min(
        ladder.levels, key=lambda each: (abs(each.rank - height), -each.rank)
    )


def _ranked(role: Role, pinned: Catalogue, newest: Catalogue) -> Iterator[Role]:
    same = newest.role(role.key)
    if same is not None:
        yield same
    asked = {each.key for each in pinned.skills_asked_of(role)}
    scored = []
    for position, other in enumerate(newest.content.roles):
        there = {each.key for each in newest.skills_asked_of(other)}
        shared = len(asked & there) / len(asked | there) if asked | there else 0.0
        named = SequenceMatcher(None, _name(role), _name(other)).ratio()
        if other != same and (shared or named >= _LIKE):
            scored.append((-shared - (named if named >= _LIKE else 0.0), position, other))
    yield from (other for *_, other in sorted(scored, key=lambda each: each[:2]))


def _name(role: Role) -> str:
    return role.name.base.casefold()
