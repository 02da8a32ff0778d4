"""From table rows back to catalogue content: no database, so that a thread can do it.

Equal texts without translations become one shared value.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import Table

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
from bot.pauses import Pause, in_turns, no_pause
from bot.store.catalogue import revision_models as models

COLUMNS: Mapping[Table, tuple[str, ...]] = MappingProxyType(
    {
        models.translation: ("kind", "owner_id", "field", "locale", "text"),
        models.proficiency: ("key", "name", "rank", "summary"),
        models.level: ("ladder_id", "key", "name", "rank", "track", "aliases", "scope"),
        models.ladder: ("key", "name"),
        models.domain: ("key", "name"),
        models.skill_group: ("key", "name", "domain_id", "summary", "aliases"),
        models.prompt: ("skill_id", "expectation_id", "text"),
        models.resource: ("skill_id", "expectation_id", "title", "url", "language", "kind"),
        models.guide_line: ("skill_id", "band", "kind", "text"),
        models.skill_depth: ("skill_id", "proficiency_id", "text"),
        models.skill: ("key", "name", "group_id", "summary", "updated_on", "aliases"),
        models.role_family: ("key", "name"),
        models.role_focus: ("role_id", "level_id", "text"),
        models.role: ("key", "name", "family_id", "ladder_id", "summary", "aliases"),
        models.expectation: (
            *("role_id", "level_id", "skill_id", "requirement", "proficiency_id", "text"),
        ),
    }
)
"""What is read of each table, after the id."""

Row = Sequence[Any]
"""The id and the columns of a row, as `COLUMNS` has them."""

# Rows that a fraction of a millisecond is enough for.
_TURN = 100
_NO_TRANSLATIONS: Mapping[int, Mapping[str, str]] = MappingProxyType({})
_REQUIREMENTS = {each.value: each for each in Requirement}

Resources = dict[int, tuple[Resource, ...]]


class ContentMaker:
    """Makes the content of one revision, or of a part of it."""

    def __init__(self, rows: Mapping[Table, Iterable[Row]], pause: Pause = no_pause) -> None:
        """Make all but expectations, of the rows of each table, by their ids in order."""
        self._rows_of = rows
        self._pause = pause
        self._translations: dict[tuple[str, str], dict[int, dict[str, str]]] = {}
        self._shared: dict[str, LocalText] = {}
        self._expectations: list[Expectation] = []
        for _, kind, owner_id, field, locale, text in self._rows(models.translation):
            of_field = self._translations.setdefault((kind, field), {})
            of_field.setdefault(owner_id, {})[locale] = text
        self._proficiencies = self._read_proficiencies()
        self._levels, self._ladders = self._read_ladders()
        self._domains = {
            id_: Domain(key, self._local("domain", id_, text))
            for id_, key, text in self._rows(models.domain)
        }
        self._groups = self._read_groups()
        prompts_of_skills, self._prompts = self._read_prompts()
        resources_of_skills, self._resources = self._read_resources()
        self._skills = self._read_skills(prompts_of_skills, resources_of_skills)
        self._families = {
            id_: RoleFamily(key, self._local("role_family", id_, text))
            for id_, key, text in self._rows(models.role_family)
        }
        self._roles = self._read_roles()

    def add(self, rows: Iterable[Row]) -> None:
        """Make further expectations, by their ids in order."""
        made, local = self._expectations, self._local
        roles, levels, skills = self._roles, self._levels, self._skills
        depths, prompts, resources = self._proficiencies, self._prompts, self._resources
        for row in in_turns(rows, self._pause, every=_TURN):
            id_, role_id, level_id, skill_id, requirement, proficiency_id, text = row
            made.append(
                Expectation(
                    roles[role_id],
                    levels[level_id],
                    skills[skill_id],
                    _REQUIREMENTS[requirement],
                    None if proficiency_id is None else depths[proficiency_id],
                    None if text is None else local("expectation", id_, text, "text"),
                    prompts.get(id_, ()),
                    resources.get(id_, ()),
                )
            )

    def content(self, *, name: str, base_locale: str) -> CatalogueContent:
        """Return everything the owner published, in the owner's order."""
        return CatalogueContent(
            name=self._local("catalogue", 0, name),
            base_locale=base_locale,
            proficiencies=tuple(self._proficiencies.values()),
            ladders=tuple(self._ladders.values()),
            domains=tuple(self._domains.values()),
            groups=tuple(self._groups.values()),
            skills=tuple(self._skills.values()),
            families=tuple(self._families.values()),
            roles=tuple(self._roles.values()),
            expectations=tuple(self._expectations),
        )

    def _rows(self, table: Table) -> Iterable[Row]:
        return in_turns(self._rows_of.get(table, ()), self._pause, every=_TURN)

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

    def _read_ladders(self) -> tuple[dict[int, Level], dict[int, Ladder]]:
        levels: dict[int, Level] = {}
        of_ladder: dict[int, list[Level]] = defaultdict(list)
        for id_, ladder_id, key, name, rank, track, aliases, scope in self._rows(models.level):
            local = self._local("level", id_, name)
            level = Level(key, local, rank, track, aliases, Scope(scope) if scope else None)
            levels[id_] = level
            of_ladder[ladder_id].append(level)
        ladders = {
            id_: Ladder(key, self._local("ladder", id_, name), tuple(of_ladder[id_]))
            for id_, key, name in self._rows(models.ladder)
        }
        return levels, ladders

    def _read_groups(self) -> dict[int, SkillGroup]:
        return {
            id_: SkillGroup(
                key=key,
                name=self._local("skill_group", id_, name),
                domain=self._domains[domain_id],
                summary=self._summary("skill_group", id_, summary),
                aliases=aliases,
            )
            for id_, key, name, domain_id, summary, aliases in self._rows(models.skill_group)
        }

    def _read_proficiencies(self) -> dict[int, Proficiency]:
        rows = self._rows(models.proficiency)
        return {
            id_: Proficiency(
                key,
                self._local("proficiency", id_, name),
                rank,
                self._summary("proficiency", id_, summary),
            )
            for id_, key, name, rank, summary in rows
        }

    def _read_prompts(
        self,
    ) -> tuple[dict[int, tuple[LocalText, ...]], dict[int, tuple[LocalText, ...]]]:
        """Return the prompts by skill and by expectation."""
        of_skills: dict[int, tuple[LocalText, ...]] = {}
        of_expectations: dict[int, tuple[LocalText, ...]] = {}
        rows = self._rows(models.prompt)
        for id_, skill_id, expectation_id, text in rows:
            owners, owner_id = (
                (of_expectations, expectation_id) if skill_id is None else (of_skills, skill_id)
            )
            prompt = self._local("prompt", id_, text, "text")
            owners[owner_id] = (*owners.get(owner_id, ()), prompt)
        return of_skills, of_expectations

    def _read_resources(self) -> tuple[Resources, Resources]:
        """Return the resources by skill and by expectation."""
        of_skills: Resources = {}
        of_expectations: Resources = {}
        rows = self._rows(models.resource)
        for _, skill_id, expectation_id, title, url, language, kind in rows:
            owners, owner_id = (
                (of_expectations, expectation_id) if skill_id is None else (of_skills, skill_id)
            )
            resource = Resource(title, url, language, ResourceKind(kind) if kind else None)
            owners[owner_id] = (*owners.get(owner_id, ()), resource)
        return of_skills, of_expectations

    def _guides(self) -> dict[int, Mapping[Band, Guide]]:
        """Return the guides by skill."""
        lines: dict[int, dict[Band, dict[str, list[LocalText]]]] = {}
        rows = self._rows(models.guide_line)
        for id_, skill_id, band, kind, text in rows:
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

    def _texts_by_key(
        self, table: Table, targets: Mapping[int, Proficiency | Level]
    ) -> dict[int, Mapping[str, LocalText]]:
        texts: dict[int, dict[str, LocalText]] = defaultdict(dict)
        for id_, owner_id, target_id, text in self._rows(table):
            local = self._local(table.name, id_, text, "text")
            texts[owner_id][targets[target_id].key] = local
        return {owner_id: MappingProxyType(each) for owner_id, each in texts.items()}

    def _read_skills(
        self, prompts: dict[int, tuple[LocalText, ...]], resources: Resources
    ) -> dict[int, Skill]:
        guides = self._guides()
        depths = self._texts_by_key(models.skill_depth, self._proficiencies)
        return {
            id_: Skill(
                key=key,
                name=self._local("skill", id_, name),
                group=self._groups[group_id],
                summary=self._summary("skill", id_, summary),
                updated_on=updated_on,
                aliases=aliases,
                depths=depths.get(id_, NO_DEPTHS),
                prompts=prompts.get(id_, ()),
                guides=guides.get(id_, NO_GUIDES),
                resources=resources.get(id_, ()),
            )
            for id_, key, name, group_id, summary, updated_on, aliases in self._rows(models.skill)
        }

    def _read_roles(self) -> dict[int, Role]:
        focus = self._texts_by_key(models.role_focus, self._levels)
        return {
            id_: Role(
                key=key,
                name=self._local("role", id_, name),
                family=self._families[family_id],
                ladder=self._ladders[ladder_id],
                summary=self._summary("role", id_, summary),
                aliases=aliases,
                focus=focus.get(id_, NO_DEPTHS),
            )
            for id_, key, name, family_id, ladder_id, summary, aliases in self._rows(models.role)
        }
