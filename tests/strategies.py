"""Hypothesis strategies for whole catalogues: any size, any shape, any text a schema lets through.

A catalogue is built from a few drawn numbers, texts and a seed rather than drawn value by value: so
a hundred skills cost no more entropy than one, and a failing example shrinks to a small shape.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from bot.domain.framework import (
    CatalogueContent,
    Domain,
    Expectation,
    Ladder,
    Level,
    Proficiency,
    Requirement,
    Role,
    RoleFamily,
    Skill,
    SkillGroup,
)
from bot.domain.guidance import Band, Guide, Resource, ResourceKind, Scope
from bot.domain.revision import Catalogue, RevisionInfo
from bot.domain.text import LocalText

# What a catalogue file's schema takes as a name: one line, not blank. Keys: at most this long.
MAX_NAME = 100
MAX_KEY = 60
MAX_CELLS = 1500
REVISION = RevisionInfo(1, "built-in", 1, "Sample Owner", "", datetime(2026, 3, 2, tzinfo=UTC))

HOSTILE = (
    "<!channel> <!here> <!everyone>",
    "<@U0ENGINEER> and <#C0GENERAL>",
    "<https://example.com|press here> https://example.com/a?b=c&d=e",
    "*bold* _slanted_ ~struck~ `code` ```block```",
    "&&&&&&&& <<<<<<<< >>>>>>>>",
    "\"quoted\" \\backslash\\ 'single'",
    ":tada: :skin-tone-6: 👩🏽‍💻🏳️‍🌈",
    "مهندس برمجيات أول",
    "left\u202eright\u2066deep\u2069",
    "zero\u200bwidth\u200dhere\ufeff",
    "机器学习实验追踪与可复现性",
    "{typed} {0} {count} %s %(name)s",
    "line one\nline two\r\nline three",
    "W" * MAX_NAME,
    "<" * MAX_NAME,
    '"' * MAX_NAME,
    "*" * MAX_NAME,
    "数" * MAX_NAME,
)

_LETTERS = st.characters(exclude_categories=["Cs", "Cc"])
NAMES = st.text(_LETTERS, min_size=1, max_size=MAX_NAME).filter(lambda text: bool(text.strip()))
"""Any name on one line."""

TYPED = st.text(st.characters(exclude_categories=["Cs"]), max_size=320) | st.sampled_from(HOSTILE)
"""Whatever a member may type after a command."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How large a catalogue is, and where it is odd."""

    skills: int
    groups: int
    domains: int
    roles: int
    ladders: int
    levels: int
    forked: bool
    depths: int
    dense: bool
    long_keys: bool
    seed: int


SHAPES = st.builds(
    Shape,
    skills=st.integers(0, 100),
    groups=st.integers(1, 30),
    domains=st.integers(1, 20),
    roles=st.integers(0, 60),
    ladders=st.integers(1, 4),
    levels=st.integers(1, 12),
    forked=st.booleans(),
    depths=st.integers(0, 6),
    dense=st.booleans(),
    long_keys=st.booleans(),
    seed=st.integers(0, 2**32),
)
SMALL = st.builds(
    Shape,
    skills=st.integers(1, 8),
    groups=st.integers(1, 3),
    domains=st.integers(1, 2),
    roles=st.integers(1, 4),
    ladders=st.integers(1, 2),
    levels=st.integers(1, 5),
    forked=st.booleans(),
    depths=st.integers(0, 4),
    dense=st.booleans(),
    long_keys=st.just(False),
    seed=st.integers(0, 2**32),
)
POOLS = st.lists(NAMES, max_size=6).map(lambda drawn: (*drawn, *HOSTILE))


def catalogues(
    shapes: st.SearchStrategy[Shape] = SHAPES, pools: st.SearchStrategy[Sequence[str]] = POOLS
) -> st.SearchStrategy[Catalogue]:
    """Indexed catalogues of the drawn shapes, their texts taken from the drawn pools."""
    return st.builds(catalogue_of, shapes, pools)


def catalogue_of(shape: Shape, texts: Sequence[str]) -> Catalogue:
    """Build the catalogue of a shape; the same arguments give the same catalogue."""
    return Catalogue(REVISION, _Builder(shape, texts).content())


