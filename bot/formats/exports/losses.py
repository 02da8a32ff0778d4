"""What an export leaves out, by name: found by comparing what comes back with what there was."""

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.domain.framework import CatalogueContent, Expectation, Proficiency
from bot.domain.said import Said, listed, said
from bot.domain.text import LocalText
from bot.formats.exports.language import language_of
from bot.formats.exports.registry import EXPORTS, export
from bot.formats.imports.catalogue_import import import_catalogue
from bot.values import dataclass

_READ_ONLY, _LOSSY = "html", "wide-csv"
_NAME = "the name of the catalogue: {name}"
_NAMED = (
    (said("domains that no group is in"), "domains"),
    (said("groups without a skill"), "groups"),
    (said("ladders that no role climbs"), "ladders"),
    (said("families without a role"), "families"),
    (said("proficiencies that nothing asks for, or their keys"), "proficiencies"),
    (said("skills that no role asks for"), "skills"),
    (said("roles that ask for nothing"), "roles"),
)
"""What a missing thing is, and where a content has such."""


def lost(content: CatalogueContent, format_name: str, locale: str | None = None) -> list[Said]:
    """Return what an export in this format does not bring back, each kind with names.

    `locale` is the language of the export, as in `export`. Nothing is written but a trial, of the
    format that has no place for everything; for others it is known without.
    """
    if EXPORTS[format_name].translations:
        return []
    if format_name == _READ_ONLY:
        return [said("everything but the matrix: a page is to be read, and cannot be imported")]
    found = _other_languages(content, locale)
    back = _tried(content) if format_name == _LOSSY else _in_use(content)
    if back is None:
        return [*found, said("everything: such a table of it cannot be imported again")]
    return found + differences(content, back)


def _other_languages(content: CatalogueContent, locale: str | None) -> list[Said]:
    if locale is None:
        return []
    tags = {content.base_locale, *language_of(content, None).translations} - {locale}
    return [said("texts in {languages}", languages=listed(sorted(tags)))] if tags else []


def _tried(content: CatalogueContent) -> CatalogueContent | None:
    with tempfile.TemporaryDirectory(prefix="nextrung-export-") as folder:
        path = Path(folder) / f"trial{EXPORTS[_LOSSY].suffix}"
        export(content, _LOSSY, path)
        return import_catalogue(path).content


def _in_use(content: CatalogueContent) -> CatalogueContent:
    """Return what tables of skills, roles and expectations bring back: what one of them names."""
    asked = {each.proficiency.key for each in content.expectations if each.proficiency}
    groups = {skill.group.key for skill in content.skills}
    domains = {skill.group.domain.key for skill in content.skills}
    climbed = {role.ladder.key for role in content.roles}
    families = {role.family.key for role in content.roles}
    return replace(
        content,
        # A table is called by its file.
        name=LocalText(""),
        proficiencies=tuple(each for each in content.proficiencies if each.key in asked),
        ladders=tuple(each for each in content.ladders if each.key in climbed),
        domains=tuple(each for each in content.domains if each.key in domains),
        groups=tuple(each for each in content.groups if each.key in groups),
        families=tuple(each for each in content.families if each.key in families),
        skills=tuple(
            replace(each, depths={key: each.depths[key] for key in each.depths if key in asked})
            for each in content.skills
        ),
    )


def without_name(found: Iterable[Said]) -> list[Said]:
    """Return the losses but that of the catalogue's name, which any table has in its file's."""
    return [each for each in found if each.template != _NAME]


def differences(before: CatalogueContent, after: CatalogueContent) -> list[Said]:
    """Return what `before` has and `after` has not, each kind with the names that it is about."""
    found = []
    if before.name != after.name:
        told = said("the name of the catalogue: {name}", name=before.name.base)
        found.append(told)
    for what, part in _NAMED:
        there = {each.key for each in getattr(after, part)}
        gone = [each.name.base for each in getattr(before, part) if each.key not in there]
        if gone:
            found.append(_told(what, gone))
    later = _parts(after)
    for what, parts in _parts(before).items():
        now = later[what]
        gone = [part.name for key, part in parts.items() if key in now and part.differs(now[key])]
        if gone:
            found.append(_told(what, gone))
    return found


