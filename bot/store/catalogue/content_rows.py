"""From catalogue content to table rows, in one pass per table."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from sqlalchemy import Table

from bot.domain.framework import CatalogueContent
from bot.domain.guidance import Band, Resource
from bot.domain.text import LocalText
from bot.store.catalogue import revision_models as models
from bot.store.catalogue.numbering import Ids, Keyed, check_rank
from bot.store.errors import InvalidContent

Row = dict[str, Any]
Texts = Iterable[tuple[str, int, str, LocalText | None]]


K = TypeVar("K", bound=Keyed)


class ContentRows:
    """Rows of one catalogue's content, ready for insertion.

    Every `*_rows` method is lazy: a large catalogue is never held twice.
    """

    def __init__(self, content: CatalogueContent) -> None:
        """Number all parts.

        Raises:
            InvalidContent: two parts of a kind share a key.
        """
        self._content = content
        self._proficiencies = Ids("proficiency", content.proficiencies)
        self._ladders = Ids("ladder", content.ladders)
        self._domains = Ids("domain", content.domains)
        self._groups = Ids("group", content.groups)
        self._skills = Ids("skill", content.skills)
        self._families = Ids("family", content.families)
        self._roles = Ids("role", content.roles)
        self._levels = self._number_levels()

    def _number_levels(self) -> dict[str, dict[str, int]]:
        levels: dict[str, dict[str, int]] = {}
        count = 0
        for ladder in self._content.ladders:
            ids = Ids("level", ladder.levels)
            levels[ladder.key] = {key: count + position for key, position in ids.items()}
            count += len(ids)
        return levels

    def check(self) -> None:
        """Walk through every reference.

        Raises:
            InvalidContent: a part refers to something that the content does not list.
        """
        for _, rows in self.tables():
            for _ in rows:
                pass

    def tables(self) -> Iterator[tuple[Table, Iterator[Row]]]:
        """Yield each table with its rows (without `revision_id`), referred tables first."""
        content = self._content
        yield models.proficiency, self._proficiency_rows()
        yield models.ladder, self._plain(content.ladders)
        yield models.level, self._level_rows()
        yield models.domain, self._plain(content.domains)
        yield models.skill_group, self._group_rows()
        yield models.skill, self._skill_rows()
        yield models.skill_depth, self._depth_rows()
        yield models.role_family, self._plain(content.families)
        yield models.role, self._role_rows()
        yield models.role_focus, self._focus_rows()
        yield models.expectation, self._expectation_rows()
        yield models.prompt, self._prompt_rows()
        yield models.guide_line, self._guide_rows()
        yield models.resource, self._resource_rows()
        yield models.translation, self._translation_rows()

    @staticmethod
    def _plain(values: Iterable[Any], *more: str) -> Iterator[Row]:
        for position, value in enumerate(values):
            row: Row = {"id": position, "key": value.key, "name": value.name.base}
            yield row | {name: getattr(value, name) for name in more}

    def _proficiency_rows(self) -> Iterator[Row]:
        for row, depth in zip(
            self._plain(self._content.proficiencies, "rank"),
            self._content.proficiencies,
            strict=True,
        ):
            check_rank("proficiency", row["key"], row["rank"])
            row["summary"] = depth.summary and depth.summary.base
            yield row

    def _level_rows(self) -> Iterator[Row]:
        for ladder_id, ladder in enumerate(self._content.ladders):
            for level in ladder.levels:
                check_rank("level", level.key, level.rank)
                yield {
                    "id": self._levels[ladder.key][level.key],
                    "ladder_id": ladder_id,
                    "key": level.key,
                    "name": level.name.base,
                    "rank": level.rank,
                    "track": level.track,
                    "aliases": level.aliases,
                    "scope": level.scope and level.scope.value,
                }

    def _group_rows(self) -> Iterator[Row]:
        for row, group in zip(
            self._plain(self._content.groups, "aliases"), self._content.groups, strict=True
        ):
            row["domain_id"] = self._domains.of(group.domain)
            row["summary"] = group.summary and group.summary.base
            yield row

    def _skill_rows(self) -> Iterator[Row]:
        for row, skill in zip(
            self._plain(self._content.skills, "aliases", "updated_on"),
            self._content.skills,
            strict=True,
        ):
            row["group_id"] = self._groups.of(skill.group)
            row["summary"] = skill.summary and skill.summary.base
            yield row

    def _depths(self) -> Iterator[tuple[int, int, LocalText]]:
        for skill_id, skill in enumerate(self._content.skills):
            for key, text in skill.depths.items():
                yield skill_id, self._proficiencies.of_key(key), text

    def _depth_rows(self) -> Iterator[Row]:
        for position, (skill_id, proficiency_id, text) in enumerate(self._depths()):
            yield {
                "id": position,
                "skill_id": skill_id,
                "proficiency_id": proficiency_id,
                "text": text.base,
            }

    def _role_rows(self) -> Iterator[Row]:
        for row, role in zip(
            self._plain(self._content.roles, "aliases"), self._content.roles, strict=True
        ):
            row["family_id"] = self._families.of(role.family)
            row["ladder_id"] = self._ladders.of(role.ladder)
            row["summary"] = role.summary and role.summary.base
            yield row

    def _focuses(self) -> Iterator[tuple[int, int, LocalText]]:
        for role_id, role in enumerate(self._content.roles):
            self._ladders.of(role.ladder)
            for key, text in role.focus.items():
                yield role_id, self._level_id(role.ladder.key, key), text

    def _focus_rows(self) -> Iterator[Row]:
        for position, (role_id, level_id, text) in enumerate(self._focuses()):
            yield {"id": position, "role_id": role_id, "level_id": level_id, "text": text.base}

    def _level_id(self, ladder_key: str, level_key: str) -> int:
        level_id = self._levels[ladder_key].get(level_key)
        if level_id is None:
            raise InvalidContent(reason="not on the role's ladder", kind="level", key=level_key)
        return level_id

    def _expectation_rows(self) -> Iterator[Row]:
        seen: set[tuple[int, int, int]] = set()
        for position, each in enumerate(self._content.expectations):
            role_id, skill_id = self._roles.of(each.role), self._skills.of(each.skill)
            level_id = self._level_id(each.role.ladder.key, each.level.key)
            cell = (role_id, level_id, skill_id)
            if each.role.ladder.level(each.level.key) != each.level:
                raise InvalidContent(
                    reason="not in the catalogue", kind="level", key=each.level.key
                )
            if cell in seen:
                raise InvalidContent(
                    reason="two expectations in one cell",
                    kind="expectation",
                    key=f"{each.role.key}/{each.level.key}/{each.skill.key}",
                )
            seen.add(cell)
            proficiency = each.proficiency
            yield {
                "id": position,
                "role_id": role_id,
                "level_id": level_id,
                "skill_id": skill_id,
                "requirement": each.requirement.value,
                "proficiency_id": proficiency and self._proficiencies.of(proficiency),
                "text": each.text and each.text.base,
            }

    def _prompts(self) -> Iterator[tuple[int | None, int | None, LocalText]]:
        for skill_id, skill in enumerate(self._content.skills):
            for text in skill.prompts:
                yield skill_id, None, text
        for expectation_id, each in enumerate(self._content.expectations):
            for text in each.prompts:
                yield None, expectation_id, text

    def _prompt_rows(self) -> Iterator[Row]:
        for position, (skill_id, expectation_id, text) in enumerate(self._prompts()):
            yield {
                "id": position,
                "skill_id": skill_id,
                "expectation_id": expectation_id,
                "text": text.base,
            }

    def _guide_lines(self) -> Iterator[tuple[int, Band, str, LocalText]]:
        for skill_id, skill in enumerate(self._content.skills):
            for band, guide in skill.guides.items():
                for text in guide.prompts:
                    yield skill_id, band, "prompt", text
                for text in guide.evidence:
                    yield skill_id, band, "evidence", text

    def _guide_rows(self) -> Iterator[Row]:
        for position, (skill_id, band, kind, text) in enumerate(self._guide_lines()):
            yield {
                "id": position,
                "skill_id": skill_id,
                "band": band.value,
                "kind": kind,
                "text": text.base,
            }

    def _resources(self) -> Iterator[tuple[int | None, int | None, Resource]]:
        for skill_id, skill in enumerate(self._content.skills):
            for resource in skill.resources:
                yield skill_id, None, resource
        for expectation_id, each in enumerate(self._content.expectations):
            for resource in each.resources:
                yield None, expectation_id, resource

    def _resource_rows(self) -> Iterator[Row]:
        for position, (skill_id, expectation_id, resource) in enumerate(self._resources()):
            yield {
                "id": position,
                "skill_id": skill_id,
                "expectation_id": expectation_id,
                "title": resource.title,
                "url": resource.url,
                "language": resource.language,
                "kind": resource.kind and resource.kind.value,
            }

    def _translation_rows(self) -> Iterator[Row]:
        position = 0
        for kind, owner_id, field, text in self._texts():
            if text is None or not text.by_locale:
                continue
            for locale, translated in text.by_locale.items():
                yield {
                    "id": position,
                    "kind": kind,
                    "owner_id": owner_id,
                    "field": field,
                    "locale": locale,
                    "text": translated,
                }
                position += 1

    def _texts(self) -> Texts:
        content = self._content
        yield "catalogue", 0, "name", content.name
        named: tuple[tuple[str, Iterable[Any]], ...] = (
            ("proficiency", content.proficiencies),
            ("ladder", content.ladders),
            ("level", [level for ladder in content.ladders for level in ladder.levels]),
            ("domain", content.domains),
            ("skill_group", content.groups),
            ("skill", content.skills),
            ("role_family", content.families),
            ("role", content.roles),
        )
        for table, values in named:
            for position, value in enumerate(values):
                yield table, position, "name", value.name
                yield table, position, "summary", getattr(value, "summary", None)
        for position, depth in enumerate(self._depths()):
            yield "skill_depth", position, "text", depth[2]
        for position, focus in enumerate(self._focuses()):
            yield "role_focus", position, "text", focus[2]
        for position, each in enumerate(content.expectations):
            yield "expectation", position, "text", each.text
        for position, prompt in enumerate(self._prompts()):
            yield "prompt", position, "text", prompt[2]
        for position, line in enumerate(self._guide_lines()):
            yield "guide_line", position, "text", line[3]
