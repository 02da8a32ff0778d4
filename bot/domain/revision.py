"""One published revision of a framework, with the indexes that commands ask.

They make each question a dictionary lookup: nothing here reads a database.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple, TypeVar, cast

from bot.domain.framework import (
    CatalogueContent,
    CellKey,
    Domain,
    Expectation,
    Level,
    Role,
    Skill,
    SkillGroup,
)
from bot.domain.moves import NO_MOVES, Moves
from bot.pauses import Pause, in_turns, no_pause
from bot.values import dataclass

K = TypeVar("K")
V = TypeVar("V")

_Keys = tuple[str, str]  # of a role and a level
# Of each, a few kilobytes: enough for what a framework of hundreds of roles and groups is asked.
_MOST_WORKED_OUT = 2048
# Expectations that are indexed in a fraction of a millisecond.
_TURN = 500
# Skills that are.
_FEW = 100


@dataclass(frozen=True, slots=True)
class RevisionInfo:
    """Which published version this is: `id` is unique everywhere, `number` per catalogue."""

    id: int
    catalogue_key: str
    number: int
    author: str
    note: str
    published_at: datetime


class Place(NamedTuple):
    """Where a skill is asked for."""

    role: Role
    level: Level
    required: bool


class Asking(NamedTuple):
    """The same for all places of a skill, in numbers.

    `rungs` are positions in `Catalogue.rungs`, in order; `required` has a 1 or a 0 for each.
    `roles` are the positions of their roles in the catalogue, and `levels` the numbers of their
    levels, each once; levels of two ladders are one where they share rank and track.
    """

    rungs: Sequence[int]
    required: bytes
    roles: Sequence[int]
    levels: Sequence[int]


_NOT_ASKED = Asking((), b"", (), ())
_NO_CELLS: Mapping[str, Expectation] = MappingProxyType({})


class Catalogue:
    """One published revision, indexed. Immutable by convention; safe to share between tasks."""

    def __init__(
        self,
        revision: RevisionInfo,
        content: CatalogueContent,
        moves: Moves = NO_MOVES,
        *,
        pause: Pause = no_pause,
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
        self._by_rung = _by_rung(in_turns(content.expectations, pause, every=_TURN))
        self.rungs = tuple(_rung(cells) for cells in self._by_rung.values())
        """The role and level of every rung that asks for something, in order."""
        self._asking = _asking(
            self._by_rung.values(),
            self.role_numbers,
            _level_numbers([level for _, level in self.rungs]),
            pause,
        )
        self._skills_of_group = _grouped((skill.group.key, skill) for skill in content.skills)
        self._groups_of_domain = _grouped((group.domain.key, group) for group in content.groups)
        self._skills_of_role: dict[str, dict[str, Skill]] = {}
        self._worked_out: dict[tuple[object, ...], object] = {}
        self._lasting: dict[object, object] = {}

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
        """Return where every expectation of a skill stands, in the same order."""
        rungs, required, *_ = self.asking_for(skill)
        return tuple(
            Place(*self.rungs[rung], bool(each)) for rung, each in zip(rungs, required, strict=True)
        )

    def asking_for(self, skill: Skill) -> Asking:
        """Return the same in numbers.

        They are at hand, where the expectations of a large catalogue lie far apart in memory.
        """
        return self._asking.get(skill.key, _NOT_ASKED)

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
        roles = self.content.roles
        return tuple([roles[number] for number in self.asking_for(skill).roles])

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

        The oldest is forgotten when it has become much, so that it stays bounded.
        """
        found = self._worked_out.get(key)
        if found is None:
            if len(self._worked_out) >= _MOST_WORKED_OUT:
                del self._worked_out[next(iter(self._worked_out))]
            found = self._worked_out[key] = make()
        return cast("V", found)

    def lasting(
        self, make: "Callable[[Catalogue], V]", *, using: "Callable[[], V] | None" = None
    ) -> V:
        """Return what `make` makes of this revision, made once and never forgotten.

        `using` makes the same in its place.
        """
        found = self._lasting.get(make)
        if found is None:
            found = self._lasting[make] = make(self) if using is None else using()
        return cast("V", found)

    @cached_property
    def role_numbers(self) -> Sequence[int]:
        """Position in the catalogue of each rung's role."""
        order = self.role_order
        return array("I", [order[role.key] for role, _ in self.rungs])

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


def _rung(cells: Mapping[str, Expectation]) -> tuple[Role, Level]:
    first = next(iter(cells.values()))
    return first.role, first.level


def _asking(
    rungs: Iterable[Mapping[str, Expectation]],
    roles: Sequence[int],
    levels: Sequence[int],
    pause: Pause,
) -> dict[str, Asking]:
    """Return where each skill is asked for; `roles` and `levels` tell of each rung its own."""
    numbers: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    required: defaultdict[str, bytearray] = defaultdict(bytearray)
    for number, cells in enumerate(in_turns(rungs, pause, every=1)):
        for skill, cell in cells.items():
            numbers[skill].append(number)
            required[skill].append(cell.required)
    # Most skills are asked for at the same levels.
    alike: dict[tuple[int, ...], tuple[int, ...]] = {}
    found: dict[str, Asking] = {}
    for skill, each in in_turns(numbers.items(), pause, every=_FEW):
        at = tuple(sorted(set(map(levels.__getitem__, each))))
        of = array("I", dict.fromkeys(map(roles.__getitem__, each)))
        found[skill] = Asking(each, bytes(required[skill]), of, alike.setdefault(at, at))
    return found


def _level_numbers(levels: Iterable[Level]) -> list[int]:
    """Number levels, those of one rank and track alike; two tracks of a fork are two levels."""
    known: dict[tuple[int, str | None], int] = {}
    return [known.setdefault((each.rank, each.track), len(known)) for each in levels]


def expectation_at(catalogue: Catalogue, cell: CellKey) -> Expectation | None:
    """Return the expectation that a cell names, or None where the catalogue has none."""
    role, skill = catalogue.role(cell.role), catalogue.skill(cell.skill)
    level = role.ladder.level(cell.level) if role else None
    if role is None or level is None or skill is None:
        return None
    return catalogue.expectation(role, level, skill)
