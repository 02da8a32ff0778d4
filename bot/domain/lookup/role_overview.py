"""A role as its card shows it: what changes around one level of its ladder. Pure."""

from array import array
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from bot.domain.framework import Ladder, Level, Role, Skill
from bot.domain.lookup.cell_codes import CellCodes, required_places
from bot.domain.lookup.profiles import Pages, RoleOverview
from bot.domain.lookup.requests import Viewer
from bot.domain.lookup.skill_profile import own_level
from bot.domain.revision import Catalogue

# As many lines of a table as a card has room for; a domain's own line costs as much as two.
MOST_LINES = 18
HEADING = 2
# A part of a domain is not begun with fewer.
FEWEST = HEADING + 3


def role_overview(
    catalogue: Catalogue, role: Role, *, viewer: Viewer, level: Level | None
) -> RoleOverview:
    """Describe a role around `level`, else the viewer's where the role is theirs, else the lowest.

    Every skill that any of the role's levels defines is among its skills.
    """
    here = own_level(role, viewer)
    shown = level or here or role.ladder.levels[0]
    columns = neighbours(role.ladder, shown)
    skills, core, pages = catalogue.worked_out(
        ("core", role.key), lambda: _skills_of(catalogue, role)
    )
    return RoleOverview(
        role=role,
        own=role.key == viewer.role,
        level=shown,
        here=here,
        columns=columns,
        skills=skills,
        pages=pages,
        cells=tuple(catalogue.cells_at(role, each) for each in columns),
        core=core,
    )


def _skills_of(catalogue: Catalogue, role: Role) -> tuple[tuple[Skill, ...], frozenset[str], Pages]:
    """Return every skill of a role, the keys of its core (what some level requires), and its pages.

    The domains with nothing of the core stand last: a designer is shown design before AI. The same
    at every level, so that a page stays itself when another level is chosen. Otherwise the
    catalogue's order stays.
    """
    codes = catalogue.lasting(CellCodes).of(role)
    domains, skills = catalogue.lasting(_domains), catalogue.content.skills
    needed: set[int] = set()
    for row in codes.rows.values():
        needed.update(required_places(codes, row))
    central = {domains[place] for place in needed}
    places = sorted(codes.places, key=lambda place: domains[place] not in central)
    every = tuple([skills[place] for place in places])
    return every, frozenset([skills[place].key for place in needed]), pages_of(every)


def _domains(catalogue: Catalogue) -> Sequence[int]:
    """Return the number of each skill's domain."""
    numbers: dict[str, int] = {}
    return array(
        "I",
        [
            numbers.setdefault(skill.group.domain.key, len(numbers))
            for skill in catalogue.content.skills
        ],
    )


def neighbours(ladder: Ladder, level: Level) -> tuple[Level, ...]:
    """Return up to three levels in a row with `level` among them, in the middle where it can be.

    Where the ladder forks they stay on the level's own track, from the trunk on its first.
    """
    below, above = ladder.below(level), _above(ladder, level)
    row = [each for each in (below, level, above) if each]
    if below is None and above and (second := _above(ladder, above)):
        row.append(second)
    elif above is None and below and (second := ladder.below(below)):
        row.insert(0, second)
    return tuple(row)


def _above(ladder: Ladder, level: Level) -> Level | None:
    return next(iter(ladder.above(level)), None)


# Of hundreds of skills, so without a call of ours for each.
_domain_key = attrgetter("group.domain.key")


def pages_of(skills: Sequence[Skill]) -> Pages:
    """Return pages of so many skills as fit; at least one page, an empty one for none.

    A domain stands on one page where it fits on one; a larger one begins where there is room.
    """
    pages: list[list[Skill]] = [[]]
    room = MOST_LINES
    for _, found in groupby(skills, key=_domain_key):
        domain = list(found)
        if len(domain) + HEADING > room and (
            len(domain) + HEADING <= MOST_LINES or room < HEADING + 3
        ):
            pages.append([])
            room = MOST_LINES
        while domain:
            pages[-1] += domain[: room - HEADING]
            domain, room = domain[room - HEADING :], room - HEADING - len(domain)
            if domain:
                pages.append([])
                room = MOST_LINES
    return tuple(map(tuple, pages))
