"""A skill as its card shows it, and one cell of it in full. Pure."""

from bot.domain.framework import Level, Role, Skill
from bot.domain.lookup.figures import figures_of
from bot.domain.lookup.gap import Gap, change_of
from bot.domain.lookup.profiles import Cell, Details, SkillProfile
from bot.domain.lookup.requests import Viewer
from bot.domain.lookup.rung import Rung
from bot.domain.revision import Catalogue

OTHERS = 3
"""How many other roles are shown beside the first one."""


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
    uses = own_role is not None and own_role.key in [each.key for each in roles]
    first = role or (own_role if uses else next(iter(roles), None))
    rung = Rung(first, level_on(catalogue, first, level, viewer)) if first else None
    others = tuple([each for each in roles if first is None or each.key != first.key])
    ladder = _ladder(catalogue, skill, rung.role) if rung else ()
    return SkillProfile(
        skill=skill,
        figures=figures_of(catalogue, (skill,)),
        rung=rung,
        own=first is not None and first.key == viewer.role,
        here=own_level(first, viewer) if first else None,
        cells=_cells(catalogue, skill, rung, others[:OTHERS]) if rung else (),
        ladder=ladder,
        steps=_steps(rung, ladder) if rung else (),
        roles=(first, *others) if first else others,
        undefined_for=None if uses else own_role,
    )


def own_level(role: Role, viewer: Viewer) -> Level | None:
    """Return the viewer's recorded level where `role` is theirs."""
    if role.key != viewer.role or not viewer.level:
        return None
    return role.ladder.level(viewer.level)


def level_on(catalogue: Catalogue, role: Role, level: Level | None, viewer: Viewer) -> Level:
    """Return the counterpart of `level` on the role's ladder, else of the viewer's, else the first.

    The viewer's level counts also where another role is shown: it is where they stand.
    """
    ladder = role.ladder
    own_role = catalogue.role(viewer.role) if viewer.role else None
    own = own_role.ladder.level(viewer.level) if own_role and viewer.level else None
    for wanted in (level, own):
        found = ladder.counterpart(wanted) if wanted else None
        if found:
            return found
    return ladder.levels[0]


def _ladder(catalogue: Catalogue, skill: Skill, role: Role) -> tuple[Cell, ...]:
    return tuple([_cell(catalogue, skill, role, level) for level in role.ladder.levels])


def _cells(
    catalogue: Catalogue, skill: Skill, rung: Rung, others: tuple[Role, ...]
) -> tuple[Cell, ...]:
    return tuple(
        [
            _cell(catalogue, skill, role, role.ladder.counterpart(rung.level))
            for role in (rung.role, *others)
        ]
    )


def _cell(catalogue: Catalogue, skill: Skill, role: Role, level: Level | None) -> Cell:
    return Cell(role, level, catalogue.expectation(role, level, skill) if level else None)


def _steps(rung: Rung, ladder: tuple[Cell, ...]) -> tuple[Gap | Cell, ...]:
    """Return a `Gap` per next level that adds something, a `Cell` per one that does not."""
    at = {cell.level.key: cell for cell in ladder if cell.level}
    today = at[rung.level.key].expectation
    steps: list[Gap | Cell] = []
    for level in rung.role.ladder.above(rung.level):
        cell = at[level.key]
        change = change_of(today, cell.expectation) if cell.expectation else None
        steps.append(
            Gap(cell.expectation, today, change)
            if cell.expectation and change is not None
            else cell
        )
    return tuple(steps)


def details(catalogue: Catalogue, skill: Skill, rung: Rung) -> Details:
    """Describe one cell beside its neighbours on the ladder."""
    role = rung.role
    below = role.ladder.below(rung.level)

    return Details(
        rung=rung,
        skill=skill,
        cell=_cell(catalogue, skill, role, rung.level),
        below=_cell(catalogue, skill, role, below) if below else None,
        above=tuple(_cell(catalogue, skill, role, each) for each in role.ladder.above(rung.level)),
        # Only roles that can be turned to: those with a counterpart of this level.
        roles=tuple(
            each for each in catalogue.roles_with(skill) if each.ladder.counterpart(rung.level)
        ),
    )