def _told(what: Said, names: Sequence[str]) -> Said:
    return said("{what}: {names}", what=what, names=listed(list(dict.fromkeys(names))))


@dataclass(frozen=True, slots=True)
class _Part:
    """One thing of one kind: what it is called, and what may be lost of it."""

    name: str
    value: Any

    def differs(self, other: "_Part") -> bool:
        return bool(self.value != other.value)


_Parts = Mapping[Any, _Part]


def _parts(content: CatalogueContent) -> Mapping[Said, _Parts]:
    """Return, by what it is called, everything that a table may have no place for."""
    levels = [(ladder, level) for ladder in content.ladders for level in ladder.levels]
    roles, skills, groups = content.roles, content.skills, content.groups
    cells = [(_place(each), each) for each in content.expectations]
    depths = content.proficiencies

    def of_level(value: Callable[[Any], Any]) -> _Parts:
        return {(a.key, b.key): _Part(b.name.base, value(b)) for a, b in levels}

    def of_cell(value: Callable[[Expectation], Any]) -> _Parts:
        return {key: _Part(_where(each), value(each)) for key, each in cells}

    return {
        said("the scope of levels"): of_level(lambda each: each.scope),
        said("tracks of ladders that fork"): of_level(lambda each: (each.track, each.rank)),
        said("aliases of levels"): of_level(lambda each: set(each.aliases)),
        said("translations of levels"): of_level(lambda each: _languages(each.name)),
        said("what levels are about in roles"): _each(roles, lambda each: _texts(each.focus)),
        said("summaries and aliases of roles"): _each(roles, _described),
        said("summaries and aliases of groups"): _each(groups, _described),
        said("summaries and aliases of skills"): _each(skills, _described),
        said("texts of skills for a depth"): _each(skills, lambda each: _texts(each.depths)),
        said("growth prompts of skills"): _each(skills, lambda each: _list(each.prompts)),
        said("guides of skills: prompts and example evidence"): _each(
            skills,
            lambda each: {b: (_list(g.prompts), _list(g.evidence)) for b, g in each.guides.items()},
        ),
        said("resources of skills"): _each(skills, lambda each: each.resources),
        said("the day on which skills changed"): _each(skills, lambda each: each.updated_on),
        said("the order of proficiencies, and what they mean"): _ranked(depths),
        said("requirements and proficiencies of expectations"): of_cell(
            lambda each: (each.requirement, each.proficiency and each.proficiency.key)
        ),
        said("texts of expectations"): of_cell(lambda each: each.wording and each.wording.base),
        said("growth prompts of expectations"): of_cell(
            lambda each: [prompt.base for prompt in each.prompts]
        ),
        said("translations of expectations"): of_cell(
            lambda each: (_languages(each.wording), _list(each.prompts))
        ),
        said("resources of expectations"): of_cell(lambda each: each.resources),
    }


def _each(things: Iterable[Any], value: Callable[[Any], Any]) -> _Parts:
    return {each.key: _Part(each.name.base, value(each)) for each in things}


def _ranked(depths: Iterable[Proficiency]) -> _Parts:
    """Return each with those below it and what it means: numbers alone may be others."""
    ordered = sorted(depths, key=lambda each: each.rank)
    return {
        each.key: _Part(each.name.base, (at, each.summary and _language_map(each.summary)))
        for at, each in enumerate(ordered)
    }


def _described(thing: Any) -> Any:
    return (
        _languages(thing.name),
        thing.summary and _language_map(thing.summary),
        set(thing.aliases),
    )


def _texts(texts: Mapping[str, LocalText]) -> dict[str, Any]:
    return {key: _language_map(text) for key, text in texts.items()}


def _list(texts: Iterable[LocalText]) -> list[Any]:
    return [_language_map(text) for text in texts]


def _language_map(text: LocalText) -> tuple[str, dict[str, str]]:
    return text.base, _languages(text)


def _languages(text: LocalText | None) -> dict[str, str]:
    """Return the translations of a text that are others than it."""
    if text is None:
        return {}
    return {tag: each for tag, each in text.by_locale.items() if each != text.base}


def _place(cell: Expectation) -> tuple[str, str, str]:
    return cell.role.key, cell.level.key, cell.skill.key


def _where(cell: Expectation) -> str:
    return " / ".join((cell.role.name.base, cell.level.name.base, cell.skill.name.base))
