"""Builds catalogue values from files that have passed every check."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from bot.domain.framework import (
    NO_DEPTHS,
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
from bot.domain.guidance import NO_GUIDES, Band, Guide, Resource, ResourceKind, Scope
from bot.domain.text import LocalText

Row = Mapping[str, Any]


def build_content(catalogue: Row, roles: Iterable[Row], skills: Iterable[Row]) -> CatalogueContent:
    """Return the content of files that are valid by themselves and together."""
    return _Builder(catalogue).content(roles, skills)


class _Builder:
    def __init__(self, catalogue: Row) -> None:
        self._base: str = catalogue["base_locale"]
        self._catalogue = catalogue
        self._proficiencies = {
            row["key"]: Proficiency(
                row["key"], self._text(row["name"]), rank, self._optional(row, "summary")
            )
            for rank, row in enumerate(catalogue["proficiencies"], 1)
        }
        self._ladders = {row["key"]: self._ladder(row) for row in catalogue["ladders"]}
        self._domains = {
            row["key"]: Domain(row["key"], self._text(row["name"])) for row in catalogue["domains"]
        }
        self._groups = {
            row["key"]: self._group(row, self._domains[domain["key"]])
            for domain in catalogue["domains"]
            for row in domain["groups"]
        }
        self._families = {
            row["key"]: RoleFamily(row["key"], self._text(row["name"]))
            for row in catalogue["families"]
        }

    def content(self, role_rows: Iterable[Row], skill_rows: Iterable[Row]) -> CatalogueContent:
        positions = {key: at for at, key in enumerate(self._groups)}
        by_place = sorted(skill_rows, key=lambda row: (positions[row["group"]], row["order"]))
        skills = [(self._skill(row), row) for row in by_place]
        roles = [self._role(row) for row in sorted(role_rows, key=lambda row: int(row["order"]))]
        return CatalogueContent(
            name=self._text(self._catalogue["name"]),
            base_locale=self._base,
            proficiencies=tuple(self._proficiencies.values()),
            ladders=tuple(self._ladders.values()),
            domains=tuple(self._domains.values()),
            groups=tuple(self._groups.values()),
            skills=tuple(skill for skill, _ in skills),
            families=tuple(self._families.values()),
            roles=tuple(roles),
            expectations=self._expectations(roles, skills),
        )

    def _text(self, value: str | Row) -> LocalText:
        if isinstance(value, str):
            return LocalText(value.strip())
        others = {tag: text.strip() for tag, text in value.items() if tag != self._base}
        base = value[self._base].strip()
        return LocalText(base, MappingProxyType(others)) if others else LocalText(base)

    def _optional(self, row: Row, name: str) -> LocalText | None:
        return self._text(row[name]) if name in row else None

    def _texts(self, row: Row, name: str) -> Mapping[str, LocalText]:
        texts = {key: self._text(value) for key, value in row.get(name, {}).items()}
        return MappingProxyType(texts) if texts else NO_DEPTHS

    def _prompts(self, row: Row, name: str = "prompts") -> tuple[LocalText, ...]:
        return tuple(self._text(value) for value in row.get(name, ()))

    def _guides(self, row: Row) -> Mapping[Band, Guide]:
        guides = {
            Band(band): Guide(self._prompts(guide), self._prompts(guide, "evidence"))
            for band, guide in row.get("guides", {}).items()
            if any(guide.values())
        }
        return MappingProxyType(guides) if guides else NO_GUIDES

    def _ladder(self, row: Row) -> Ladder:
        levels = tuple(
            Level(
                key=level["key"],
                name=self._text(level["name"]),
                rank=level.get("rank", position),
                track=level.get("track"),
                aliases=_aliases(level),
                scope=Scope(level["scope"]) if "scope" in level else None,
            )
            for position, level in enumerate(row["levels"], 1)
        )
        return Ladder(row["key"], self._text(row["name"]), levels)

    def _group(self, row: Row, domain: Domain) -> SkillGroup:
        name, summary = self._text(row["name"]), self._optional(row, "summary")
        return SkillGroup(row["key"], name, domain, summary, _aliases(row))

    def _role(self, row: Row) -> Role:
        return Role(
            key=row["key"],
            name=self._text(row["name"]),
            family=self._families[row["family"]],
            ladder=self._ladders[row["ladder"]],
            summary=self._optional(row, "summary"),
            aliases=_aliases(row),
            focus=self._texts(row, "focus"),
        )

    def _skill(self, row: Row) -> Skill:
        return Skill(
            key=row["key"],
            name=self._text(row["name"]),
            group=self._groups[row["group"]],
            summary=self._optional(row, "summary"),
            updated_on=date.fromisoformat(row["updated"]) if "updated" in row else None,
            aliases=_aliases(row),
            depths=self._texts(row, "depths"),
            prompts=self._prompts(row),
            guides=self._guides(row),
            resources=_resources(row),
        )

    def _expectations(
        self, roles: list[Role], skills: list[tuple[Skill, Row]]
    ) -> tuple[Expectation, ...]:
        """Return the cells by role, then level, then skill, whatever order the files have."""
        role_at = {role.key: at for at, role in enumerate(roles)}
        level_at = {
            (role.key, level.key): (at, level)
            for role in roles
            for at, level in enumerate(role.ladder.levels)
        }
        cells: list[tuple[int, int, int, Expectation]] = []
        for skill_at, (skill, row) in enumerate(skills):
            for role_key, levels in row.get("expectations", {}).items():
                role = roles[role_at[role_key]]
                for level_key, cell in levels.items():
                    rung, level = level_at[role_key, level_key]
                    expectation = self._expectation(role, level, skill, cell)
                    cells.append((role_at[role_key], rung, skill_at, expectation))
        cells.sort(key=lambda each: each[:3])
        return tuple(each[3] for each in cells)

    def _expectation(self, role: Role, level: Level, skill: Skill, cell: Row) -> Expectation:
        return Expectation(
            role=role,
            level=level,
            skill=skill,
            requirement=Requirement(cell["requirement"]),
            proficiency=self._proficiencies.get(cell.get("proficiency", "")),
            text=self._optional(cell, "text"),
            prompts=self._prompts(cell),
            resources=_resources(cell),
        )


def _resources(row: Row) -> tuple[Resource, ...]:
    return tuple(
        Resource(
            each["title"].strip(),
            each["url"].strip(),
            each.get("language"),
            ResourceKind(each["kind"]) if "kind" in each else None,
        )
        for each in row.get("resources", ())
    )


def _aliases(row: Row) -> tuple[str, ...]:
    return tuple(alias.strip() for alias in row.get("aliases", ()))
