"""Frameworks with as many prompts as a good one has: three of each cell's own, three a band."""

import random
from datetime import UTC, datetime

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
from bot.domain.guidance import Band, Guide, Scope
from bot.domain.revision import Catalogue, RevisionInfo
from bot.domain.text import LocalText

LEVELS = ("Junior", "Middle", "Senior", "Lead", "Principal")
SCOPES = (Scope.SELF, Scope.SELF, Scope.TEAM, Scope.TEAMS, Scope.COMPANY)
VERBS = (
    *("Ask", "Show", "Draw", "Write", "Measure", "Compare", "Remove", "Explain", "Review", "Try"),
    *("Record", "Question", "Rename", "Time", "Sketch", "Simplify", "Share", "Test", "Plan"),
)
THINGS = (
    *("alert", "queue", "schema", "release", "budget", "dashboard", "interview", "contract"),
    *("backlog", "cache", "rota", "script", "report", "decision", "threshold", "migration"),
    *("handover", "sample", "deadline", "owner", "default", "limit", "rehearsal", "checklist"),
)
PEOPLE = (
    *("a newcomer", "your manager", "a customer", "the team beside yours", "a sceptic"),
    *("somebody on call", "an auditor", "a designer", "the founder of the service"),
)
OWN, GUIDED = 3, 3


def prompted_catalogue(
    *, required: int, optional: int = 4, roles: int = 2, own: int = OWN, seed: int = 1
) -> Catalogue:
    """Return a framework whose every level requires so many skills, and names so many more.

    Each cell has `own` prompts and each skill three a band, no two of them nearly alike.
    """
    rng = random.Random(seed)  # noqa: S311 - repeatable
    depths = tuple(Proficiency(f"d{rank}", LocalText(f"Depth {rank}"), rank) for rank in range(5))
    levels = tuple(
        Level(name.lower(), LocalText(name), rank, scope=scope)
        for rank, (name, scope) in enumerate(zip(LEVELS, SCOPES, strict=True))
    )
    ladder = Ladder("ladder", LocalText("Ladder"), levels)
    group = SkillGroup("group", LocalText("Group"), Domain("domain", LocalText("Domain")))
    skills = tuple(_skill(number, group, rng) for number in range(required + optional))
    family = RoleFamily("family", LocalText("Family"))
    found = tuple(
        Role(f"role-{number}", LocalText(f"Role {number}"), family, ladder)
        for number in range(roles)
    )
    cells = tuple(
        Expectation(
            role,
            level,
            skill,
            Requirement.REQUIRED if place < required else Requirement.OPTIONAL,
            depths[level.rank if place % 3 else 1],
            LocalText(f"Does {skill.name.base} as {role.key} at {level.key}."),
            _prompts(own, skill, rng),
        )
        for role in found
        for level in levels
        for place, skill in enumerate(skills)
    )
    content = CatalogueContent(
        LocalText("Prompted"),
        "en",
        depths,
        (ladder,),
        (group.domain,),
        (group,),
        skills,
        (family,),
        found,
        cells,
    )
    return Catalogue(
        RevisionInfo(1, "prompted", 1, "a", "", datetime(2026, 1, 1, tzinfo=UTC)), content
    )


def _skill(number: int, group: SkillGroup, rng: random.Random) -> Skill:
    skill = Skill(f"skill-{number}", LocalText(f"Skill{number}"), group)
    guides = {
        band: Guide(_prompts(GUIDED, skill, rng), (LocalText(f"A note on {skill.key}."),))
        for band in Band
    }
    return Skill(skill.key, skill.name, group, guides=guides)


def _prompts(count: int, skill: Skill, rng: random.Random) -> tuple[LocalText, ...]:
    """Return prompts that share their subject and a few small words alone."""
    return tuple(
        LocalText(
            f"{verb} {' and '.join(rng.sample(THINGS, 3))} in {skill.name.base.lower()} "
            f"for {rng.choice(PEOPLE)}."
        )
        for verb in rng.sample(VERBS, count)
    )
