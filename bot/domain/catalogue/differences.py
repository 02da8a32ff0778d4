"""What a comparison of two contents of a catalogue can find: typed values, no words.

Everything is told by stable keys. So a thing that got another name is *renamed*, and never looks
like one that went and another that came.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum
from functools import cached_property

from bot.domain.framework import (
    CatalogueContent,
    Domain,
    Expectation,
    Ladder,
    Level,
    Proficiency,
    Requirement,
    Role,
    RoleFamily,
    Skill,
    SkillGroup,
)
from bot.domain.guidance import Resource
from bot.domain.text import LocalText
from bot.values import dataclass

Path = tuple[str, ...]
Thing = Proficiency | Ladder | Level | Domain | SkillGroup | RoleFamily | Role | Skill | Expectation
Texts = tuple[LocalText, ...] | tuple[str, ...] | tuple[Resource, ...]
Value = Thing | LocalText | Texts | Resource | Requirement | date | int | str


class Part(StrEnum):
    """The kinds of thing that a catalogue consists of."""

    CATALOGUE = "catalogue"
    PROFICIENCY = "proficiency"
    LADDER = "ladder"
    LEVEL = "level"
    DOMAIN = "domain"
    GROUP = "group"
    FAMILY = "family"
    ROLE = "role"
    SKILL = "skill"
    EXPECTATION = "expectation"


class Edit(StrEnum):
    """What happened to a thing."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"  # the same key, another name
    RAISED = "raised"  # required now, or a greater proficiency
    LOWERED = "lowered"
    REWORDED = "reworded"  # a text in the base language
    MOVED = "moved"  # to another group, domain, family, ladder, track or place in the order
    TRANSLATED = "translated"  # translations alone
    AMENDED = "amended"  # aliases, dates, resources: nothing that is expected


class Aspect(StrEnum):
    """Which field of a thing differs."""

    NAME = "name"
    SUMMARY = "summary"
    TEXT = "text"
    DEPTH = "depth"
    FOCUS = "focus"
    PROMPTS = "prompts"
    EVIDENCE = "evidence"
    RESOURCES = "resources"
    SCOPE = "scope"
    ALIASES = "aliases"
    UPDATED = "updated"
    REQUIREMENT = "requirement"
    PROFICIENCY = "proficiency"
    GROUP = "group"
    DOMAIN = "domain"
    FAMILY = "family"
    LADDER = "ladder"
    TRACK = "track"
    RANK = "rank"
    ORDER = "order"
    BASE_LOCALE = "base_locale"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one thing that differs, or a whole thing that came or went.

    Attributes:
        path: stable keys: one for most parts; (ladder, level) for a level; (role, level, skill)
            for an expectation; none for the catalogue itself.
        names: the newest name for each key of `path`.
        aspect: the field; None where the whole thing was added or removed.
        before, after: the field's values, references as the things themselves; None is absence.
        detail: the proficiency's key for a depth, the level's key for a focus, else empty.
    """

    part: Part
    path: Path
    names: tuple[LocalText, ...]
    edit: Edit
    aspect: Aspect | None = None
    before: Value | None = None
    after: Value | None = None
    detail: str = ""


@dataclass(frozen=True)
class CatalogueDiff:
    """All differences from `old` to `new`: by part as `Part` lists them, in catalogue order."""

    old: CatalogueContent = field(repr=False)
    new: CatalogueContent = field(repr=False)
    differences: tuple[Difference, ...]

    def __bool__(self) -> bool:
        """Tell whether a reader of the catalogue would notice anything."""
        return bool(self.differences)

    @cached_property
    def counts(self) -> Mapping[tuple[Part, Edit], int]:
        """How many things of each part were edited in each way; a thing counts once per way."""
        touched = {(each.part, each.path, each.edit) for each in self.differences}
        return Counter((part, edit) for part, _, edit in touched)

    def count(self, edit: Edit, *parts: Part) -> int:
        """Return how many things were edited so, of these parts or (none given) of all."""
        wanted = parts or tuple(Part)
        return sum(self.counts.get((part, edit), 0) for part in wanted)

    def changed(self, part: Part) -> int:
        """Return how many things of a part are in both and differ."""
        whole = (Edit.ADDED, Edit.REMOVED)
        here = (each for each in self.differences if each.part is part)
        return len({each.path for each in here if each.edit not in whole})


def likely_rekeyed(diff: CatalogueDiff) -> tuple[tuple[Difference, Difference], ...]:
    """Return (removed, added) pairs of one part that carry the same name.

    Probably one thing whose key was changed. Goals and assessments refer to keys and lose it.
    """
    gone: dict[tuple[Part, str], Difference] = {}
    for each in _whole(diff.differences, Edit.REMOVED):
        gone.setdefault((each.part, _bare(each)), each)
    pairs = []
    for each in _whole(diff.differences, Edit.ADDED):
        removed = gone.pop((each.part, _bare(each)), None)
        if removed is not None:
            pairs.append((removed, each))
    return tuple(pairs)


def _whole(differences: Iterable[Difference], edit: Edit) -> Iterable[Difference]:
    return (each for each in differences if each.edit is edit and each.part is not Part.EXPECTATION)


def _bare(each: Difference) -> str:
    return " ".join(each.names[-1].base.casefold().split())
