"""What goes with a new revision: roles, levels and skills that members' goals and marks are on.

An owner says of each what takes it over, or that it ends.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

from bot.domain.errors import NextrungError
from bot.domain.framework import CatalogueContent, Ladder, Level, Role, Skill
from bot.domain.moves import Keys, Moves, RungKey
from bot.domain.text import LocalText
from bot.values import dataclass

T = TypeVar("T", Role, Skill, Ladder)
Successor = Role | Level | Skill


class UnknownGoing(NextrungError):
    """Something is mapped that does not go, or to what is not there. Params: `remedy`."""

    code = "unknown_going"


class GoingPart(StrEnum):
    """The kinds of thing whose going touches what members hold."""

    ROLE = "role"
    LEVEL = "level"
    SKILL = "skill"


@dataclass(frozen=True, slots=True)
class GoingKey:
    """Names what goes. `within` is the key of a level's ladder as it is now, else empty."""

    part: GoingPart
    key: str
    within: str = ""


@dataclass(frozen=True, slots=True)
class Going:
    """One thing that goes. `proposed` is the key of what is called the same now, if anything is."""

    at: GoingKey
    name: LocalText
    proposed: str | None = None


# What takes over, by what goes; None says that it ends.
Decisions = Mapping[GoingKey, str | None]


@dataclass(frozen=True, slots=True)
class Goings:
    """All that goes from one content to another, and how many of each kind there were before."""

    every: tuple[Going, ...]
    before: Mapping[GoingPart, int]

    def __bool__(self) -> bool:
        return bool(self.every)

    def of(self, part: GoingPart) -> tuple[Going, ...]:
        """Return what goes of one kind, in the order of the older content."""
        return tuple(each for each in self.every if each.at.part is part)

    @property
    def proposals(self) -> Decisions:
        """What is decided where an owner says nothing: by the same name, else it ends."""
        return {each.at: each.proposed for each in self.every}


NOTHING_GOES = Goings((), {})


def goings(old: CatalogueContent, new: CatalogueContent) -> Goings:
    """Return what `old` has and `new` has not.

    A level goes from the ladder of a role that stays.
    ."""
    roles, skills = _by_key(new.roles), _by_key(new.skills)
    gone = (
        *_gone(GoingPart.ROLE, old.roles, roles),
        *_gone_levels(old, roles),
        *_gone(GoingPart.SKILL, old.skills, skills),
    )
    levels = {(each.ladder.key, level.key) for each in old.roles for level in each.ladder.levels}
    before = {
        GoingPart.ROLE: len(old.roles),
        GoingPart.LEVEL: len(levels),
        GoingPart.SKILL: len(old.skills),
    }
    return Goings(gone, before)


def successors(going: Going, new: CatalogueContent) -> tuple[Successor, ...]:
    """Return what could take over, in catalogue order."""
    match going.at.part:
        case GoingPart.ROLE:
            return new.roles
        case GoingPart.SKILL:
            return new.skills
        case GoingPart.LEVEL:
            ladders = _by_key(new.ladders)
            return ladders[going.at.within].levels if going.at.within in ladders else ()


def moves_by(decisions: Decisions, old: CatalogueContent, new: CatalogueContent) -> Moves:
    """Return where keys of `old` lead in `new`, as it was decided.

    A level of a role that moves leads to what was decided of it in the other role's ladder, else to
    the level of the same key there, else to that of the same or the nearest height.

    Raises:
        UnknownGoing: something is decided that does not go, or that leads to nothing.
    """
    known = {each.at: each for each in goings(old, new).every}
    for at, target in decisions.items():
        _check(at, target, known, new)
    led = {at: target for at, target in decisions.items() if target is not None}
    roles = {at.key: target for at, target in led.items() if at.part is GoingPart.ROLE}
    skills = {at.key: target for at, target in led.items() if at.part is GoingPart.SKILL}
    rungs = dict(_rungs(roles, led, old, new))
    return Moves(roles, rungs, skills, dict(_names(old, roles, rungs, skills)))


