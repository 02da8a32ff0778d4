"""What is published comes back exactly, on both databases."""

import asyncio
import gc
from dataclasses import replace
from threading import get_ident

import pytest
from hypothesis import given

from bot.domain.framework import CatalogueContent
from bot.domain.text import LocalText
from bot.store.catalogue import content_reader
from bot.store.catalogue.content_rows import ContentRows
from bot.store.database import Database
from bot.store.errors import InvalidContent, UnstorableText
from tests.factories import big_catalogue
from tests.fakes.clock import FrozenClock
from tests.integration.store.strategies import contents
from tests.properties import examples

SMALL = big_catalogue(skills=12, roles=3, expectations=60)


async def publish(database: Database, content: CatalogueContent, *, key: str = "sample") -> int:
    info = await database.catalogues.publish(
        content,
        catalogue_key=key,
        author="Sample Owner",
        note="a note",
        at=FrozenClock().now(),
    )
    return info.id


# The database may keep the revisions of earlier examples: each example publishes its own.
@examples(40, one_fixture=True)
@given(content=contents())
async def test_any_content_survives(database: Database, content: CatalogueContent) -> None:
    catalogue = await database.catalogues.load(await publish(database, content))
    assert catalogue.content == content


@pytest.mark.parametrize("page", [1, 7, len(SMALL.expectations)])
async def test_more_than_one_statement_takes(
    database: Database, monkeypatch: pytest.MonkeyPatch, page: int
) -> None:
    monkeypatch.setattr(content_reader, "PAGE", page)
    monkeypatch.setattr(content_reader, "_TURN", 2)
    paused = []
    info = await publish(database, SMALL)
    catalogue = await database.catalogues.load(info, pause=lambda: paused.append(get_ident()))
    assert catalogue.content == SMALL
    assert paused
    assert get_ident() not in paused


async def test_order_of_everything_survives(database: Database) -> None:
    turned = replace(
        SMALL,
        skills=SMALL.skills[::-1],
        roles=SMALL.roles[::-1],
        groups=SMALL.groups[::-1],
        expectations=SMALL.expectations[::-1],
    )
    catalogue = await database.catalogues.load(await publish(database, turned))
    assert catalogue.content == turned
    assert [each.key for each in catalogue.content.skills] == [each.key for each in turned.skills]


async def test_loaded_parts_and_equal_texts_are_shared(database: Database) -> None:
    content = (await database.catalogues.load(await publish(database, SMALL))).content
    skills = {id(skill) for skill in content.skills}
    assert all(id(each.skill) in skills for each in content.expectations)
    prompts = [prompt for each in content.expectations for prompt in each.prompts]
    by_text: dict[str, set[int]] = {}
    for text in (*prompts, *(each.text for each in content.expectations if each.text)):
        by_text.setdefault(text.base, set()).add(id(text))
    assert all(len(ids) == 1 for ids in by_text.values())


async def test_a_large_catalogue_loads_while_others_work(database: Database) -> None:
    content = big_catalogue(skills=400, roles=40, expectations=15_000)
    revision_id = await publish(database, content)
    turns = 0

    async def other_work() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    other = asyncio.create_task(other_work())
    catalogue = await database.catalogues.load(revision_id)
    other.cancel()
    gc.unfreeze()
    assert catalogue.content == content
    assert turns > 20  # several queries of a few pages each, and none of them held the loop
    assert gc.isenabled()


@pytest.mark.parametrize("text", ["nul \0 inside", "half a pair \ud800"])
async def test_text_that_not_both_can_keep_is_refused(database: Database, text: str) -> None:
    skill = replace(SMALL.skills[0], aliases=(text,))
    for broken in (
        replace(SMALL, name=LocalText(text)),
        replace(SMALL, name=LocalText("fine", {"zh": text})),
        replace(SMALL, skills=(skill, *SMALL.skills[1:]), expectations=()),
        replace(SMALL, families=(*SMALL.families, replace(SMALL.families[0], key=text))),
    ):
        with pytest.raises(UnstorableText):
            await publish(database, broken)
    assert await database.catalogues.history("sample") == ()


async def test_a_key_too_long_for_an_index_is_refused(database: Database) -> None:
    long = replace(SMALL.families[0], key="k" * 256)
    with pytest.raises(UnstorableText):
        await publish(database, replace(SMALL, families=(*SMALL.families, long)))


def contradictions() -> dict[str, CatalogueContent]:
    """Contents that the domain's types allow and that make no sense."""
    skill, cell = SMALL.skills[0], SMALL.expectations[0]
    other = replace(skill, name=LocalText("Another"))
    stranger = replace(cell.level, key="stranger")
    return {
        "two skills of one key": replace(SMALL, skills=(*SMALL.skills, other)),
        "two levels of one key": replace(
            SMALL,
            ladders=(replace(SMALL.ladders[0], levels=(cell.level, cell.level)),),
            roles=(),
            expectations=(),
        ),
        "a rank that no column holds": replace(
            SMALL,
            proficiencies=(replace(SMALL.proficiencies[0], rank=2**31),),
            skills=(),
            expectations=(),
        ),
        "a group that is not listed": replace(SMALL, groups=(), expectations=()),
        "a role that is not listed": replace(SMALL, roles=SMALL.roles[1:]),
        "a role that differs": replace(
            SMALL, expectations=(replace(cell, role=replace(cell.role, summary=None)),)
        ),
        "a level of another ladder": replace(SMALL, expectations=(replace(cell, level=stranger),)),
        "a level that differs": replace(
            SMALL, expectations=(replace(cell, level=replace(cell.level, rank=9)),)
        ),
        "two expectations in one cell": replace(
            SMALL, expectations=(cell, replace(cell, text=None))
        ),
        "a depth without its proficiency": replace(
            SMALL, proficiencies=SMALL.proficiencies[1:], expectations=()
        ),
        "a focus on a strange level": replace(
            SMALL,
            roles=(replace(SMALL.roles[0], focus={"stranger": LocalText("x")}),),
            expectations=(),
        ),
        "a proficiency that is not listed": replace(
            SMALL,
            skills=(replace(skill, depths={}),),
            proficiencies=(),
            expectations=(
                replace(cell, skill=replace(skill, depths={}), proficiency=SMALL.proficiencies[0]),
            ),
        ),
    }


@pytest.mark.parametrize("case", contradictions())
def test_contradictions_are_refused(case: str) -> None:
    with pytest.raises(InvalidContent) as refusal:
        ContentRows(contradictions()[case]).check()
    assert refusal.value.params["kind"]


async def test_a_contradiction_is_refused_before_anything_is_written(database: Database) -> None:
    with pytest.raises(InvalidContent):
        await publish(database, contradictions()["two expectations in one cell"])
    assert await database.catalogues.newest() == {}
