"""One short text that two contents share only if they say the same."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.domain.framework import CatalogueContent, Expectation, Role, Skill, SkillGroup
from bot.domain.guidance import Resource
from bot.domain.text import LocalText

_FORM = "content-1"
"""Changes with what the digest covers, so that digests of two versions never agree by chance."""


def content_digest(content: CatalogueContent) -> str:
    """Return ``content-1:`` and a sha256 (hexadecimal) of everything in the content.

    The order in which expectations are listed means nothing and does not count; every other order
    does.
    """
    digest = hashlib.sha256()
    for row in _rows(content):
        digest.update(json.dumps(row, ensure_ascii=True, separators=(",", ":")).encode())
        digest.update(b"\n")
    return f"{_FORM}:{digest.hexdigest()}"


def _rows(content: CatalogueContent) -> Iterator[list[Any]]:
    yield ["catalogue", _text(content.name), content.base_locale]
    for proficiency in content.proficiencies:
        # What a later version knows is told only where it is there, so that other digests stay.
        told = [_text(proficiency.summary)] if proficiency.summary else []
        yield ["proficiency", proficiency.key, _text(proficiency.name), proficiency.rank, *told]
    for ladder in content.ladders:
        yield ["ladder", ladder.key, _text(ladder.name)]
        for level in ladder.levels:
            name, aliases = _text(level.name), list(level.aliases)
            scope = [level.scope.value] if level.scope else []
            yield ["level", level.key, name, level.rank, level.track, aliases, *scope]
    for domain in content.domains:
        yield ["domain", domain.key, _text(domain.name)]
    for group in content.groups:
        yield ["group", *_described(group), group.domain.key]
    for family in content.families:
        yield ["family", family.key, _text(family.name)]
    for role in content.roles:
        yield ["role", *_described(role), role.family.key, role.ladder.key, _texts(role.focus)]
    for skill in content.skills:
        updated = skill.updated_on.isoformat() if skill.updated_on else None
        more = [_texts(skill.depths), _all(skill.prompts), updated, *_guidance(skill)]
        yield ["skill", *_described(skill), skill.group.key, *more]
    for each in sorted(content.expectations, key=_cell):
        proficiency_key = each.proficiency.key if each.proficiency else None
        asked = [each.requirement.value, proficiency_key, _text(each.text), _all(each.prompts)]
        yield [*_cell(each), *asked, *_resources(each.resources)]


def _guidance(skill: Skill) -> Iterator[Any]:
    for band, guide in sorted(skill.guides.items()):
        yield [band.value, _all(guide.prompts), _all(guide.evidence)]
    yield from _resources(skill.resources)


def _resources(resources: Iterable[Resource]) -> list[Any]:
    return [["resource", each.title, each.url, each.language, each.kind] for each in resources]


def _cell(each: Expectation) -> tuple[str, str, str]:
    return each.role.key, each.level.key, each.skill.key


def _described(thing: SkillGroup | Skill | Role) -> list[Any]:
    return [thing.key, _text(thing.name), _text(thing.summary), list(thing.aliases)]


def _text(text: LocalText | None) -> Any:
    if text is None or not text.by_locale:
        return text and text.base
    return [text.base, sorted(text.by_locale.items())]


def _texts(texts: Mapping[str, LocalText]) -> list[Any]:
    return [[key, _text(texts[key])] for key in sorted(texts)]


def _all(texts: Iterable[LocalText]) -> list[Any]:
    return [_text(each) for each in texts]
