"""What a catalogue called a thing last, by its key: for whoever is told that it has gone."""

from dataclasses import replace

import pytest

from bot.domain.framework import CatalogueContent
from bot.domain.text import LocalText
from bot.store.database import Database
from tests.factories import big_catalogue
from tests.fakes.clock import FrozenClock

SAMPLE = big_catalogue(skills=12, roles=3, expectations=60)
ROLE = SAMPLE.roles[0]


async def publish(database: Database, content: CatalogueContent, key: str = "sample") -> None:
    await database.catalogues.publish(
        content, catalogue_key=key, author="Sample Owner", note="", at=FrozenClock().now()
    )


def with_name(content: CatalogueContent, name: LocalText) -> CatalogueContent:
    """Return the catalogue with its first skill called `name`."""
    first, *others = content.skills
    skills = {each.key: each for each in (replace(first, name=name), *others)}
    cells = (replace(each, skill=skills[each.skill.key]) for each in content.expectations)
    return replace(content, skills=tuple(skills.values()), expectations=tuple(cells))


@pytest.mark.parametrize(
    ("kind", "key", "name"),
    [
        ("skill", SAMPLE.skills[0].key, SAMPLE.skills[0].name),
        ("group", SAMPLE.groups[0].key, SAMPLE.groups[0].name),
        ("domain", SAMPLE.domains[0].key, SAMPLE.domains[0].name),
        ("role", ROLE.key, ROLE.name),
        ("level", ROLE.ladder.levels[0].key, ROLE.ladder.levels[0].name),
    ],
)
async def test_each_kind_of_thing_has_its_name(
    database: Database, kind: str, key: str, name: LocalText
) -> None:
    await publish(database, SAMPLE)
    await publish(database, SAMPLE, "another")
    former = database.catalogues.former_names
    assert await former("sample", kind, [key, "nobody-knows"], role=ROLE.key) == {key: name}
    assert await former("nobody-knows", kind, [key], role=ROLE.key) == {}


async def test_the_last_name_counts_with_its_translations(database: Database) -> None:
    key = SAMPLE.skills[0].key
    last = LocalText("Run Bookkeeping", {"zh": "运行记录", "de": "Buchführung"})
    await publish(database, with_name(SAMPLE, LocalText("Older Still", {"zh": "更早的"})))
    await publish(database, with_name(SAMPLE, last))
    gone = replace(
        SAMPLE,
        skills=SAMPLE.skills[1:],
        expectations=tuple(each for each in SAMPLE.expectations if each.skill.key != key),
    )
    await publish(database, gone)
    other = SAMPLE.skills[1]
    found = await database.catalogues.former_names("sample", "skill", [key, other.key])
    assert found == {key: last, other.key: other.name}


async def test_a_level_is_that_of_the_role_and_of_no_other(database: Database) -> None:
    await publish(database, SAMPLE)
    key = ROLE.ladder.levels[0].key
    former = database.catalogues.former_names
    assert await former("sample", "level", [key], role="nobody") == {}
    assert await former("sample", "goal", [key]) == {}
    assert await former("sample", "skill", []) == {}
