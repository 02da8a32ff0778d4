"""The digest of a content: equal for equal contents only, whatever the order of its cells."""

from dataclasses import replace
from datetime import date

from hypothesis import given

from bot.domain.catalogue.content_digest import content_digest
from bot.domain.catalogue.diff import diff
from bot.domain.framework import CatalogueContent
from bot.domain.revision import Catalogue
from bot.domain.text import LocalText
from tests.properties import examples
from tests.strategies import catalogues
from tests.unit.samples import DEEP, workshop

CONTENT = workshop().content


def test_equal_contents_have_one_digest() -> None:
    shuffled = replace(CONTENT, expectations=CONTENT.expectations[::-1])
    copied = replace(CONTENT, skills=tuple(replace(each) for each in CONTENT.skills))
    assert {content_digest(each) for each in (CONTENT, shuffled, copied)} == {
        content_digest(CONTENT)
    }


def test_every_field_counts() -> None:
    skill = CONTENT.skills[0]
    cell = CONTENT.expectations[0]
    role = CONTENT.roles[0]
    group = CONTENT.groups[0]
    ladder = CONTENT.ladders[0]
    level = ladder.levels[0]
    text = LocalText("Another")
    skills = (
        replace(skill, name=LocalText("Sawing", {"zh": "锯"})),
        replace(skill, summary=text),
        replace(skill, updated_on=date(2026, 3, 2)),
        replace(skill, aliases=("saws",)),
        replace(skill, depths={"deep": text}),
        replace(skill, prompts=(text,)),
        replace(skill, group=CONTENT.groups[1]),
    )
    cells = (
        replace(cell, text=text),
        replace(cell, prompts=(text,)),
        replace(cell, proficiency=DEEP),
        replace(cell, skill=CONTENT.skills[3]),
    )
    roles = (replace(role, focus={"adept": text}), replace(role, summary=text))
    contents: list[CatalogueContent] = [
        CONTENT,
        *(replace(CONTENT, skills=(each, *CONTENT.skills[1:])) for each in skills),
        *(replace(CONTENT, expectations=(each, *CONTENT.expectations[1:])) for each in cells),
        *(replace(CONTENT, roles=(each, *CONTENT.roles[1:])) for each in roles),
    ]
    higher = replace(ladder, levels=(replace(level, aliases=("new",)), *ladder.levels[1:]))
    contents += [
        replace(CONTENT, ladders=(higher, *CONTENT.ladders[1:])),
        replace(CONTENT, groups=(replace(group, summary=text), *CONTENT.groups[1:])),
        replace(CONTENT, name=text),
        replace(CONTENT, base_locale="de"),
        replace(CONTENT, proficiencies=CONTENT.proficiencies[::-1]),
        replace(CONTENT, domains=()),
        replace(CONTENT, families=()),
    ]
    assert len({content_digest(each) for each in contents}) == len(contents)


@examples(30)
@given(catalogues(), catalogues())
def test_what_differs_for_a_reader_differs_in_its_digest(one: Catalogue, other: Catalogue) -> None:
    if diff(one.content, other.content):
        assert content_digest(one.content) != content_digest(other.content)
    assert content_digest(one.content) == content_digest(replace(one.content))
