"""A catalogue's content arranged for the rules: each is then a short walk."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import pairwise

from bot.domain.catalogue.lint.prose import Prose, prose
from bot.domain.catalogue.lint.words import padded
from bot.domain.framework import (
    CatalogueContent,
    Expectation,
    Ladder,
    Level,
    Role,
    Skill,
    SkillGroup,
)
from bot.domain.text import LocalText

Rungs = Mapping[str, Expectation]
"""The cells of one skill in one role, by level key."""


class Survey:
    """One content with what several rules need of it."""

    def __init__(self, content: CatalogueContent) -> None:
        self.content = content

    @cached_property
    def rungs(self) -> Mapping[tuple[str, str], Rungs]:
        """The cells by (role key, skill key)."""
        found: dict[tuple[str, str], dict[str, Expectation]] = {}
        for each in self.content.expectations:
            found.setdefault((each.role.key, each.skill.key), {})[each.level.key] = each
        return found

    @cached_property
    def by_skill(self) -> Mapping[str, tuple[Expectation, ...]]:
        """The cells of each skill, also of one that is not listed."""
        found: dict[str, list[Expectation]] = {each.key: [] for each in self.content.skills}
        for each in self.content.expectations:
            found.setdefault(each.skill.key, []).append(each)
        return {key: tuple(cells) for key, cells in found.items()}

    @cached_property
    def by_role(self) -> Mapping[str, tuple[Expectation, ...]]:
        """The cells of each role that has any, in the order of expectations."""
        found: dict[str, list[Expectation]] = {}
        for each in self.content.expectations:
            found.setdefault(each.role.key, []).append(each)
        return {key: tuple(cells) for key, cells in found.items()}

    @cached_property
    def _paths(self) -> dict[str, tuple[tuple[Level, ...], ...]]:
        return {}

    def paths(self, role: Role) -> tuple[tuple[Level, ...], ...]:
        """Return the ways up the role's ladder, see `paths`."""
        found = self._paths.get(role.key)
        if found is None:
            found = self._paths[role.key] = paths(role.ladder)
        return found

    def columns(self) -> Iterator[tuple[Role, Skill, Rungs]]:
        """Yield every (role, skill) that has cells, in the order of expectations."""
        for rungs in self.rungs.values():
            first = next(iter(rungs.values()))
            yield first.role, first.skill, rungs

    def steps(self, role: Role, rungs: Rungs) -> Iterator[tuple[Expectation, Expectation]]:
        """Yield (cell, next defined cell above) along every way up, each pair once."""
        seen: set[tuple[str, str]] = set()
        for path in self.paths(role):
            defined = [rungs[level.key] for level in path if level.key in rungs]
            for lower, upper in pairwise(defined):
                pair = (lower.level.key, upper.level.key)
                if pair not in seen:
                    seen.add(pair)
                    yield lower, upper

    @cached_property
    def prose(self) -> tuple[Prose, ...]:
        """Every name and text with its place."""
        return tuple(prose(self.content))

    @cached_property
    def _padded(self) -> dict[str, str]:
        return {}

    def padded(self, text: str) -> str:
        """Return a text as phrases are looked for in it; each text is worked out once."""
        found = self._padded.get(text)
        if found is None:
            found = self._padded[text] = padded(text)
        return found

    def versions(self, text: LocalText) -> Iterator[tuple[str, str | None, str]]:
        """Yield (language, locale of the place, text): the base language by its own tag too."""
        yield self.content.base_locale, None, text.base
        for locale, version in text.by_locale.items():
            yield locale, locale, version

    @cached_property
    def locales(self) -> tuple[str, ...]:
        """The languages that anything is translated into, in alphabetical order."""
        found: set[str] = set()
        for text in all_texts(self.content):
            if text.by_locale:
                found.update(text.by_locale)
        return tuple(sorted(found - {self.content.base_locale}))


def paths(ladder: Ladder) -> tuple[tuple[Level, ...], ...]:
    """Return the ways up a ladder, lowest level first: the trunk, and one per track of a fork.

    A trunk that ends where the tracks begin is part of theirs and not a way of its own.
    """
    trunk = [level for level in ladder.levels if level.track is None]
    tracks = dict.fromkeys(level.track for level in ladder.levels if level.track is not None)
    ways = []
    for track in tracks:
        own = [level for level in ladder.levels if level.track == track]
        foot = [level for level in trunk if level.rank < own[0].rank]
        ways.append((*foot, *own))
    covered = max((sum(level.track is None for level in way) for way in ways), default=0)
    if len(trunk) > covered:
        ways.insert(0, tuple(trunk))
    return tuple(ways)


def all_texts(content: CatalogueContent) -> Iterator[LocalText]:
    """Yield every name and text of a content."""
    yield content.name
    yield from (each.name for each in content.proficiencies)
    for ladder in content.ladders:
        yield ladder.name
        yield from (level.name for level in ladder.levels)
    yield from (each.name for each in content.domains)
    yield from (each.name for each in content.families)
    described: tuple[SkillGroup | Skill | Role, ...] = (
        *content.groups,
        *content.skills,
        *content.roles,
    )
    for thing in described:
        yield thing.name
        if thing.summary is not None:
            yield thing.summary
    for role in content.roles:
        yield from role.focus.values()
    for skill in content.skills:
        yield from skill.depths.values()
        yield from skill.prompts
        for guide in skill.guides.values():
            yield from (*guide.prompts, *guide.evidence)
    for each in content.expectations:
        if each.text is not None:
            yield each.text
        yield from each.prompts


def versions(text: LocalText) -> Iterator[tuple[str | None, str]]:
    """Yield (locale, text) of a text's languages; None is the base language."""
    yield None, text.base
    yield from text.by_locale.items()
