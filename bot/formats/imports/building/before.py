"""The keys that things had in the revision before: what keeps its name keeps its key."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from bot.domain.framework import CatalogueContent, Ladder, Level
from bot.domain.text import LocalText
from bot.formats.mapping.words import normal


class _Named(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def name(self) -> LocalText: ...


Keys = Mapping[str, str]
"""Key by a name in its normal form."""


class Before:
    """Looks keys up in the revision before; finds none where there is no such revision."""

    def __init__(self, content: CatalogueContent | None) -> None:
        self.content = content
        self.roles = _keys(content.roles if content else ())
        self.skills = _keys(content.skills if content else ())
        self.groups = _keys(content.groups if content else ())
        self.domains = _keys(content.domains if content else ())
        self.families = _keys(content.families if content else ())
        self.proficiencies = _keys(content.proficiencies if content else ())
        self._ladder_of = {role.key: role.ladder for role in content.roles} if content else {}
        self._ladders = (
            {_rungs(ladder.levels): ladder for ladder in content.ladders} if content else {}
        )

    def ladder(self, levels: tuple[Level, ...]) -> Ladder | None:
        """Return the ladder that had levels of these keys, in this order."""
        return self._ladders.get(_rungs(levels))

    def levels(self, role_key: str) -> Mapping[str, Level]:
        """Return the levels that the role had, by name and alias in normal form."""
        ladder = self._ladder_of.get(role_key)
        found: dict[str, Level] = {}
        for level in ladder.levels if ladder else ():
            found.setdefault(normal(level.name.base), level)
        for level in ladder.levels if ladder else ():
            for alias in level.aliases:
                found.setdefault(normal(alias), level)
        return found


def _rungs(levels: Iterable[Level]) -> tuple[tuple[str, int, str | None], ...]:
    return tuple((level.key, level.rank, level.track) for level in levels)


def _keys(things: Iterable[_Named]) -> Keys:
    """Return keys by name, then by alias: a name is never overruled by another thing's alias."""
    listed = list(things)
    keys: dict[str, str] = {}
    for thing in listed:
        keys.setdefault(normal(thing.name.base), thing.key)
    for thing in listed:
        for alias in getattr(thing, "aliases", ()):
            keys.setdefault(normal(alias), thing.key)
    return keys
