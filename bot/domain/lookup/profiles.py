"""Reading the catalogue: the values behind the skill, group, role and browse cards. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.domain.framework import (
    Catalogue,
    Domain,
    Expectation,
    Ladder,
    Level,
    Role,
    Skill,
    SkillGroup,
)
from bot.domain.lookup.gap import Gap, change_of
from bot.domain.lookup.requests import Viewer
from bot.domain.lookup.rung import Rung

DEPTH_ROLES = 4


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts over one or more skills. `levels` counts distinct ranks with a defined cell."""

    skills: int
    roles: int
    levels: int
    required: int
    optional: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table. `expectation` None means *not defined*; `level` None: no such rung."""

    role: Role
    level: Level | None
    expectation: Expectation | None


@dataclass(frozen=True, slots=True)
class SkillProfile:
    """A skill as one card shows it. `rung` is None where no role asks for the skill.

    `cells` has the first role's cell at `rung.level`, then the other roles' counterparts. `steps`
    is what the next level (several where the ladder forks) adds for the first role. `depth` has
    the first `DEPTH_ROLES` roles. `undefined_for`
    is the viewer's role where it does not define the skill.
    """

    skill: Skill
    figures: Figures
    rung: Rung | None
    own: bool
    cells: tuple[Cell, ...]
    steps: tuple[Gap | Cell, ...]
    roles: tuple[Role, ...]
    depth: tuple[tuple[Level, tuple[Cell, ...]], ...]
    undefined_for: Role | None


@dataclass(frozen=True, slots=True)
class GroupOverview:
    """A group of skills. `role` None: every role's expectations are shown, at `level`."""

    group: SkillGroup
    figures: Figures
    updated_on: date | None
    role: Role | None
    own: bool
    ladder: Ladder | None
    level: Level | None
    rows: tuple[tuple[Skill, tuple[Cell, ...]], ...]


@dataclass(frozen=True, slots=True)
class RoleOverview:
    """A role with its skill matrix: one row per skill, one cell per level, in catalogue order."""

    role: Role
    own: bool
    level: Level | None
    figures: Figures
    rows: tuple[tuple[Skill, tuple[Cell, ...]], ...]


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


def figures_of(catalogue: Catalogue, skills: Iterable[Skill]) -> Figures:
    """Count roles, levels and requirements over the defined cells of some skills."""
    chosen = tuple(skills)
    cells = [each for skill in chosen for each in catalogue.expectations_of(skill)]
    required = sum(each.required for each in cells)
    return Figures(
        skills=len(chosen),
        roles=len({each.role.key for each in cells}),
        levels=len({each.level.rank for each in cells}),
        required=required,
        optional=len(cells) - required,
    )


def skill_profile(
    catalogue: Catalogue, skill: Skill, *, viewer: Viewer, role: Role | None, level: Level | None
) -> SkillProfile:
    """Describe a skill for a viewer.

    The first role is `role`, else the viewer's where it defines the skill, else the first that
    does. The level is `level` or its counterpart on that role's ladder, else the viewer's, else
    the lowest.
    """
    roles = catalogue.roles_with(skill)
    own_role = catalogue.role(viewer.role) if viewer.role else None
    first = role or (own_role if own_role and _among(own_role, roles) else next(iter(roles), None))
    rung = Rung(first, _level_on(catalogue, first, level, viewer)) if first else None
    others = tuple(each for each in roles if first is None or each.key != first.key)
    ordered = (first, *others) if first else others
    return SkillProfile(
        skill=skill,
        figures=figures_of(catalogue, (skill,)),
        rung=rung,
        own=first is not None and first.key == viewer.role,
        cells=tuple(_counterpart(catalogue, skill, each, rung.level) for each in ordered)
        if rung
        else (),
        steps=_steps(catalogue, skill, rung) if rung else (),
        roles=ordered,
        depth=_depth(catalogue, skill, rung.role.ladder, ordered[:DEPTH_ROLES]) if rung else (),
        undefined_for=own_role if own_role and not _among(own_role, roles) else None,
    )


def _among(role: Role, roles: tuple[Role, ...]) -> bool:
    return any(each.key == role.key for each in roles)


def _level_on(catalogue: Catalogue, role: Role, level: Level | None, viewer: Viewer) -> Level:
    ladder = role.ladder
    own_role = catalogue.role(viewer.role) if viewer.role else None
    own = own_role.ladder.level(viewer.level) if own_role and viewer.level else None
    for wanted in (level, own):
        found = ladder.counterpart(wanted) if wanted else None
        if found:
            return found
    return ladder.levels[0]


def _cell(catalogue: Catalogue, skill: Skill, role: Role, level: Level) -> Cell:
    return Cell(role, level, catalogue.expectation(role, level, skill))


def _counterpart(catalogue: Catalogue, skill: Skill, role: Role, level: Level) -> Cell:
    found = role.ladder.counterpart(level)
    return _cell(catalogue, skill, role, found) if found else Cell(role, None, None)