class _Builder:
    """One catalogue in the making."""

    def __init__(self, shape: Shape, texts: Sequence[str]) -> None:
        self.shape = shape
        self.texts = texts
        self.rng = random.Random(shape.seed)  # noqa: S311 - repeatable samples, nothing secret

    def key(self, kind: str, number: int) -> str:
        """Return a key as the schema takes it: unique per kind, of the greatest length if asked."""
        key = f"{kind}{number}"
        return key.ljust(MAX_KEY, "k") if self.shape.long_keys else key

    def name(self) -> LocalText:
        base = " ".join(self.rng.choice(self.texts).split()) or "Unnamed"
        if self.rng.random() < 0.3:
            return LocalText(base, {"zh": " ".join(self.rng.choice(self.texts).split()) or "无"})
        return LocalText(base)

    def text(self) -> LocalText | None:
        if self.rng.random() < 0.2:
            return None
        return LocalText(
            "\n".join(self.rng.choices(self.texts, k=self.rng.randrange(1, 30)))[:2000]
        )

    def meaning(self) -> LocalText | None:
        """Return what a proficiency means: mostly in one language, often in none."""
        base = self.text()
        if base is None or self.rng.random() < 0.3:
            return None
        other = self.text() if self.rng.random() < 0.4 else None
        return LocalText(base.base, {"zh": other.base}) if other else base

    def aliases(self) -> tuple[str, ...]:
        return tuple(self.name().base[:60] for _ in range(self.rng.randrange(3)))

    def content(self) -> CatalogueContent:
        proficiencies = tuple(
            Proficiency(self.key("p", number), self.name(), number + 1, self.meaning())
            for number in range(self.shape.depths)
        )
        ladders = tuple(self.ladder(number) for number in range(self.shape.ladders))
        domains = tuple(
            Domain(self.key("d", number), self.name()) for number in range(self.shape.domains)
        )
        groups = tuple(
            SkillGroup(
                self.key("g", number),
                self.name(),
                domains[number * len(domains) // self.shape.groups],
                self.text(),
                self.aliases(),
            )
            for number in range(self.shape.groups)
        )
        skills = self.skills(groups, proficiencies)
        families = (RoleFamily(self.key("f", 0), self.name()),)
        roles = self.roles(families[0], ladders)
        return CatalogueContent(
            name=self.name(),
            base_locale="en",
            proficiencies=proficiencies,
            ladders=ladders,
            domains=domains,
            groups=groups,
            skills=skills,
            families=families,
            roles=roles,
            expectations=self.expectations(roles, skills, proficiencies),
        )

    def ladder(self, number: int) -> Ladder:
        """Build a ladder; a forked one splits into two tracks of equal ranks in the middle."""
        count = self.shape.levels if number == 0 else self.rng.randrange(1, 13)
        levels = []
        for place in range(count):
            forks = self.shape.forked and place >= count // 2 > 0
            rank, track = (place + 1, None) if not forks else self.forked(place, count // 2)
            key = self.key(f"l{number}x" if number % 2 else "l", place)
            scope = self.rng.choice((None, *Scope))
            levels.append(Level(key, self.name(), rank, track, self.aliases(), scope))
        levels.sort(key=lambda level: level.rank)
        return Ladder(self.key("ladder", number), self.name(), tuple(levels))

    @staticmethod
    def forked(place: int, trunk: int) -> tuple[int, str]:
        return trunk + 1 + (place - trunk) // 2, ("ic", "management")[(place - trunk) % 2]

    def skills(
        self, groups: tuple[SkillGroup, ...], proficiencies: tuple[Proficiency, ...]
    ) -> tuple[Skill, ...]:
        return tuple(
            Skill(
                key=self.key("s", number),
                name=self.name(),
                group=groups[number * len(groups) // self.shape.skills],
                summary=self.text(),
                updated_on=self.rng.choice((None, date(2026, 2, 22))),
                aliases=self.aliases(),
                depths={each.key: self.text() or self.name() for each in proficiencies[1:]},
                prompts=tuple(self.name() for _ in range(self.rng.randrange(20))),
                guides=self.guides(),
                resources=self.resources(),
            )
            for number in range(self.shape.skills)
        )

    def guides(self) -> dict[Band, Guide]:
        def lines() -> tuple[LocalText, ...]:
            return tuple(self.name() for _ in range(self.rng.randrange(1, 4)))

        return {band: Guide(lines(), lines()) for band in Band if self.rng.random() < 0.3}

    def resources(self) -> tuple[Resource, ...]:
        return tuple(
            Resource(
                self.name().base[:90].strip() or "Title",
                f"https://example.com/{self.rng.randrange(99)}",
                self.rng.choice((None, "en", "zh")),
                self.rng.choice((None, *ResourceKind)),
            )
            for _ in range(self.rng.randrange(3))
        )

    def roles(self, family: RoleFamily, ladders: tuple[Ladder, ...]) -> tuple[Role, ...]:
        return tuple(
            Role(
                key=self.key("r", number),
                name=self.name(),
                family=family,
                ladder=ladders[number % len(ladders)],
                summary=self.text(),
                aliases=self.aliases(),
                focus={
                    level.key: text
                    for level in ladders[number % len(ladders)].levels
                    if (text := self.text())
                },
            )
            for number in range(self.shape.roles)
        )

    def expectations(
        self,
        roles: tuple[Role, ...],
        skills: tuple[Skill, ...],
        proficiencies: tuple[Proficiency, ...],
    ) -> tuple[Expectation, ...]:
        """Define the first role and the first skill fully where dense, the rest sparsely."""
        cells: list[Expectation] = []
        for row, role in enumerate(roles):
            for level in role.ladder.levels:
                for column, skill in enumerate(skills):
                    full = self.shape.dense and (row == 0 or column == 0)
                    if (full or self.rng.random() < 0.15) and len(cells) < MAX_CELLS:
                        cells.append(self.cell(role, level, skill, proficiencies))
        return tuple(cells)

    def cell(
        self, role: Role, level: Level, skill: Skill, proficiencies: tuple[Proficiency, ...]
    ) -> Expectation:
        return Expectation(
            role=role,
            level=level,
            skill=skill,
            requirement=self.rng.choice(tuple(Requirement)),
            proficiency=self.rng.choice((None, *proficiencies)),
            text=self.text() if self.rng.random() < 0.7 else None,
            prompts=(self.name(),) if self.rng.random() < 0.1 else (),
            resources=self.resources() if self.rng.random() < 0.1 else (),
        )
