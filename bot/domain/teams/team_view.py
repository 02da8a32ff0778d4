"""Several shared goals beside one another: people and skills, met or open. Nobody is ranked.

All that a page says comes from the people on it. Each cell is what the shared goal itself shows:
nothing is worked out anew here.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from enum import StrEnum

from bot.domain.growth.assessment import Status
from bot.domain.lookup.rung import Rung
from bot.domain.named_in import NamedIn
from bot.domain.revision import Catalogue
from bot.domain.teams.requests import TeamAsk
from bot.domain.teams.share import Share
from bot.domain.teams.shared_goal import SharedGoal, SharedItem
from bot.domain.text import LocalText
from bot.values import dataclass

PAGE = 15
"""People on a page: with the skill and two counts, a table of Slack's has room for no more."""
AT_LEAST = 2
"""Fewer who share a level have no single point of failure: there is nobody else."""


class TeamCell(StrEnum):
    """How somebody stands with a skill that is required for their goal, by what they share.

    A likely one is open, and so is one that somebody works on.
    """

    MET = "met"
    OPEN = "open"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class TeamLevel:
    """A level that goals aim for. Two ladders' levels are two, however they are called."""

    ladder: str
    level: str
    name: LocalText
    ladder_name: LocalText

    @property
    def key(self) -> str:
        """A short name for controls, whose values have little room."""
        return short_key(self.ladder, self.level)


@dataclass(frozen=True, slots=True)
class TeamGoal:
    """A share and what its goal is for, as the newest framework names it.

    `role` and `level` are the goal's keys; `rung` is None where the framework has no such thing.
    """

    share: Share
    role: str
    level: str
    rung: Rung | None = None

    @property
    def at(self) -> TeamLevel | None:
        """The level, where the framework has it."""
        if self.rung is None:
            return None
        ladder, level = self.rung.role.ladder, self.rung.level
        return TeamLevel(ladder.key, level.key, level.name, ladder.name)

    @property
    def level_key(self) -> str:
        return self.at.key if self.at else ""

    @property
    def role_key(self) -> str:
        return short_key(self.role)


@dataclass(frozen=True, slots=True)
class TeamSkill:
    """A skill that is required for at least one of the goals shown."""

    key: str
    name: LocalText


@dataclass(frozen=True, slots=True)
class TeamPerson:
    """Somebody who shares, and how they stand, by skill key: no entry where it is not asked.

    `name` is Slack's, empty where it is not known. `has_way` tells that the framework has a way to
    their goal.
    """

    goal: TeamGoal
    name: str
    cells: Mapping[str, TeamCell] = field(hash=False)
    skills: Mapping[str, LocalText] = field(hash=False, repr=False)
    has_way: bool = True

    @property
    def slack_id(self) -> str:
        return self.goal.share.owner

    def count(self, cell: TeamCell) -> int:
        """Return how many skills stand so."""
        return sum(each is cell for each in self.cells.values())


@dataclass(frozen=True, slots=True)
class OnlyOne:
    """A single point of failure: of `asked` people of a level just one meets a skill.

    `sharing` is how many share a goal at that level; of some of them it may not be asked.
    """

    skill: TeamSkill
    level: TeamLevel
    asked: int
    sharing: int


@dataclass(frozen=True, slots=True)
class TeamPage:
    """A page of a team, in the order in which the shares began.

    `total` people are in the part that was asked for, `everybody` share at all. `levels` and
    `roles` are what can be asked for, with how many share such goals. `whole` are the keys of the
    levels of which everybody who shares stands on this page. `unknown` people are left out, for
    Slack did not say who they are.
    """

    asked: TeamAsk
    people: tuple[TeamPerson, ...] = ()
    skills: tuple[TeamSkill, ...] = ()
    total: int = 0
    everybody: int = 0
    levels: tuple[tuple[TeamLevel, int], ...] = ()
    roles: tuple[tuple[str, LocalText, int], ...] = ()
    whole: frozenset[str] = frozenset()
    unknown: int = 0

    def counts(self, skill: TeamSkill) -> Counter[TeamCell]:
        """Return how many of the people on the page stand how with a skill."""
        found = (each.cells.get(skill.key) for each in self.people)
        return Counter(each for each in found if each is not None)

    def only_ones(self) -> Iterator[OnlyOne]:
        """Give the single points of failure, level by level, skills in the framework's order."""
        for level, _ in self.levels:
            if level.key in self.whole:
                yield from self._only_ones(level)

    def _only_ones(self, level: TeamLevel) -> Iterator[OnlyOne]:
        there = [each for each in self.people if each.goal.level_key == level.key]
        for skill in self.skills:
            cells = [each.cells[skill.key] for each in there if skill.key in each.cells]
            if len(cells) >= AT_LEAST and cells.count(TeamCell.MET) == 1:
                yield OnlyOne(skill, level, len(cells), len(there))

    @property
    def untold(self) -> bool:
        """Whether single points of failure may be there that this page cannot tell."""
        several = (each for each, number in self.levels if number >= AT_LEAST)
        return any(each.key not in self.whole for each in several)


