"""The catalogue: an immutable career framework, held in memory and shared by all workspaces.

Every value is frozen. `revision.py` has one published revision with its indexes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from bot.domain.guidance import NO_GUIDE, NO_GUIDES, Band, Guide, Resource, Scope
from bot.domain.text import LocalText
from bot.values import dataclass

NO_DEPTHS: Mapping[str, LocalText] = MappingProxyType({})


class Requirement(StrEnum):
    """Whether a level needs the skill. A missing expectation is neither: it is *not defined*."""

    REQUIRED = "required"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class Proficiency:
    """Depth in a skill, for example Awareness < Working < Advanced < Expert. Compare ranks.

    `summary` says in a line what somebody at this depth does; a depth without one is a bare word,
    and nothing is concluded from it for another role.
    """

    key: str
    name: LocalText
    rank: int
    summary: LocalText | None = None


def is_deeper(
    one: Proficiency | None, other: Proficiency | None, *scales: Iterable[Proficiency]
) -> bool | None:
    """Tell whether `other`, of another key, is more depth than `one`, by the first scale with both.

    A depth that is not stated is less than any. None is what nobody can tell: ranks of two scales
    say nothing of each other.
    """
    if one is None or other is None:
        return one is None
    for scale in scales:
        ranks = {each.key: each.rank for each in scale}
        if one.key in ranks and other.key in ranks:
            return ranks[other.key] > ranks[one.key]
    return None


@dataclass(frozen=True, slots=True)
class Level:
    """One rung of a ladder. `track` names a fork (such as ``management``); None is the trunk.

    `scope` says how far its work reaches; None where the owner does not say.
    """

    key: str
    name: LocalText
    rank: int
    track: str | None = None
    aliases: tuple[str, ...] = ()
    scope: Scope | None = None


@dataclass(frozen=True, slots=True)
class Ladder:
    """The ordered levels of one or more roles, lowest rank first (1 to 12 levels)."""

    key: str
    name: LocalText
    levels: tuple[Level, ...]

    def level(self, key: str) -> Level | None:
        """Return the level with this key, or None."""
        for level in self.levels:  # asked for hundreds of times by one card
            if level.key == key:
                return level
        return None

    def above(self, level: Level) -> tuple[Level, ...]:
        """Return the next rung: one level, several where the ladder forks, none at the top."""
        higher = [each for each in self.levels if each.rank > level.rank]
        if level.track is not None:
            return self._nearest(level, higher)
        nearest: dict[str | None, Level] = {}
        for each in higher:
            nearest.setdefault(each.track, each)
        trunk = nearest.get(None)
        return tuple(each for each in nearest.values() if not trunk or each.rank <= trunk.rank)

    def below(self, level: Level) -> Level | None:
        """Return the rung below on the same track or trunk, or None at the foot."""
        lower = [each for each in reversed(self.levels) if each.rank < level.rank]
        return next(iter(self._nearest(level, lower)), None)

    def descends(self, upper: Level, lower: Level) -> bool:
        """Tell whether `lower` lies below `upper` on the trunk or on the same track."""
        return lower.rank < upper.rank and lower.track in (None, upper.track)

    @staticmethod
    def _nearest(level: Level, ordered: list[Level]) -> tuple[Level, ...]:
        if level.track is not None:
            ordered = [each for each in ordered if each.track in (None, level.track)]
        return tuple(each for each in ordered if each.rank == ordered[0].rank)

    def band_of(self, level: Level) -> Band:
        """Return the band of a level: by its scope, else early in the lower half of the ladder."""
        if level.scope is not None:
            return Band.EARLY if level.scope is Scope.SELF else Band.LATER
        ranks = sorted({each.rank for each in self.levels})
        return Band.EARLY if 2 * ranks.index(level.rank) < len(ranks) - 1 else Band.LATER

    def counterpart(self, level: Level) -> Level | None:
        """Return this ladder's level that stands for `level` of another ladder.

        The same key wins (two tracks may share a rank); else the same rank; else None.
        """
        return self.level(level.key) or next(
            (each for each in self.levels if each.rank == level.rank), None
        )


@dataclass(frozen=True, slots=True)
class Domain:
    key: str
    name: LocalText


@dataclass(frozen=True, slots=True)
class SkillGroup:
    key: str
    name: LocalText
    domain: Domain
    summary: LocalText | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skill:
    """One skill. `depths` maps a proficiency key to the skill's own text for that depth.

    `prompts` fit every level, those in `guides` the levels of their band.
    """

    key: str
    name: LocalText
    group: SkillGroup
    summary: LocalText | None = None
    updated_on: date | None = None
    aliases: tuple[str, ...] = ()
    depths: Mapping[str, LocalText] = field(default_factory=lambda: NO_DEPTHS, hash=False)
    prompts: tuple[LocalText, ...] = ()
    guides: Mapping[Band, Guide] = field(default_factory=lambda: NO_GUIDES, hash=False)
    resources: tuple[Resource, ...] = ()


@dataclass(frozen=True, slots=True)
class RoleFamily:
    key: str
    name: LocalText


@dataclass(frozen=True, slots=True)
class Role:
    """One role. `focus` maps a level key to one sentence on what that level is about."""

    key: str
    name: LocalText
    family: RoleFamily
    ladder: Ladder
    summary: LocalText | None = None
    aliases: tuple[str, ...] = ()
    focus: Mapping[str, LocalText] = field(default_factory=lambda: NO_DEPTHS, hash=False)


@dataclass(frozen=True, slots=True)
class Expectation:
    """What one role asks of one skill at one level.

    `text` may be absent: then the skill's own text for `proficiency` serves (see `wording`).
    """

    role: Role
    level: Level
    skill: Skill
    requirement: Requirement
    proficiency: Proficiency | None = None
    text: LocalText | None = None
    prompts: tuple[LocalText, ...] = ()
    resources: tuple[Resource, ...] = ()

    @property
    def wording(self) -> LocalText | None:
        """The text to show: its own, else the skill's for this proficiency, else None."""
        if self.text is not None or self.proficiency is None:
            return self.text
        return self.skill.depths.get(self.proficiency.key)

    @property
    def growth_prompts(self) -> tuple[LocalText, ...]:
        """Its own prompts, then those of its skill: for its band, then for all levels."""
        return self.prompts + self.guide.prompts + self.skill.prompts

    @property
    def guide(self) -> Guide:
        """What the skill gives the level's band to go by; an empty one where it gives nothing."""
        return self.skill.guides.get(self.role.ladder.band_of(self.level), NO_GUIDE)

    @property
    def all_resources(self) -> tuple[Resource, ...]:
        """What there is to learn from: its own first, then the skill's."""
        return self.resources + self.skill.resources

    @property
    def required(self) -> bool:
        return self.requirement is Requirement.REQUIRED


@dataclass(frozen=True, slots=True)
class CatalogueContent:
    """Everything an owner writes, in the owner's order. No revision, no index.

    Order carries meaning: domains, groups and skills are shown in it. Expectations are ordered by
    role, then level rank, then skill.
    """

    name: LocalText
    base_locale: str
    proficiencies: tuple[Proficiency, ...]
    ladders: tuple[Ladder, ...]
    domains: tuple[Domain, ...]
    groups: tuple[SkillGroup, ...]
    skills: tuple[Skill, ...]
    families: tuple[RoleFamily, ...]
    roles: tuple[Role, ...]
    expectations: tuple[Expectation, ...]


class CellKey(NamedTuple):
    """Names an expectation by stable keys, so that it survives renames and new revisions.

    A named tuple, for what a member holds is looked up by it: it is hashed and compared more than
    anything else.
    """

    role: str
    level: str
    skill: str


def key_of(expectation: Expectation) -> CellKey:
    """Return the stable name of an expectation."""
    return CellKey(expectation.role.key, expectation.level.key, expectation.skill.key)
