"""What each exported shape keeps when it is imported again: as the documentation's table says."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from bot.domain.framework import CatalogueContent, Ladder, Level
from bot.domain.guidance import Band, Guide, Resource, ResourceKind, Scope
from bot.domain.text import LocalText
from bot.formats.exports.registry import EXPORTS, export
from bot.formats.imports.catalogue_import import import_catalogue
from tests.docs.pages import Page
from tests.unit.formats.imports.importing import content_of
from tests.unit.samples import workshop

PAGE = Page("docs/reference/table-formats.md")
HEAD = "| kept |"
SHAPES = [name for name in EXPORTS if name != "html"]  # a page is for readers


# A wide table is told by its levels: they are called what levels are usually called.
LEVELS = {
    "novice": "junior",
    "adept": "senior",
    "expert": "expert",
    "staff": "staff",
    "manager": "manager",
    "fellow": "principal",
    "director": "director",
    "only": "lead",
}


def _levels(ladder: Ladder) -> tuple[Level, ...]:
    return tuple(
        replace(
            each,
            key=LEVELS[each.key],
            name=LocalText(LEVELS[each.key].title()),
            scope=Scope.TEAM,
            aliases=(f"{each.key}-rank",),
        )
        for each in ladder.levels
    )


def text(words: str) -> LocalText:
    return LocalText(words, {"zh": f"{words}（译）"})


@cache
def rich() -> CatalogueContent:
    """Return a catalogue that uses everything there is."""
    found = workshop().content
    book = Resource("A book", "https://example.com/book", "en", ResourceKind.BOOK)
    sawing = replace(
        found.skills[0],
        name=text("Sawing"),
        summary=text("Cuts wood"),
        updated_on=date(2026, 2, 22),
        depths={"basic": text("Saws along a line")},
        prompts=(text("What did you saw?"),),
        guides={Band.EARLY: Guide((text("Saw a plank"),), (text("A straight plank"),))},
        resources=(book,),
    )
    ladders = {each.key: replace(each, levels=_levels(each)) for each in found.ladders}
    roles = {each.key: replace(each, ladder=ladders[each.ladder.key]) for each in found.roles}
    roles["joiner"] = replace(roles["joiner"], focus={"junior": text("Learns to saw")})
    depths = {each.key: replace(each, summary=text("Knows")) for each in found.proficiencies}
    cells = []
    for at, each in enumerate(found.expectations):
        role = roles[each.role.key]
        cell = replace(
            each,
            role=role,
            level=role.ladder.level(LEVELS[each.level.key]) or each.level,
            skill=sawing if each.skill.key == "sawing" else each.skill,
            proficiency=depths[each.proficiency.key] if each.proficiency else None,
        )
        if at == 0:
            cell = replace(cell, text=text("Saws"), prompts=(text("Saw"),), resources=(book,))
        cells.append(cell)
    return replace(
        found,
        name=text("Workshop framework"),
        proficiencies=tuple(depths.values()),
        ladders=tuple(ladders.values()),
        skills=(sawing, *found.skills[1:]),
        roles=tuple(roles.values()),
        expectations=tuple(cells),
    )


def aspects(content: CatalogueContent) -> dict[str, object]:
    """Return what there is to keep, by the words of the table."""
    cells = content.expectations
    skills = {each.skill.key: each.skill for each in cells}
    levels = {(each.role.key, each.level.key): each.level for each in cells}
    return {
        "names and keys of roles, levels and skills, with their families, groups and domains": (
            {(each.role.key, each.role.name.base, each.role.family.key) for each in cells},
            [(*key, each.name.base) for key, each in levels.items()],
            [(each.key, each.name.base, each.group.key) for each in skills.values()],
            {each.skill.group.domain.key for each in cells},
        ),
        "what is expected: required or optional, proficiency, text": [
            (
                *(each.role.key, each.level.key, each.skill.key, each.requirement),
                each.proficiency and each.proficiency.key,
                each.wording and each.wording.base,
            )
            for each in cells
        ],
        "growth prompts of an expectation": [[p.base for p in each.prompts] for each in cells],
        "translations of what is expected": [(each.wording, each.prompts) for each in cells],
        "translations of names and of the skill's own texts": (
            skills["sawing"].name,
            skills["sawing"].summary,
            skills["sawing"].prompts,
        ),
        "resources of a skill": [each.resources for each in skills.values()],
        "resources of an expectation": [each.resources for each in cells],
        "guides: prompts and example evidence for a band of levels": [
            each.guides for each in skills.values()
        ],
        "the skill's own text for a proficiency": [each.depths for each in skills.values()],
        "what a proficiency means": [each.summary for each in content.proficiencies],
        "the scope of a level": [each.scope for each in levels.values()],
        "tracks of a ladder that forks": [each.track for each in levels.values()],
        "aliases of a level": [each.aliases for each in levels.values()],
        "what a level is about in a role": [each.focus for each in content.roles],
        "what nothing refers to, such as an empty group": [each.key for each in content.groups],
        "a skill that no role asks for, and a role that asks for nothing": (
            [each.key for each in content.skills],
            [each.key for each in content.roles],
        ),
        "the name of the catalogue": content.name,
    }


def documented() -> dict[str, dict[str, bool]]:
    """Return the documentation's table: what is kept, by shape."""
    lines = PAGE.path.read_text("utf-8").splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith(HEAD))
    shapes = [each.strip(" `") for each in lines[start].strip("|").split("|")[1:]]
    found = {}
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        name, *kept = (each.strip() for each in line.strip("|").split("|"))
        assert set(kept) <= {"yes", "no"}, line
        found[name] = {s: k == "yes" for s, k in zip(shapes, kept, strict=True)}
    return found


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_keeps_what_the_table_says(shape: str, tmp_path: Path) -> None:
    path = tmp_path / f"kept{EXPORTS[shape].suffix}"
    export(rich(), shape, path)
    before, after = aspects(rich()), aspects(content_of(import_catalogue(path)))
    kept = {name: before[name] == after[name] for name in before}
    assert kept == {name: shapes[shape] for name, shapes in documented().items()}
