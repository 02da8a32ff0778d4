"""A group of skills as one role at one level meets it. Pure."""

from bot.domain.framework import Level, Role, SkillGroup
from bot.domain.lookup.figures import figures_of
from bot.domain.lookup.profiles import GroupOverview, Why
from bot.domain.lookup.requests import Viewer
from bot.domain.lookup.rung import Rung
from bot.domain.lookup.skill_profile import level_on, own_level
from bot.domain.revision import Catalogue

_NOBODYS = -1


def group_overview(
    catalogue: Catalogue,
    group: SkillGroup,
    *,
    viewer: Viewer,
    role: Role | None,
    level: Level | None,
) -> GroupOverview:
    """Describe a group for `role`, else the viewer's, else the role that asks most of it.

    The viewer's own gives way where it asks for nothing of the group at any level. The level is
    `level` or its counterpart on the role's ladder, else the viewer's, else the lowest at which
    the role asks for something.
    """
    shown, why = _role(catalogue, group, viewer, role, level)
    rung = Rung(shown, _level(catalogue, group, shown, level, viewer)) if shown else None
    skills = catalogue.skills_of(group)
    cells = catalogue.cells_at(rung.role, rung.level) if rung else {}
    asked = [cells[each.key] for each in skills if each.key in cells]
    return GroupOverview(
        group=group,
        figures=catalogue.worked_out(
            ("group figures", group.key), lambda: figures_of(catalogue, skills)
        ),
        updated_on=max((each.updated_on for each in skills if each.updated_on), default=None),
        rung=rung,
        why=why,
        here=own_level(shown, viewer) if shown else None,
        roles=roles_by_asking(catalogue, group, rung.level if rung else None),
        asked=tuple(sorted(asked, key=lambda each: not each.required)),
        undefined=tuple(each for each in skills if each.key not in cells),
    )


def _role(
    catalogue: Catalogue,
    group: SkillGroup,
    viewer: Viewer,
    role: Role | None,
    level: Level | None,
) -> tuple[Role | None, Why]:
    if role is not None:
        return role, Why.OWN if role.key == viewer.role else Why.ASKED
    users = roles_for(catalogue, group, viewer, level)
    first = next(iter(users), None)
    if first and first.key == viewer.role:
        return first, Why.OWN
    # The level's own ladder, where it was asked for by name.
    shown = next((each for each in users if level and each.ladder.level(level.key)), first)
    own = catalogue.role(viewer.role) if viewer.role else None
    return shown, Why.OWN_ASKS_NOTHING if own else Why.ASKS_MOST


def roles_for(
    catalogue: Catalogue, group: SkillGroup, viewer: Viewer, level: Level | None
) -> tuple[Role, ...]:
    """Return the roles that a viewer who names none may be shown, the best first.

    It is their own alone where that uses the group.
    """
    users = roles_by_asking(catalogue, group, level)
    own = tuple(each for each in users if each.key == viewer.role)
    return own or users


def _level(
    catalogue: Catalogue, group: SkillGroup, role: Role, level: Level | None, viewer: Viewer
) -> Level:
    found = level_on(catalogue, role, level, viewer)
    if level or viewer.level:
        return found
    skills = [skill.key for skill in catalogue.skills_of(group)]
    asking = (
        each
        for each in role.ladder.levels
        if not catalogue.cells_at(role, each).keys().isdisjoint(skills)
    )
    return next(asking, found)


def roles_by_asking(
    catalogue: Catalogue, group: SkillGroup, level: Level | None
) -> tuple[Role, ...]:
    """Return the roles that use a group, the one that asks most of it first.

    Most is: most that is required at the level's counterpart, then most at all there, then the
    order of the catalogue. Without a level everything counts that a role asks at any.
    """
    key = ("roles by asking", group.key, level and (level.key, level.rank))
    return catalogue.worked_out(key, lambda: _by_asking(catalogue, group, level))


def _by_asking(catalogue: Catalogue, group: SkillGroup, level: Level | None) -> tuple[Role, ...]:
    counted = catalogue.lasting(_CountedRungs).at(level)
    asking = [catalogue.asking_for(skill) for skill in catalogue.skills_of(group)]
    using = sorted(set[int]().union(*(each.roles for each in asking)))
    asked, required = dict.fromkeys(using, 0), dict.fromkeys(using, 0)
    for each in asking:
        numbers = map(counted.__getitem__, each.rungs)
        for number, needed in zip(numbers, each.required, strict=True):
            # Of hundreds of places, the few at this level.
            if number != _NOBODYS:
                asked[number] += 1
                required[number] += needed
    # Sorted by what counts least first: equal ones keep their order, also in reverse.
    using.sort(key=asked.__getitem__, reverse=True)
    using.sort(key=required.__getitem__, reverse=True)
    roles = catalogue.content.roles
    return tuple([roles[each] for each in using])


class _CountedRungs:
    """Whose rungs count where one asks for a level: a role's number for each of `Catalogue.rungs`.

    It is `_NOBODYS` where the rung does not count.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._rungs = catalogue.rungs
        self._numbers = catalogue.role_numbers
        self._found: dict[tuple[str, int] | None, list[int]] = {}

    def at(self, level: Level | None) -> list[int]:
        """Return those of the level's counterparts; every one without a level."""
        key = (level.key, level.rank) if level else None
        found = self._found.get(key)
        if found is None:
            pairs = zip(self._rungs, self._numbers, strict=True)
            found = [
                number if _counts(role, at, level) else _NOBODYS for (role, at), number in pairs
            ]
            self._found[key] = found
        return found


def _counts(role: Role, at: Level, level: Level | None) -> bool:
    counterpart = role.ladder.counterpart(level) if level else at
    return counterpart is not None and counterpart.key == at.key