def team_goal(share: Share, role: str, level: str, newest: Catalogue) -> TeamGoal:
    """Return a share with its goal as the newest revision names it."""
    role, level = NamedIn(newest, newest.moves).rung((role, level))
    found = newest.role(role)
    step = found.ladder.level(level) if found else None
    return TeamGoal(share, role, level, Rung(found, step) if found and step else None)


def team_person(goal: TeamGoal, shared: SharedGoal, name: str, newest: Catalogue) -> TeamPerson:
    """Return how somebody stands, by what they share: all that their goal requires."""
    names = NamedIn(newest, newest.moves)
    cells: dict[str, TeamCell] = {}
    called: dict[str, LocalText] = {}
    for item in shared.items:
        skill = item.gap.target.skill
        if not item.gap.target.required:
            continue
        key = names.skill(skill.key)
        # What became one skill since are two on the way to an older goal.
        key = skill.key if key in cells else key
        cells[key], called[key] = _cell(item), skill.name
    return TeamPerson(goal, name, cells, called, shared.gap is not None)


def short_key(*parts: str) -> str:
    """Return a short name of something that has keys."""
    return hashlib.blake2s("\n".join(parts).encode(), digest_size=9).hexdigest()


def _cell(item: SharedItem) -> TeamCell:
    if item.status is Status.MET:
        return TeamCell.MET
    return TeamCell.ASIDE if item.status is Status.NOT_RELEVANT else TeamCell.OPEN


def part_of(goals: Iterable[TeamGoal], asked: TeamAsk) -> tuple[TeamGoal, ...]:
    """Return the goals of the level and role that were asked for, in the same order."""
    return tuple(
        each
        for each in goals
        if asked.level in {"", each.level_key} and asked.role in {"", each.role_key}
    )


def team_page(
    asked: TeamAsk,
    everybody: Sequence[TeamGoal],
    people: Sequence[TeamPerson],
    newest: Catalogue,
    *,
    unknown: int = 0,
) -> TeamPage:
    """Put a page together.

    Args:
        asked: which part it is of.
        everybody: all who share, also those on other pages.
        people: who stands on the page, in its order.
        newest: what gives skills their names and order.
        unknown: how many are left out of it.
    """
    at = {each.at.key: each.at for each in everybody if each.at}
    levels = Counter(each.level_key for each in everybody if each.at)
    shown = Counter(each.goal.level_key for each in people)
    roles = Counter(each.role for each in everybody if each.rung)
    return TeamPage(
        asked,
        people=tuple(people),
        skills=_skills(people, newest),
        total=len(part_of(everybody, asked)),
        everybody=len(everybody),
        levels=tuple((each, levels[each.key]) for each in _in_order(at.values(), newest)),
        roles=tuple(
            (short_key(each.key), each.name, roles[each.key])
            for each in newest.content.roles
            if each.key in roles
        ),
        whole=frozenset(key for key, number in shown.items() if key and number == levels[key]),
        unknown=unknown,
    )


def without(page: TeamPage, shares: Collection[int], newest: Catalogue) -> TeamPage:
    """Return the page with the people of these shares left out."""
    people = [each for each in page.people if each.goal.share.id not in shares]
    levels = {each.goal.level_key for each in page.people if each.goal.share.id in shares}
    kept = replace(page, people=tuple(people), skills=_skills(people, newest))
    return replace(kept, whole=page.whole - levels)


def _in_order(levels: Collection[TeamLevel], newest: Catalogue) -> list[TeamLevel]:
    order: dict[str, int] = {}
    for role in newest.content.roles:
        for level in role.ladder.levels:
            order.setdefault(short_key(role.ladder.key, level.key), len(order))
    return sorted(levels, key=lambda each: order.get(each.key, len(order)))


def _skills(people: Sequence[TeamPerson], newest: Catalogue) -> tuple[TeamSkill, ...]:
    """Return the skills that are asked of anybody there, as the framework orders them."""
    called: dict[str, LocalText] = {}
    for each in people:
        called |= {key: name for key, name in each.skills.items() if key not in called}
    order = {each.key: number for number, each in enumerate(newest.content.skills)}
    keys = sorted(called, key=lambda key: (order.get(key, len(order)), called[key].base))
    return tuple(TeamSkill(key, _name(key, called[key], newest)) for key in keys)


def _name(key: str, called: LocalText, newest: Catalogue) -> LocalText:
    found = newest.skill(key)
    return found.name if found else called