def _steps(catalogue: Catalogue, skill: Skill, rung: Rung) -> tuple[Gap | Cell, ...]:
    """Return a `Gap` per next level that adds something, a `Cell` per one that does not."""
    today = catalogue.expectation(rung.role, rung.level, skill)
    steps: list[Gap | Cell] = []
    for level in rung.role.ladder.above(rung.level):
        cell = _cell(catalogue, skill, rung.role, level)
        change = change_of(today, cell.expectation) if cell.expectation else None
        steps.append(
            Gap(cell.expectation, today, change)
            if cell.expectation and change is not None
            else cell
        )
    return tuple(steps)


def _depth(
    catalogue: Catalogue, skill: Skill, ladder: Ladder, roles: tuple[Role, ...]
) -> tuple[tuple[Level, tuple[Cell, ...]], ...]:
    found = {(each.role.key, each.level.key): each for each in catalogue.expectations_of(skill)}

    def cell(role: Role, level: Level) -> Cell:
        at = role.ladder.counterpart(level)
        return Cell(role, at, found.get((role.key, at.key)) if at else None)

    return tuple((level, tuple(cell(role, level) for role in roles)) for level in ladder.levels)


def group_overview(
    catalogue: Catalogue,
    group: SkillGroup,
    *,
    viewer: Viewer,
    role: Role | None,
    level: Level | None,
) -> GroupOverview:
    """Describe a group for `role`, else the viewer's role, else for all roles that use it."""
    skills = catalogue.skills_of(group)
    shown = role or (catalogue.role(viewer.role) if viewer.role else None)
    users = tuple({each.key: each for s in skills for each in catalogue.roles_with(s)}.values())
    first = shown or next(iter(users), None)
    at = _level_on(catalogue, first, level, viewer) if first else None
    rows = []
    for skill in skills:
        roles = (shown,) if shown else catalogue.roles_with(skill)
        cells = tuple(_counterpart(catalogue, skill, each, at) for each in roles) if at else ()
        rows.append((skill, cells))
    dates = [skill.updated_on for skill in skills if skill.updated_on]
    return GroupOverview(
        group=group,
        figures=figures_of(catalogue, skills),
        updated_on=max(dates, default=None),
        role=shown,
        own=shown is not None and shown.key == viewer.role,
        ladder=first.ladder if first else None,
        level=at,
        rows=tuple(rows),
    )


def role_overview(
    catalogue: Catalogue, role: Role, *, viewer: Viewer, level: Level | None
) -> RoleOverview:
    """Describe a role with every skill that any of its levels defines."""
    own = role.key == viewer.role
    marked = level or (role.ladder.level(viewer.level) if own and viewer.level else None)
    by_skill: dict[str, dict[str, Expectation]] = {}
    for rung in role.ladder.levels:
        for each in catalogue.expectations_at(role, rung):
            by_skill.setdefault(each.skill.key, {})[rung.key] = each
    cells = [each for row in by_skill.values() for each in row.values()]
    order = catalogue.skill_order
    rows = tuple(
        (
            next(iter(row.values())).skill,
            tuple(Cell(role, rung, row.get(rung.key)) for rung in role.ladder.levels),
        )
        for _, row in sorted(by_skill.items(), key=lambda item: order[item[0]])
    )
    required = sum(each.required for each in cells)
    return RoleOverview(
        role=role,
        own=own,
        level=marked,
        figures=Figures(
            skills=len(rows),
            roles=1,
            levels=len(role.ladder.levels),
            required=required,
            optional=len(cells) - required,
        ),
        rows=rows,
    )


def domain_overview(catalogue: Catalogue, domain: Domain) -> DomainOverview:
    """Describe a domain by its groups."""
    groups = catalogue.groups_of(domain)
    return DomainOverview(domain, tuple((each, len(catalogue.skills_of(each))) for each in groups))


def catalogue_overview(catalogue: Catalogue) -> CatalogueOverview:
    """Describe the whole catalogue by domains and roles."""
    content = catalogue.content
    return CatalogueOverview(
        domains=tuple(domain_overview(catalogue, each) for each in content.domains),
        roles=content.roles,
        skills=len(content.skills),
    )


def details(catalogue: Catalogue, skill: Skill, rung: Rung) -> Details:
    """Describe one cell beside its neighbours on the ladder."""
    ladder = rung.role.ladder
    below = ladder.below(rung.level)
    return Details(
        rung=rung,
        skill=skill,
        cell=_cell(catalogue, skill, rung.role, rung.level),
        below=_cell(catalogue, skill, rung.role, below) if below else None,
        above=tuple(_cell(catalogue, skill, rung.role, each) for each in ladder.above(rung.level)),
        # Only roles that can be turned to: those with a counterpart of this level.
        roles=tuple(
            role for role in catalogue.roles_with(skill) if role.ladder.counterpart(rung.level)
        ),
    )
