"""From table rows back to catalogue content.

Plain columns in bounded pages, giving way to other tasks in between: a large catalogue loads while
commands are being answered. Equal texts without translations become one shared value.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeVar

from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

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
from bot.domain.text import NO_TRANSLATIONS, LocalText
from bot.store import models

PAGE = 4_000
"""Rows per query: few enough that the event loop is never held for long."""

TURN = 250
"""Expectations made in one turn of the event loop: about a millisecond."""

T = TypeVar("T")
_NO_TRANSLATIONS: Mapping[int, Mapping[str, str]] = MappingProxyType({})
_REQUIREMENTS = {each.value: each for each in Requirement}

Resources = dict[int, tuple[Resource, ...]]


class ContentReader:
    """Reads the content of one revision."""

    def __init__(self, connection: AsyncConnection, revision_id: int) -> None:
        self._connection = connection
        self._revision_id = revision_id
        self._translations: dict[tuple[str, str], dict[int, dict[str, str]]] = {}
        self._shared: dict[str, LocalText] = {}

    async def read(self, *, name: str, base_locale: str) -> CatalogueContent:
        """Return everything the owner published, in the owner's order."""
        await self._read_translations()
        proficiencies = await self._proficiencies()
        levels, ladders = await self._ladders()
        domains = {
            id_: Domain(key, self._local("domain", id_, text))
            async for id_, key, text in self._rows(models.domain, "key", "name")
        }
        groups = await self._groups(domains)
        prompts_of_skills, prompts_of_expectations = await self._prompts()
        resources_of_skills, resources_of_expectations = await self._resources()
        skills = await self._skills(groups, proficiencies, prompts_of_skills, resources_of_skills)
        families = {
            id_: RoleFamily(key, self._local("role_family", id_, text))
            async for id_, key, text in self._rows(models.role_family, "key", "name")
        }
        roles = await self._roles(families, ladders, levels)
        return CatalogueContent(
            name=self._local("catalogue", 0, name),
            base_locale=base_locale,
            proficiencies=tuple(proficiencies.values()),
            ladders=tuple(ladders.values()),
            domains=tuple(domains.values()),
            groups=tuple(groups.values()),
            skills=tuple(skills.values()),
            families=tuple(families.values()),
            roles=tuple(roles.values()),
            expectations=tuple(
                await self._expectations(
                    roles,
                    levels,
                    skills,
                    proficiencies,
                    prompts_of_expectations,
                    resources_of_expectations,
                )
            ),
        )

    async def _pages(self, table: Table, *columns: str) -> AsyncIterator[Sequence[Any]]:
        """Yield pages of (id, *columns), in order of id."""
        query = select(table.c.id, *(table.c[column] for column in columns))
        query = query.where(table.c.revision_id == self._revision_id).order_by(table.c.id)
        last = -1
        while True:
            page = (
                await self._connection.execute(query.where(table.c.id > last).limit(PAGE))
            ).all()
            if page:
                yield page
                last = page[-1][0]
            if len(page) < PAGE:
                return
            await asyncio.sleep(0)

    async def _rows(self, table: Table, *columns: str) -> AsyncIterator[Any]:
        async for page in self._pages(table, *columns):
            for row in page:
                yield row

    async def _read_translations(self) -> None:
        rows = self._rows(models.translation, "kind", "owner_id", "field", "locale", "text")
        async for _, kind, owner_id, field, locale, text in rows:
            self._translated(kind, owner_id, field, locale, text)

    def _translated(self, kind: str, owner_id: int, field: str, locale: str, text: str) -> None:
        of_field = self._translations.setdefault((kind, field), {})
        of_field.setdefault(owner_id, {})[locale] = text

    def _local(self, kind: str, owner_id: int, base: str, field: str = "name") -> LocalText:
        by_locale = self._translations.get((kind, field), _NO_TRANSLATIONS).get(owner_id)
        if by_locale:
            return LocalText(base, MappingProxyType(by_locale))
        found = self._shared.get(base)
        if found is None:
            found = self._shared[base] = LocalText(base, NO_TRANSLATIONS)
        return found

    def _summary(self, kind: str, owner_id: int, base: str | None) -> LocalText | None:
        return None if base is None else self._local(kind, owner_id, base, "summary")

    async def _ladders(self) -> tuple[dict[int, Level], dict[int, Ladder]]:
        levels: dict[int, Level] = {}
        of_ladder: dict[int, list[Level]] = defaultdict(list)
        columns = ("ladder_id", "key", "name", "rank", "track", "aliases", "scope")
        async for id_, ladder_id, key, name, rank, track, aliases, scope in self._rows(
            models.level, *columns
        ):
            local = self._local("level", id_, name)
            level = Level(key, local, rank, track, aliases, Scope(scope) if scope else None)
            levels[id_] = level
            of_ladder[ladder_id].append(level)
        ladders = {
            id_: Ladder(key, self._local("ladder", id_, name), tuple(of_ladder[id_]))
            async for id_, key, name in self._rows(models.ladder, "key", "name")
        }
        return levels, ladders

    async def _groups(self, domains: Mapping[int, Domain]) -> dict[int, SkillGroup]:
        columns = ("key", "name", "domain_id", "summary", "aliases")
        return {
            id_: SkillGroup(
                key=key,
                name=self._local("skill_group", id_, name),
                domain=domains[domain_id],
                summary=self._summary("skill_group", id_, summary),
                aliases=aliases,
            )
            async for id_, key, name, domain_id, summary, aliases in self._rows(
                models.skill_group, *columns
            )
        }

    async def _proficiencies(self) -> dict[int, Proficiency]:
        rows = self._rows(models.proficiency, "key", "name", "rank", "summary")
        return {
            id_: Proficiency(
                key,
                self._local("proficiency", id_, name),
                rank,
                self._summary("proficiency", id_, summary),
            )
            async for id_, key, name, rank, summary in rows
        }

    async def _prompts(
        self,
    ) -> tuple[dict[int, tuple[LocalText, ...]], dict[int, tuple[LocalText, ...]]]:
        """Return the prompts by skill and by expectation."""
        of_skills: dict[int, tuple[LocalText, ...]] = {}
        of_expectations: dict[int, tuple[LocalText, ...]] = {}
        rows = self._rows(models.prompt, "skill_id", "expectation_id", "text")
        async for id_, skill_id, expectation_id, text in rows:
            owners, owner_id = (
                (of_expectations, expectation_id) if skill_id is None else (of_skills, skill_id)
            )
            prompt = self._local("prompt", id_, text, "text")
            owners[owner_id] = (*owners.get(owner_id, ()), prompt)
        return of_skills, of_expectations

    async def _resources(self) -> tuple[Resources, Resources]:
        """Return the resources by skill and by expectation."""
        of_skills: Resources = {}
        of_expectations: Resources = {}
        columns = ("skill_id", "expectation_id", "title", "url", "language", "kind")
        rows = self._rows(models.resource, *columns)
        async for _, skill_id, expectation_id, title, url, language, kind in rows:
            owners, owner_id = (
                (of_expectations, expectation_id) if skill_id is None else (of_skills, skill_id)
            )
            resource = Resource(title, url, language, ResourceKind(kind) if kind else None)
            owners[owner_id] = (*owners.get(owner_id, ()), resource)
        return of_skills, of_expectations

    async def _guides(self) -> dict[int, Mapping[Band, Guide]]:
        """Return the guides by skill."""
        lines: dict[int, dict[Band, dict[str, list[LocalText]]]] = {}
        rows = self._rows(models.guide_line, "skill_id", "band", "kind", "text")
        async for id_, skill_id, band, kind, text in rows:
            of_band = lines.setdefault(skill_id, {}).setdefault(Band(band), {})
            of_band.setdefault(kind, []).append(self._local("guide_line", id_, text, "text"))
        return {
            skill_id: MappingProxyType(
                {
                    band: Guide(tuple(kinds.get("prompt", ())), tuple(kinds.get("evidence", ())))
                    for band, kinds in bands.items()
                }
            )
            for skill_id, bands in lines.items()
        }

    async def _texts_by_key(
        self, table: Table, owner: str, target: str, targets: Mapping[int, Proficiency | Level]
    ) -> dict[int, Mapping[str, LocalText]]:
        texts: dict[int, dict[str, LocalText]] = defaultdict(dict)
        async for id_, owner_id, target_id, text in self._rows(table, owner, target, "text"):
            local = self._local(table.name, id_, text, "text")
            texts[owner_id][targets[target_id].key] = local
        return {owner_id: MappingProxyType(each) for owner_id, each in texts.items()}

    async def _skills(
        self,
        groups: Mapping[int, SkillGroup],
        proficiencies: Mapping[int, Proficiency],
        prompts: dict[int, tuple[LocalText, ...]],
        resources: Resources,
    ) -> dict[int, Skill]:
        guides = await self._guides()
        depths = await self._texts_by_key(
            models.skill_depth, "skill_id", "proficiency_id", proficiencies
        )
        columns = ("key", "name", "group_id", "summary", "updated_on", "aliases")
        return {
            id_: Skill(
                key=key,
                name=self._local("skill", id_, name),
                group=groups[group_id],
                summary=self._summary("skill", id_, summary),
                updated_on=updated_on,
                aliases=aliases,
                depths=depths.get(id_, NO_DEPTHS),
                prompts=prompts.get(id_, ()),
                guides=guides.get(id_, NO_GUIDES),
                resources=resources.get(id_, ()),
            )
            async for id_, key, name, group_id, summary, updated_on, aliases in self._rows(
                models.skill, *columns
            )
        }

    async def _roles(
        self,
        families: Mapping[int, RoleFamily],
        ladders: Mapping[int, Ladder],
        levels: Mapping[int, Level],
    ) -> dict[int, Role]:
        focus = await self._texts_by_key(models.role_focus, "role_id", "level_id", levels)
        columns = ("key", "name", "family_id", "ladder_id", "summary", "aliases")
        return {
            id_: Role(
                key=key,
                name=self._local("role", id_, name),
                family=families[family_id],
                ladder=ladders[ladder_id],
                summary=self._summary("role", id_, summary),
                aliases=aliases,
                focus=focus.get(id_, NO_DEPTHS),
            )
            async for id_, key, name, family_id, ladder_id, summary, aliases in self._rows(
                models.role, *columns
            )
        }

    async def _expectations(
        self,
        roles: Mapping[int, Role],
        levels: Mapping[int, Level],
        skills: Mapping[int, Skill],
        proficiencies: Mapping[int, Proficiency],
        prompts: dict[int, tuple[LocalText, ...]],
        resources: Resources,
    ) -> list[Expectation]:
        expectations: list[Expectation] = []
        columns = ("role_id", "level_id", "skill_id", "requirement", "proficiency_id", "text")
        local = self._local
        async for page in self._pages(models.expectation, *columns):
            for row in page:
                if len(expectations) % TURN == TURN - 1:
                    await asyncio.sleep(0)
                id_, role_id, level_id, skill_id, requirement, proficiency_id, text = row
                expectations.append(
                    Expectation(
                        roles[role_id],
                        levels[level_id],
                        skills[skill_id],
                        _REQUIREMENTS[requirement],
                        None if proficiency_id is None else proficiencies[proficiency_id],
                        None if text is None else local("expectation", id_, text, "text"),
                        prompts.get(id_, ()),
                        resources.get(id_, ()),
                    )
                )
        return expectations
