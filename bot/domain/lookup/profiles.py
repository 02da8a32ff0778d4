"""What the skill, group, role, browse and details cards show of the catalogue."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from typing import NamedTuple

from bot.domain.framework import Domain, Expectation, Level, Role, Skill, SkillGroup
from bot.domain.lookup.gap import Gap
from bot.domain.lookup.rung import Rung
from bot.values import dataclass

Pages = tuple[tuple[Skill, ...], ...]
"""The skills of a role, as many on a page as fit; at least one page."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts over one or more skills.

    `levels` counts those with a defined cell; where ladders share rank and track it is one level.
    """

    skills: int
    roles: int
    levels: int
    required: int
    optional: int


class Cell(NamedTuple):
    """One cell of a table. `expectation` None means *not defined*; `level` None: no such rung.

    A named tuple, for a card has ten of them.
    """

    role: Role
    level: Level | None
    expectation: Expectation | None


@dataclass(frozen=True, slots=True)
class SkillProfile:
    """A skill as one card shows it. `rung` is None where no role asks for the skill.

    `cells` has the first role's cell at `rung.level`, then the counterparts of the next few of all
    `roles`, and `ladder` the first role's cell at each of its levels. `steps` is what the next
    level (several where the ladder forks) adds for the first role. `here` is the viewer's own level
    where the first role is theirs; `undefined_for` is their role where it does not define the
    skill.
    """

    skill: Skill
    figures: Figures
    rung: Rung | None
    own: bool
    here: Level | None
    cells: tuple[Cell, ...]
    ladder: tuple[Cell, ...]
    steps: tuple[Gap | Cell, ...]
    roles: tuple[Role, ...]
    undefined_for: Role | None


class Why(Enum):
    """Why a group is shown for just this role."""

    OWN = "own"
    ASKED = "asked"
    ASKS_MOST = "asks_most"  # no role was named, and the viewer has none
    OWN_ASKS_NOTHING = "own_asks_nothing"  # the viewer's role has no use for the group


@dataclass(frozen=True, slots=True)
class GroupOverview:
    """A group of skills for one role at one level. `rung` None: no role asks for any of them.

    `asked` is what the rung asks for, required before optional, then in catalogue order;
    `undefined` are the other skills of the group. `roles` are those that use the group, the one
    that asks most of it at this level first. `here` is the viewer's own level where the role is
    theirs.
    """

    group: SkillGroup
    figures: Figures
    updated_on: date | None
    rung: Rung | None
    why: Why
    here: Level | None
    roles: tuple[Role, ...]
    asked: tuple[Expectation, ...]
    undefined: tuple[Skill, ...]

    @property
    def own(self) -> bool:
        return self.why is Why.OWN


@dataclass(frozen=True, slots=True)
class RoleOverview:
    """A role with its skill matrix around one level.

    `columns` are up to three neighbouring levels with `level` among them, on one track. `skills`
    are those that any level of the role defines, a row each, in catalogue order, but domains with
    nothing of the role's core last; `pages` has them as a card shows them. `cells` has what each
    column defines, by the skills' keys. `core` are the keys of those that some level requires; the
    others are optional specialisms. `here` is the viewer's own level where the role is theirs.
    """

    role: Role
    own: bool
    level: Level
    here: Level | None
    columns: tuple[Level, ...]
    skills: tuple[Skill, ...]
    pages: Pages
    cells: tuple[Mapping[str, Expectation], ...]
    core: frozenset[str]

    def row(self, skill: Skill) -> tuple[Expectation | None, ...]:
        """Return what each column asks of a skill; None where it is not defined."""
        return tuple(cells.get(skill.key) for cells in self.cells)

    def required(self, domains: Iterable[str]) -> dict[str, list[int]]:
        """Count what each column requires in these domains, by their keys."""
        counts = {domain: [0] * len(self.cells) for domain in domains}
        for skill in self.skills:
            counted = counts.get(skill.group.domain.key)
            if counted is None:
                continue
            for at, cells in enumerate(self.cells):
                cell = cells.get(skill.key)
                if cell is not None and cell.required:
                    counted[at] += 1
        return counts


@dataclass(frozen=True, slots=True)
class DomainOverview:
    """A domain: its groups, each with its number of skills."""

    domain: Domain
    groups: tuple[tuple[SkillGroup, int], ...]


@dataclass(frozen=True, slots=True)
class CatalogueOverview:
    """All domains with their groups, and the roles, for browsing."""

    domains: tuple[DomainOverview, ...]
    roles: tuple[Role, ...]
    skills: int


@dataclass(frozen=True, slots=True)
class Details:
    """One cell in full, with the cells below and above it on the ladder."""

    rung: Rung
    skill: Skill
    cell: Cell
    below: Cell | None
    above: tuple[Cell, ...]
    roles: tuple[Role, ...]
