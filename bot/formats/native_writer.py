"""Writes a catalogue in the native format, in one canonical form.

The same content always gives the same bytes, and reading them gives the same content. Orders are
written as 10, 20, 30 … so that a person can put something between two entries.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bot.domain.framework import (
    CatalogueContent,
    Expectation,
    Ladder,
    Level,
    Proficiency,
    Role,
    Skill,
    SkillGroup,
)
from bot.domain.guidance import Band, Guide, Resource
from bot.domain.text import LocalText
from bot.formats.native_files import CATALOGUE_FILE
from bot.formats.native_source import yaml_paths
from bot.formats.yaml_text import Value, to_yaml

_ORDER_STEP = 10

Fields = dict[str, Value | None]


def write_folder(content: CatalogueContent, folder: Path) -> tuple[Path, ...]:
    """Write a catalogue into a folder, made if missing, and return the files' paths.

    Raises:
        FileExistsError: the folder holds YAML files that are not part of this catalogue; together
            they would be read as one. Nothing is written then.
        OSError: the folder cannot be written.
    """
    files = render_files(content)
    foreign = [
        path.as_posix()
        for path in (yaml_paths(folder) if folder.exists() else [])
        if path.as_posix() not in files
    ]
    if foreign:
        raise FileExistsError(f"{folder} holds other YAML files: {', '.join(foreign)}")
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return tuple(folder / name for name in files)


def render_files(content: CatalogueContent) -> dict[str, str]:
    """Return the text of every file by its path relative to the catalogue's folder."""
    return {name: to_yaml(values) for name, values in file_values(content)}


def file_values(content: CatalogueContent) -> Iterator[tuple[str, dict[str, Value]]]:
    """Yield each file's path, relative to the catalogue's folder, with the values it holds."""
    writer = _Writer(content)
    yield CATALOGUE_FILE, _present(writer.catalogue())
    for position, role in enumerate(content.roles, 1):
        yield f"roles/{role.key}.yaml", _present(writer.role(role, position * _ORDER_STEP))
    members: dict[str, list[Skill]] = {}
    for skill in content.skills:
        members.setdefault(skill.group.key, []).append(skill)
    for group in content.groups:
        for position, skill in enumerate(members.get(group.key, ()), 1):
            yield f"skills/{skill.key}.yaml", _present(writer.skill(skill, position * _ORDER_STEP))


class _Writer:
    def __init__(self, content: CatalogueContent) -> None:
        self._content = content
        self._cells: dict[str, list[Expectation]] = {}
        for each in content.expectations:
            self._cells.setdefault(each.skill.key, []).append(each)

    def catalogue(self) -> Fields:
        content = self._content
        dates = [skill.updated_on for skill in content.skills if skill.updated_on]
        return {
            "name": self._text(content.name),
            "base_locale": content.base_locale,
            "updated": max(dates, default=None),
            "proficiencies": [self._depth(each) for each in content.proficiencies],
            "ladders": [self._ladder(ladder) for ladder in content.ladders],
            "domains": [
                {
                    **self._named(domain.key, domain.name),
                    "groups": [
                        self._group(group)
                        for group in content.groups
                        if group.domain.key == domain.key
                    ],
                }
                for domain in content.domains
            ],
            "families": [self._named(each.key, each.name) for each in content.families],
        }

    def role(self, role: Role, order: int) -> Fields:
        return {
            "key": role.key,
            "order": order,
            "name": self._text(role.name),
            "family": role.family.key,
            "ladder": role.ladder.key,
            "aliases": list(role.aliases) or None,
            "summary": self._optional(role.summary),
            "focus": self._texts(role.focus, (level.key for level in role.ladder.levels)),
        }

    def skill(self, skill: Skill, order: int) -> Fields:
        return {
            "key": skill.key,
            "order": order,
            "name": self._text(skill.name),
            "group": skill.group.key,
            "updated": skill.updated_on,
            "aliases": list(skill.aliases) or None,
            "summary": self._optional(skill.summary),
            "prompts": self._prompts(skill.prompts),
            "guides": self._guides(skill.guides),
            "resources": _resources(skill.resources),
            "depths": self._texts(skill.depths, (each.key for each in self._content.proficiencies)),
            "expectations": self._expectations(skill) or None,
        }

    def _expectations(self, skill: Skill) -> dict[str, Value]:
        by_role: dict[str, dict[str, Value]] = {}
        for each in self._cells.get(skill.key, ()):
            fields: Fields = {
                "requirement": each.requirement.value,
                "proficiency": each.proficiency.key if each.proficiency else None,
                "text": self._optional(each.text),
                "prompts": self._prompts(each.prompts),
                "resources": _resources(each.resources),
            }
            by_role.setdefault(each.role.key, {})[each.level.key] = _present(fields)
        return dict(by_role)

    def _ladder(self, ladder: Ladder) -> dict[str, Value]:
        levels = [self._level(level, at) for at, level in enumerate(ladder.levels, 1)]
        return {**self._named(ladder.key, ladder.name), "levels": levels}

    def _level(self, level: Level, position: int) -> dict[str, Value]:
        optional: Fields = {
            "aliases": list(level.aliases) or None,
            "track": level.track,
            "scope": level.scope and level.scope.value,
            "rank": None if level.rank == position else level.rank,
        }
        return {**self._named(level.key, level.name), **_present(optional)}

    def _depth(self, depth: Proficiency) -> dict[str, Value]:
        optional: Fields = {"summary": self._optional(depth.summary)}
        return {**self._named(depth.key, depth.name), **_present(optional)}

    def _group(self, group: SkillGroup) -> dict[str, Value]:
        optional: Fields = {
            "aliases": list(group.aliases) or None,
            "summary": self._optional(group.summary),
        }
        return {**self._named(group.key, group.name), **_present(optional)}

    def _named(self, key: str, name: LocalText) -> dict[str, Value]:
        return {"key": key, "name": self._text(name)}

    def _text(self, text: LocalText) -> Value:
        if not text.by_locale:
            return text.base
        return {self._content.base_locale: text.base, **dict(sorted(text.by_locale.items()))}

    def _optional(self, text: LocalText | None) -> Value | None:
        return None if text is None else self._text(text)

    def _prompts(self, prompts: Iterable[LocalText]) -> Value | None:
        return [self._text(prompt) for prompt in prompts] or None

    def _guides(self, guides: Mapping[Band, Guide]) -> Value | None:
        written = {
            band.value: _present(
                {
                    "prompts": self._prompts(guides[band].prompts),
                    "evidence": self._prompts(guides[band].evidence),
                }
            )
            for band in Band
            if band in guides
        }
        return dict(written) or None

    def _texts(self, texts: Mapping[str, LocalText], keys: Iterable[str]) -> Value | None:
        return {key: self._text(texts[key]) for key in keys if key in texts} or None


def _resources(resources: Iterable[Resource]) -> Value | None:
    return [
        _present(
            {
                "title": each.title,
                "url": each.url,
                "language": each.language,
                "kind": each.kind and each.kind.value,
            }
        )
        for each in resources
    ] or None


def _present(fields: Fields) -> dict[str, Value]:
    """Return the fields that hold something, in their order."""
    return {name: value for name, value in fields.items() if value is not None}
