"""What benchmark requests are made of: the names of one catalogue, and the members who ask."""

import json
import random
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.domain.framework import CatalogueContent

TEAM = "T0BENCHMARK"
MEMBERS = 200
HOLDERS = 40


@dataclass(frozen=True, slots=True)
class Asker:
    """A member with a row in the store; `role` and `level` are None for one who told nothing."""

    slack_id: str
    locale: str
    role: str | None
    level: str | None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The keys and names that members type, in catalogue order; `levels` lowest first.

    `holders` are those of the members who hold much, all of them in the largest role.
    """

    skills: tuple[tuple[str, str], ...]
    groups: tuple[tuple[str, str], ...]
    roles: tuple[tuple[str, str], ...]
    levels: tuple[tuple[str, str], ...]
    expectations: int
    askers: tuple[Asker, ...]
    holders: tuple[Asker, ...] = ()

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")


def read_vocabulary(path: Path) -> Vocabulary:
    """Read what `Vocabulary.write` wrote."""
    fields: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return Vocabulary(
        skills=_pairs(fields["skills"]),
        groups=_pairs(fields["groups"]),
        roles=_pairs(fields["roles"]),
        levels=_pairs(fields["levels"]),
        expectations=fields["expectations"],
        askers=tuple(Asker(**each) for each in fields["askers"]),
        holders=tuple(Asker(**each) for each in fields["holders"]),
    )


def _pairs(values: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((key, name) for key, name in values)


def vocabulary_of(content: CatalogueContent, *, seed: int) -> Vocabulary:
    """Return the names of a catalogue and 200 members; the same seed gives the same members."""
    rng = random.Random(seed)  # noqa: S311 - repeatable samples, nothing secret
    used = Counter(each.ladder.key for each in content.roles)
    ladder = max(content.ladders, key=lambda each: used[each.key])
    return Vocabulary(
        skills=tuple((each.key, each.name.base) for each in content.skills),
        groups=tuple((each.key, each.name.base) for each in content.groups),
        roles=tuple((each.key, each.name.base) for each in content.roles),
        levels=tuple((each.key, each.name.base) for each in ladder.levels),
        expectations=len(content.expectations),
        askers=tuple(_asker(number, content, rng) for number in range(MEMBERS)),
        holders=_holders(content),
    )


def _holders(content: CatalogueContent) -> tuple[Asker, ...]:
    """Return members of the role with the most skills, on the second rung of its ladder."""
    asked = {(each.role.key, each.skill.key) for each in content.expectations}
    sizes = Counter(role for role, _ in asked)
    role = max(content.roles, key=lambda each: sizes[each.key])
    level = role.ladder.levels[1].key
    return tuple(
        Asker(f"U0HOLDER{number:03}", "zh-CN" if number % 5 == 0 else "en-US", role.key, level)
        for number in range(HOLDERS)
    )


def _asker(number: int, content: CatalogueContent, rng: random.Random) -> Asker:
    """Nine of ten members have told their role and level; one of five reads Chinese."""
    role = rng.choice(content.roles) if number % 10 else None
    level = rng.choice(role.ladder.levels) if role else None
    return Asker(
        slack_id=f"U0BENCH{number:04}",
        locale="zh-CN" if number % 5 == 0 else "en-US",
        role=role.key if role else None,
        level=level.key if level else None,
    )
