"""What was exported comes back the same, without a mapping."""

import tempfile
from dataclasses import fields, replace
from itertools import zip_longest
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from bot.domain.guidance import Guide
from bot.domain.revision import Catalogue
from bot.domain.text import LocalText
from bot.formats.exports.registry import EXPORTS, export
from bot.formats.imports.catalogue_import import import_catalogue
from tests.properties import examples, sampled
from tests.strategies import HOSTILE, NAMES, SMALL, catalogues
from tests.unit.formats.imports.importing import content_of, part_of_built_in, told
from tests.unit.samples import built_in

# Aliases stand in one cell, divided by commas.
POOLS = st.lists(NAMES.filter(lambda name: "," not in name), max_size=6).map(
    lambda drawn: (*drawn, *HOSTILE)
)
T = TypeVar("T", Skill, SkillGroup, Role, Level)
EXACT = ("long-csv", "csv-set", "xlsx", "markdown", "json", "yaml")
FLAT = ("long-csv", "xlsx", "markdown")
NAMELESS = (*FLAT, "csv-set")


def again(content: CatalogueContent, format_name: str, folder: Path) -> CatalogueContent:
    """Export, import, and return what came back, under the name that a table cannot keep."""
    path = folder / f"exported{EXPORTS[format_name].suffix}"
    export(content, format_name, path)
    result = import_catalogue(path)
    assert {each.code for each in result.warnings} <= {"no-rows", "no-expectations"}, told(result)
    found = content_of(result)
    return replace(found, name=content.name) if format_name in NAMELESS else found


@sampled("format_name", EXACT)
def test_the_built_in_catalogue_comes_back(format_name: str, tmp_path: Path) -> None:
    content = built_in().catalogue.content
    assert again(content, format_name, tmp_path) == content


@pytest.mark.parametrize("format_name", EXACT)
def test_a_part_of_the_built_in_catalogue_comes_back(format_name: str, tmp_path: Path) -> None:
    content = part_of_built_in()
    assert again(content, format_name, tmp_path) == content


def test_a_wide_table_brings_back_the_cells(tmp_path: Path) -> None:
    """It has no place for translations of levels' texts, forks, aliases of levels and focus."""
    content = built_in().catalogue.content
    found = again(content, "wide-csv", tmp_path)

    def cells(content: CatalogueContent) -> set[tuple[object, ...]]:
        return {
            (
                *(each.role.key, each.level.key, each.skill.key, each.requirement),
                each.proficiency and each.proficiency.key,
                each.wording and each.wording.base,
                tuple(prompt.base for prompt in each.prompts),
            )
            for each in content.expectations
        }

    assert cells(found) == cells(content)


@pytest.mark.parametrize("format_name", [*EXACT, "wide-csv"])
def test_what_a_depth_means_comes_back_in_every_language(format_name: str, tmp_path: Path) -> None:
    part = part_of_built_in()
    meant = {
        "awareness": LocalText("Knows it,\nand asks", {"zh": "了解，\n会提问"}),
        "working": None,
        "advanced": LocalText("=Leads it"),
        "expert": LocalText("Sets the rule", {"zh": "制定规则", "de": "Setzt die Regel"}),
    }
    told = {each.key: replace(each, summary=meant[each.key]) for each in part.proficiencies}
    assert told.keys() == meant.keys()
    content = replace(
        part,
        proficiencies=tuple(told.values()),
        expectations=tuple(
            replace(each, proficiency=told[each.proficiency.key] if each.proficiency else None)
            for each in part.expectations
        ),
    )
    found = again(content, format_name, tmp_path)
    assert [(each.key, each.rank, each.summary) for each in found.proficiencies] == [
        (each.key, each.rank, each.summary) for each in content.proficiencies
    ]