def _names(
    old: CatalogueContent,
    roles: Mapping[str, str],
    rungs: Mapping[RungKey, RungKey],
    skills: Mapping[str, str],
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield how what moves was called, by its kind and keys."""
    for role in old.roles:
        if role.key in roles:
            yield ("role", role.key), (*role.name.all_languages(), *role.aliases)
        for level in role.ladder.levels:
            if rungs.get((role.key, level.key), ("", level.key))[1] != level.key:
                names = (*level.name.all_languages(), *level.aliases)
                yield ("rung", role.key, level.key), names
    for skill in old.skills:
        if skill.key in skills:
            yield ("skill", skill.key), (*skill.name.all_languages(), *skill.aliases)


def keys_of(content: CatalogueContent) -> Keys:
    """Return the keys that a content has."""
    return Keys(
        frozenset(each.key for each in content.roles),
        frozenset((each.key, level.key) for each in content.roles for level in each.ladder.levels),
        frozenset(each.key for each in content.skills),
    )


def _check(
    at: GoingKey, target: str | None, known: Mapping[GoingKey, Going], new: CatalogueContent
) -> None:
    going = known.get(at)
    if going is None:
        names = ", ".join(each.at.key for each in known.values() if each.at.part is at.part)
        remedy = f"The {at.part} “{at.key}” does not go. What goes: {names or 'none'}."
        raise UnknownGoing(remedy=remedy)
    if target is not None and all(each.key != target for each in successors(going, new)):
        raise UnknownGoing(remedy=f"There is no {at.part} “{target}” for “{at.key}” to lead to.")


def _rungs(
    roles: Mapping[str, str],
    led: Mapping[GoingKey, str],
    old: CatalogueContent,
    new: CatalogueContent,
) -> Iterator[tuple[RungKey, RungKey]]:
    there = _by_key(new.roles)
    for role in old.roles:
        now = there.get(roles.get(role.key, role.key))
        if now is None:
            continue
        for level in role.ladder.levels:
            decided = led.get(GoingKey(GoingPart.LEVEL, level.key, now.ladder.key))
            if now.ladder.level(level.key) is not None:
                decided = level.key
            elif decided is None and now.key != role.key:
                decided = _like(level, now.ladder).key
            if decided is not None and (now.key, decided) != (role.key, level.key):
                yield (role.key, level.key), (now.key, decided)


def _like(level: Level, ladder: Ladder) -> Level:
    return ladder.counterpart(level) or min(
        ladder.levels, key=lambda each: (abs(each.rank - level.rank), -each.rank)
    )


def _gone(
    part: GoingPart, before: Iterable[Role] | Iterable[Skill], now: Mapping[str, Role | Skill]
) -> Iterator[Going]:
    names = {_bare(each.name): each.key for each in reversed([*now.values()])}
    for each in before:
        if each.key not in now:
            yield Going(GoingKey(part, each.key), each.name, names.get(_bare(each.name)))


def _gone_levels(old: CatalogueContent, roles: Mapping[str, Role]) -> Iterator[Going]:
    found: dict[GoingKey, Going] = {}
    for role in old.roles:
        now = roles.get(role.key)
        for level in role.ladder.levels if now else ():
            if now is None or now.ladder.level(level.key) is not None:
                continue
            at = GoingKey(GoingPart.LEVEL, level.key, now.ladder.key)
            named = (
                each.key for each in now.ladder.levels if _bare(each.name) == _bare(level.name)
            )
            found.setdefault(at, Going(at, level.name, next(named, None)))
    yield from found.values()


def _by_key(things: Iterable[T]) -> dict[str, T]:
    return {each.key: each for each in things}


def _bare(name: LocalText) -> str:
    return " ".join(name.base.casefold().split())
