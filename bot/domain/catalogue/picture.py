"""A small picture of a framework that was read: how much of what there is, and two of its cells."""

from collections import Counter, defaultdict

from bot.domain.framework import CatalogueContent, Expectation, Level, Role
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class RolePicture:
    """A role with how many skills each of its levels asks for; `missing` are its empty cells."""

    role: Role
    counts: tuple[tuple[Level, int], ...]
    missing: int


@dataclass(frozen=True, slots=True)
class Picture:
    """`ladder` are the levels that all roles share, empty where they do not share them.

    `levels` counts the different ones by name, `samples` are up to two cells that say most.
    """

    roles: tuple[RolePicture, ...]
    ladder: tuple[Level, ...]
    levels: int
    skills: int
    cells: int
    samples: tuple[Expectation, ...]

    @property
    def missing(self) -> int:
        """How many cells of all roles say nothing although the role has the skill elsewhere."""
        return sum(each.missing for each in self.roles)


NO_PICTURE = Picture((), (), 0, 0, 0, ())


def picture_of(content: CatalogueContent) -> Picture:
    """Return the picture of a framework."""
    asked: dict[str, list[Expectation]] = defaultdict(list)
    for each in content.expectations:
        asked[each.role.key].append(each)
    ladders = {role.ladder.levels for role in content.roles}
    names = {level.name.base for ladder in ladders for level in ladder}
    return Picture(
        roles=tuple(_role(role, asked[role.key]) for role in content.roles),
        ladder=next(iter(ladders)) if len(ladders) == 1 else (),
        levels=len(names),
        skills=len(content.skills),
        cells=len(content.expectations),
        samples=_samples(content.expectations),
    )


def _role(role: Role, cells: list[Expectation]) -> RolePicture:
    counts = Counter(each.level.key for each in cells)
    tracks: dict[str, set[str | None]] = defaultdict(lambda: {None})
    for each in cells:
        tracks[each.skill.key].add(each.level.track)
    # A skill of one track is not missing on another.
    room = Counter(level.track for level in role.ladder.levels)
    places = sum(room[track] for every in tracks.values() for track in every)
    return RolePicture(
        role=role,
        counts=tuple((level, counts[level.key]) for level in role.ladder.levels),
        missing=places - len(cells),
    )


def _samples(cells: tuple[Expectation, ...]) -> tuple[Expectation, ...]:
    """Return the first cell, which its owner finds at once, and one from far down."""
    telling = [each for each in cells if each.wording is not None]
    if len(telling) < 2:
        silent = [each for each in cells if each.wording is None]
        return tuple([*telling, *silent][:2])
    below = telling[len(telling) * 2 // 3 :]
    another = (each for each in (*below, *telling) if each.skill.key != telling[0].skill.key)
    return telling[0], next(another, below[0])