@pytest.mark.parametrize("format_name", FLAT)
@examples(25)
@given(drawn=catalogues(SMALL, POOLS))
def test_any_catalogue_comes_back(format_name: str, drawn: Catalogue) -> None:
    expected = carried(drawn.content)
    with tempfile.TemporaryDirectory() as folder:
        found = again(expected, format_name, Path(folder))
    for field in fields(CatalogueContent):
        # Not one assertion: explaining how two large catalogues differ takes minutes.
        if getattr(found, field.name) != getattr(expected, field.name):
            pytest.fail(_first_difference(field.name, expected, found))


def _first_difference(name: str, expected: CatalogueContent, found: CatalogueContent) -> str:
    one, other = getattr(expected, name), getattr(found, name)
    if not isinstance(one, tuple):
        return f"{name}: {one!r} became {other!r}"
    pairs = zip_longest(one, other)
    return next(f"{name}: {a!r} became {b!r}" for a, b in pairs if a != b)[:3000]


def carried(content: CatalogueContent) -> CatalogueContent:
    """Return what tables have a place for.

    They hold what some row refers to: no proficiency that nothing asks for, no empty group, domain
    or family, and no ladder that nobody climbs. A text that is the skill's own is kept once, and so
    is an alias.
    """
    asked = {each.proficiency.key for each in content.expectations if each.proficiency}
    kept = [each for each in content.proficiencies if each.key in asked]
    depths = {each.key: replace(each, rank=rank) for rank, each in enumerate(kept, 1)}
    groups = {each.key: _once(each) for each in content.groups}
    used = {skill.group.key: groups[skill.group.key] for skill in content.skills}
    skills = {each.key: _skill(each, groups, depths) for each in content.skills}
    climbed = {role.ladder.key: role.ladder for role in content.roles}
    ladders = {key: _ladder(ladder) for key, ladder in climbed.items()}
    roles = {
        role.key: replace(_once(role), ladder=ladders[role.ladder.key]) for role in content.roles
    }
    return replace(
        content,
        proficiencies=tuple(depths.values()),
        ladders=tuple(ladders.values()),
        domains=tuple({group.domain.key: group.domain for group in used.values()}.values()),
        groups=tuple(used.values()),
        skills=tuple(skills.values()),
        families=tuple({role.family.key: role.family for role in content.roles}.values()),
        roles=tuple(roles.values()),
        expectations=tuple(_cell(each, roles, skills, depths) for each in content.expectations),
    )


def _once(thing: T) -> T:
    return replace(thing, aliases=tuple(dict.fromkeys(thing.aliases)))


def _ladder(ladder: Ladder) -> Ladder:
    return replace(ladder, levels=tuple(_once(level) for level in ladder.levels))


def _skill(skill: Skill, groups: dict[str, SkillGroup], depths: dict[str, Proficiency]) -> Skill:
    own = {key: skill.depths[key] for key in depths if key in skill.depths}
    return replace(
        _once(skill),
        group=groups[skill.group.key],
        depths=own,
        prompts=_prompts(skill.prompts),
        guides={
            band: Guide(_prompts(guide.prompts), _prompts(guide.evidence))
            for band, guide in skill.guides.items()
        },
    )


def _prompts(prompts: tuple[LocalText, ...]) -> tuple[LocalText, ...]:
    """Return short texts without translations that say the same in the same words."""
    return tuple(
        LocalText(
            each.base, {tag: text for tag, text in each.by_locale.items() if text != each.base}
        )
        for each in prompts
    )


def _cell(
    cell: Expectation,
    roles: dict[str, Role],
    skills: dict[str, Skill],
    depths: dict[str, Proficiency],
) -> Expectation:
    role, skill = roles[cell.role.key], skills[cell.skill.key]
    level = role.ladder.level(cell.level.key)
    depth = depths[cell.proficiency.key] if cell.proficiency else None
    text = cell.text
    if text is not None and depth is not None and skill.depths.get(depth.key) == text:
        text = None
    return replace(
        cell,
        role=role,
        level=level or cell.level,
        skill=skill,
        proficiency=depth,
        text=text,
        prompts=_prompts(cell.prompts),
    )
