"""The catalogue: an immutable career framework, held in memory and shared by all workspaces.

Every value is frozen. A `Catalogue` is one published revision together with the indexes that
make each question a command asks a dictionary lookup: nothing here reads a database.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple, TypeVar, cast

from bot.domain.guidance import NO_GUIDE, NO_GUIDES, Band, Guide, Resource, Scope
from bot.domain.moves import NO_MOVES, Moves
from bot.domain.text import LocalText

K = TypeVar("K")
V = TypeVar("V")

_Keys = tuple[str, str]  # of a role and a level
_MOST_WORKED_OUT = 512
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
class RevisionInfo:
    """Which published version this is: `id` is unique everywhere, `number` per catalogue."""

    id: int
    catalogue_key: str
    number: int
    author: str
    note: str
    published_at: datetime


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


class Place(NamedTuple):
    """Where a skill is asked for; one is shared by all skills that are asked for alike there."""

    role: Role
    level: Level
    required: bool


_NO_CELLS: Mapping[str, Expectation] = MappingProxyType({})


class Catalogue:
    """One published revision, indexed. Immutable by convention; safe to share between tasks."""

    def __init__(
        self, revision: RevisionInfo, content: CatalogueContent, moves: Moves = NO_MOVES
    ) -> None:
        """Index `content` in one pass. `moves` says what keys of older revisions stand for in it.

        Raises:
            ValueError: two expectations share (role, level, skill).
        """
        self.revision = revision
        self.content = content
        self.moves = moves
        self._skills = {skill.key: skill for skill in content.skills}
        self._roles = {role.key: role for role in content.roles}
        self._groups = {group.key: group for group in content.groups}
        self._domains = {domain.key: domain for domain in content.domains}
        self._by_rung = _by_rung(content.expectations)
        self._places = _places(self._by_rung.values())
        self._skills_of_group = _grouped((skill.group.key, skill) for skill in content.skills)
        self._groups_of_domain = _grouped((group.domain.key, group) for group in content.groups)
        self._skills_of_role: dict[str, dict[str, Skill]] = {}
        self._roles_of_skill: dict[str, tuple[Role, ...]] = {}
        self._worked_out: dict[tuple[object, ...], object] = {}

    def skill(self, key: str) -> Skill | None:
        return self._skills.get(key)

    def role(self, key: str) -> Role | None:
        return self._roles.get(key)

    def group(self, key: str) -> SkillGroup | None:
        return self._groups.get(key)

    def domain(self, key: str) -> Domain | None:
        return self._domains.get(key)

    def skills_of(self, group: SkillGroup) -> tuple[Skill, ...]:
        """Return the group's skills in catalogue order."""
        return self._skills_of_group.get(group.key, ())

    def groups_of(self, domain: Domain) -> tuple[SkillGroup, ...]:
        """Return the domain's groups in catalogue order."""
        return self._groups_of_domain.get(domain.key, ())

    def expectations_of(self, skill: Skill) -> tuple[Expectation, ...]:
        """Return every expectation of a skill, by role in catalogue order, then level rank."""
        places = self.places_of(skill)
        return tuple(self.cells_at(each.role, each.level)[skill.key] for each in places)

    def places_of(self, skill: Skill) -> tuple[Place, ...]:
        """Return where every expectation of a skill stands, in the same order.

        Of a large catalogue these few are at hand, where the expectations lie far apart in memory.
        """
        return self._places.get(skill.key, ())

    def expectations_at(self, role: Role, level: Level) -> tuple[Expectation, ...]:
        """Return every expectation of a role at a level, in catalogue order of skills."""
        return tuple(self.cells_at(role, level).values())

    def cells_at(self, role: Role, level: Level) -> Mapping[str, Expectation]:
        """Return the same by the keys of their skills."""
        return self._by_rung.get((role.key, level.key), _NO_CELLS)

    def expectation(self, role: Role, level: Level, skill: Skill) -> Expectation | None:
        """Return one cell, or None where the catalogue does not define it."""
        return self.cells_at(role, level).get(skill.key)

    def roles_with(self, skill: Skill) -> tuple[Role, ...]:
        """Return the roles that define the skill at any level, in catalogue order."""
        found = self._roles_of_skill.get(skill.key)
        if found is None:
            roles = {each.role.key: each.role for each in self.places_of(skill)}
            found = self._roles_of_skill[skill.key] = tuple(roles.values())
        return found

    def skills_asked_of(self, role: Role) -> tuple[Skill, ...]:
        """Return every skill that some level of the role defines, in catalogue order."""
        return tuple(self.asked_of(role).values())

    def asked_of(self, role: Role) -> Mapping[str, Skill]:
        """Return the same by the skills' keys."""
        found = self._skills_of_role.get(role.key)
        if found is None:
            keys = {key for level in role.ladder.levels for key in self.cells_at(role, level)}
            ordered = sorted(keys, key=self.skill_order.__getitem__)
            found = self._skills_of_role[role.key] = {key: self._skills[key] for key in ordered}
        return found

    def worked_out(self, key: tuple[object, ...], make: Callable[[], V]) -> V:
        """Return what follows from this revision and `key` alone, made once.

        Everything is forgotten when it has become much, so that it stays bounded.
        """
        found = self._worked_out.get(key)
        if found is None:
            if len(self._worked_out) >= _MOST_WORKED_OUT:
                self._worked_out.clear()
            found = self._worked_out[key] = make()
        return cast("V", found)

    @cached_property
    def role_order(self) -> Mapping[str, int]:
        """Position of each role in the catalogue, by key."""
        return {role.key: position for position, role in enumerate(self.content.roles)}

    @cached_property
    def skill_order(self) -> Mapping[str, int]:
        """Position of each skill in the catalogue, by key."""
        return {skill.key: position for position, skill in enumerate(self.content.skills)}


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    lists: dict[K, list[V]] = {}
    for key, value in pairs:
        lists.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in lists.items()}


def _by_rung(expectations: Iterable[Expectation]) -> dict[_Keys, dict[str, Expectation]]:
    found: dict[_Keys, dict[str, Expectation]] = defaultdict(dict)
    for each in expectations:
        cells = found[each.role.key, each.level.key]
        if cells.setdefault(each.skill.key, each) is not each:
            raise ValueError(f"duplicate expectation at {each.role.key}/{each.level.key}")
    return dict(found)


def _places(rungs: Iterable[Mapping[str, Expectation]]) -> dict[str, tuple[Place, ...]]:
    found: dict[str, list[Place]] = defaultdict(list)
    for cells in rungs:
        first = next(iter(cells.values()))
        required, optional = (Place(first.role, first.level, each) for each in (True, False))
        for skill, cell in cells.items():
            found[skill].append(required if cell.required else optional)
    return {skill: tuple(places) for skill, places in found.items()}


@dataclass(frozen=True, slots=True, order=True)
class CellKey:
    """Names an expectation by stable keys, so that it survives renames and new revisions."""

    role: str
    level: str
    skill: str


def key_of(expectation: Expectation) -> CellKey:
    """Return the stable name of an expectation."""
    return CellKey(expectation.role.key, expectation.level.key, expectation.skill.key)


def expectation_at(catalogue: Catalogue, cell: CellKey) -> Expectation | None:
    """Return the expectation that a cell names, or None where the catalogue has none."""
    role, skill = catalogue.role(cell.role), catalogue.skill(cell.skill)
    level = role.ladder.level(cell.level) if role else None
    if role is None or level is None or skill is None:
        return None
    return catalogue.expectation(role, level, skill)
